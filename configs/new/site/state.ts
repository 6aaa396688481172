import { reducer, type Snackbar, snackbarAt, type Ticking } from "halo-agent/site";

export interface Todo {
  readonly id: string;
  readonly title: string;
  readonly isDone: boolean;
}

/** What a task adds to the page: the titles of its list. */
export interface Setup {
  readonly titles: readonly string[];
}

/** Everything the page shows, as one JSON value: what is typed and not yet added, too. */
export interface State extends Ticking {
  readonly todos: readonly Todo[];
  /** Text of the form for a new entry; null while it is closed. */
  readonly draft: string | null;
  readonly menu: null;
  readonly snackbar: Snackbar<readonly Todo[]> | null;
}

export type Event =
  | { readonly type: "tick"; readonly id: string }
  | { readonly type: "open" | "cancel" | "add" | "undo" }
  | { readonly type: "draft-input"; readonly text: string };

export function initialState({ titles }: Setup): State {
  const todos = titles.map((title, i) => ({ id: `t${i}`, title, isDone: false }));
  return { todos, draft: null, clock: 0, menu: null, snackbar: null };
}

/** The state after an event. Pure: no time, no chance, nothing from outside. */
export const update = reducer<State, Event>({
  apply(state, event) {
    const { todos, draft, clock } = state;
    const say = (message: string): State["snackbar"] => snackbarAt(clock, message, todos);
    switch (event.type) {
      case "tick": {
        const changed = todos.map((one) => one.id === event.id ? { ...one, isDone: !one.isDone } : one);
        return { ...state, todos: changed, snackbar: say("Entry changed") };
      }
      case "open":
        return draft === null ? { ...state, draft: "" } : state;
      case "draft-input":
        return { ...state, draft: event.text };
      case "cancel":
        return draft === null ? state : { ...state, draft: null };
      case "add": {
        if (draft === null || draft.trim() === "") return state;
        const added = { id: `n${clock}`, title: draft.trim(), isDone: false };
        return { ...state, todos: [added, ...todos], draft: null, snackbar: say("Entry added") };
      }
      case "undo":
        return { ...state, todos: state.snackbar?.undo ?? todos, snackbar: null };
    }
  },
  isTyping: ({ type }) => type === "draft-input",
  keepsMenu: () => false,
});
