import type { Action } from "../../../../core/domain/action.ts";
import type { Element, Observation } from "../../../../core/domain/observation.ts";
import type { Seen } from "./solve.ts";

type Bare = Omit<Element, "id">;

/** One oracle episode on the real page as a file: each control once, pages as lists of places in that table. */
export interface Recorded {
  readonly goal: string;
  readonly url: string;
  readonly title: string;
  readonly controls: readonly Bare[];
  readonly pages: readonly (readonly number[])[];
  readonly actions: readonly Action[];
}

/** Packs an episode. */
export function pack(goal: string, steps: readonly Seen[]): Recorded {
  const known = new Map<string, number>();
  const controls: Bare[] = [];
  const pages = [steps[0]!.from, ...steps.map((s) => s.to)].map(({ elements }) =>
    elements.map(({ id: _, ...bare }) => {
      const key = JSON.stringify(bare);
      if (!known.has(key)) known.set(key, controls.push(bare) - 1);
      return known.get(key)!;
    })
  );
  const { url, title } = steps[0]!.from;
  return { goal, url, title, controls, pages, actions: steps.map((s) => s.action) };
}

/** The observations of a packed episode; ids are the places in the page, as on the real one. */
export function unpack({ url, title, controls, pages }: Recorded): Observation[] {
  return pages.map((page) => ({
    url,
    title,
    elements: page.map((at, i) => ({ id: `e${i}`, ...controls[at]! })),
    stateKey: JSON.stringify(page),
  }));
}

/** One control a line, so that a change of the page reads as a change of lines. */
export function format(r: Recorded): string {
  const lines = (items: readonly unknown[]) =>
    `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
  const parts = Object.entries(r).map(([key, value]) =>
    `  "${key}": ${Array.isArray(value) ? lines(value) : JSON.stringify(value)}`
  );
  return `{\n${parts.join(",\n")}\n}\n`;
}
