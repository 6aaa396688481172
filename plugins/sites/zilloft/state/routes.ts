import type { Event } from "./event.ts";
import { homeOf } from "./homes.ts";
import type { ZilloftState } from "./state.ts";

/** The path of what a page shows. Filters are not in it. */
export function pathOf({ view }: Pick<ZilloftState, "view">): string {
  switch (view.name) {
    case "home":
      return "/";
    case "results":
      return "/homes";
    case "listing":
      return `/homes/${view.id}`;
    case "saved":
      return "/saved";
    case "requests":
      return "/requests";
  }
}

/** The event that shows what is at a path. */
export function eventAt(path: string): Event | undefined {
  const [, first = "", id] = path.replace(/[?#].*$/, "").replace(/\/+/g, "/").split("/");
  if (first === "homes" && id !== undefined && id !== "") {
    return homeOf(id) === undefined ? undefined : { type: "go", view: { name: "listing", id } };
  }
  switch (first) {
    case "":
      return { type: "go", view: { name: "home" } };
    case "homes":
      return { type: "go", view: { name: "results" } };
    case "saved":
    case "requests":
      return { type: "go", view: { name: first } };
    default:
      return undefined;
  }
}
