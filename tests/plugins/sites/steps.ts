// Steps on a site's page by what stands on it, for tours and for pictures.
import type { Action } from "../../../core/domain/action.ts";
import type { Observation } from "../../../core/domain/observation.ts";

/** The action on a page. */
export type Step = (seen: Observation) => Action;

/** A click on the first control of a role whose name fits. */
export const click = (role: string, name: RegExp): Step => (seen) => ({ action: "click", el: find(seen, role, name) });

/** A key, wherever the focus is. */
export const key = (name: string): Step => () => ({ action: "key", keys: [name] });

/** A text in place of what a field reads, and Enter where `submit` says so. */
export const type = (role: string, name: RegExp, text: string, submit = false): Step => (seen) => ({
  action: "type",
  el: find(seen, role, name),
  text,
  clear: true,
  ...(submit && { submit }),
});

function find(seen: Observation, role: string, name: RegExp): string {
  const found = seen.elements.find((e) => e.role === role && name.test(e.name));
  if (found === undefined) throw new Error(`no ${role} ${name} among ${seen.elements.map((e) => e.name).join(", ")}`);
  return found.id;
}
