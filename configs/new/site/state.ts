import { patched, reducer, type Snackbar, snackbarAt, type Ticking } from "halo-agent/site";

export interface Todo {
  readonly id: string;
  readonly title: string;
  readonly isDone: boolean;
}

/** What a task adds to the page: the titles of its list. */
export interface Setup {
  readonly titles: readonly string[];
}

/** Everything the page shows, as one JSON value; `draft` is the text of the open form, null while none is open. */
export interface State extends Ticking {
  readonly todos: readonly Todo[];
  readonly draft: string | null;
  readonly snackbar: Snackbar<readonly Todo[]> | null;
}

export type Event =
  | { readonly type: "open" | "cancel" | "add" | "undo" }
  | { readonly type: "tick"; readonly id: string }
  | { readonly type: "write"; readonly text: string };

export function initialState({ titles }: Setup): State {
  const todos = titles.map((title, i) => ({ id: `t${i}`, title, isDone: false }));
  return { todos, draft: null, clock: 0, snackbar: null };
}

/** The state after an event. Pure: no time, no chance, nothing from outside. */
export const update = reducer<State, Event>({
  apply(state, event) {
    const { todos, draft, clock, snackbar } = state;
    const title = draft?.trim() ?? "";
    const changed = (to: readonly Todo[], message: string): State => (
      { ...state, todos: to, draft: null, snackbar: snackbarAt(clock, message, todos) }
    );
    switch (event.type) {
      case "open":
        return { ...state, draft: "" };
      case "write":
        return { ...state, draft: event.text };
      case "cancel":
        return draft === null ? state : { ...state, draft: null };
      case "add":
        return title === "" ? state : changed([{ id: `n${clock}`, title, isDone: false }, ...todos], "Entry added");
      case "tick":
        return changed(patched(todos, [event], (one) => ({ ...one, isDone: !one.isDone })), "Entry changed");
      case "undo":
        return { ...state, todos: snackbar?.undo ?? todos, snackbar: null };
    }
  },
  isTyping: ({ type }) => type === "write",
});
