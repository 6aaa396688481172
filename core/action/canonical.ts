import type { Action } from "../domain/action.ts";

/**
 * One text per distinct action: equal texts have equal effects from one point, so core runs them once. Keys are sorted, `at`
 * is dropped where `el` wins, and fields that say what would happen anyway (`clear: false`, `dx: 0`) are dropped.
 */
export function canonicalAction(action: Action): string {
  const fields: Record<string, unknown> = { ...action };
  if (fields.el !== undefined) delete fields.at;
  for (const flag of ["clear", "submit"]) if (fields[flag] === false) delete fields[flag];
  for (const pixels of ["dx", "dy"]) if (fields[pixels] === 0) delete fields[pixels];
  return JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => a < b ? -1 : 1)));
}
