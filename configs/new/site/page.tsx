import { Button, Checkbox, first, Frame, mount, Notice, TextField, type ViewProps } from "halo-agent/site/app";
import { type Event, initialState, type State, update } from "./state.ts";

/** The whole page as a function of the state. While the form is open nothing else can be reached. */
function Page({ state: { todos, draft, snackbar }, dispatch }: ViewProps<State, Event>) {
  const does = (type: "open" | "cancel" | "add" | "undo") => () => dispatch({ type });
  const write = (text: string) => dispatch({ type: "write", text });
  return (
    <>
      <main inert={draft !== null}>
        <header>
          <h1>To do</h1>
          <Button name="New entry" kind="primary" onClick={does("open")} />
        </header>
        <ul class="pane">
          {todos.map(({ id, title, isDone }) => (
            <li key={id} class={isDone ? "done" : ""}>
              <Checkbox name={title} value={isDone} onToggle={() => dispatch({ type: "tick", id })} />
              <span>{title}</span>
            </li>
          ))}
        </ul>
        <Notice snackbar={snackbar} onUndo={does("undo")} />
      </main>
      {draft !== null && (
        <Frame
          title="New entry"
          confirm="Add"
          isReady={draft.trim() !== ""}
          onCancel={does("cancel")}
          onConfirm={does("add")}
        >
          <TextField {...first} name="Title" value={draft} onInput={write} onEnter={does("add")} />
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
});
