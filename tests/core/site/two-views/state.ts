// A site of two views with addresses: the smallest thing that has a history.
import type { Router } from "../../../../core/site/app/router.ts";

export interface State {
  readonly view: "list" | "item";
  /** Number of the item that is shown; "" in the list. */
  readonly item: string;
  /** Times the bell was rung; no address tells it. */
  readonly rung: number;
}

export type Event =
  | { readonly type: "list" }
  | { readonly type: "item"; readonly item: string }
  | { readonly type: "ring" }
  /** Takes away the third item: its address shows nothing from then on. */
  | { readonly type: "forget" };

export const start: State = { view: "list", item: "", rung: 0 };

/** The state after an event; ringing thrice, or forgetting, takes the third item away. */
export function update(state: State, event: Event): State {
  switch (event.type) {
    case "list":
      return { ...state, view: "list", item: "" };
    case "item":
      return { ...state, view: "item", item: event.item };
    case "ring":
      return { ...state, rung: state.rung + 1 };
    case "forget":
      return { view: "list", item: "", rung: 3 };
  }
}

export const router: Router<State, Event> = {
  pathOf: ({ view, item }) => view === "list" ? "/" : `/items/${item}?from=list`,
  eventAt(path, { rung }) {
    if (path === "/") return { type: "list" };
    const item = /^\/items\/([1-3])\?from=list$/.exec(path)?.[1];
    return item === undefined || (item === "3" && rung >= 3) ? undefined : { type: "item", item };
  },
};
