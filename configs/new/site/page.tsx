import { Button, Checkbox, find, first, Frame, mount, TextField, type ViewProps } from "halo-agent/site/app";
import { type Event, initialState, type State, update } from "./state.ts";

/** The whole page as a function of the state. While the form is open nothing else can be reached. */
function Page({ state: { todos, draft, snackbar }, dispatch }: ViewProps<State, Event>) {
  return (
    <>
      <main key="list" inert={draft !== null}>
        <header>
          <h1>To do</h1>
          <Button name="New entry" kind="primary" onClick={() => dispatch({ type: "open" })} />
        </header>
        <ul class="pane">
          {todos.map(({ id, title, isDone }) => (
            <li key={id} class={isDone ? "done" : ""}>
              <Checkbox name={title} value={isDone} onToggle={() => dispatch({ type: "tick", id })} />
              <span>{title}</span>
            </li>
          ))}
        </ul>
        {snackbar !== null && (
          <div key="snackbar" class="snackbar" role="group">
            <span role="status">{snackbar.message}</span>
            <Button name="Undo" onClick={() => dispatch({ type: "undo" })} />
          </div>
        )}
      </main>
      {draft !== null && (
        <Frame
          key="form"
          title="New entry"
          confirm="Add"
          isReady={draft.trim() !== ""}
          onCancel={() => dispatch({ type: "cancel" })}
          onConfirm={() => dispatch({ type: "add" })}
        >
          <TextField
            {...first}
            name="Title"
            value={draft}
            onInput={(text) => dispatch({ type: "draft-input", text })}
            onEnter={() => dispatch({ type: "add" })}
          />
        </Frame>
      )}
    </>
  );
}

mount<State, Event>({
  start: () => initialState({ titles: [] }),
  update,
  View: Page,
  escape: () => ({ type: "cancel" }),
  focusAfter({ before, after, root }) {
    if (after.draft !== null && before.draft === null) find(root, "#dialog-first")?.focus();
  },
});
