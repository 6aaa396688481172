import type { NewItem } from "./asked.ts";
import { differing } from "./judge.ts";

/** A new thing with these fields, whatever its others are. */
export function itemWith<T extends object>(fields: Partial<T>): NewItem<T> {
  return {
    among: () => true,
    problem(item) {
      const wrong = differing({ ...item, ...fields }, item);
      return wrong === "" ? "" : `what was added is not as asked: ${wrong}`;
    },
    none: "nothing was added",
  };
}
