import type { Condition } from "./condition-schema.ts";

/** Selectors that conditions of tasks ask for, and which of them have fitted something on any page. */
export class Met {
  /** Each selector with the keys of the tasks that were judged by it. */
  readonly #asked = new Map<string, Set<string>>();
  /** Selectors that have fitted something, and those that were told of. */
  readonly #done = new Set<string>();

  add(key: string, conditions: readonly Condition[], met: readonly number[]): void {
    for (const [i, { element, absent }] of conditions.entries()) {
      if (element === undefined || absent) continue;
      this.#asked.set(element, (this.#asked.get(element) ?? new Set()).add(key));
      if (met.includes(i)) this.#done.add(element);
    }
  }

  /** A sentence for each selector of these tasks that has fitted nothing yet; each is told of once. */
  doubts(keys: readonly string[]): readonly string[] {
    return [...this.#asked].flatMap(([element, tasks]) => {
      const key = keys.find((one) => tasks.has(one));
      if (key === undefined || this.#done.has(element)) return [];
      this.#done.add(element);
      return [
        `no page had an element ${element}, by which ${key} is achieved: is it written as the page has it, or does only ` +
        "the right way lead to it?",
      ];
    });
  }
}
