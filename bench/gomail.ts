import type { Action } from "../core/domain/action.ts";
import type { Environment, Episode, StepOutcome } from "../core/domain/environment.ts";
import type { Need, Observation } from "../core/domain/observation.ts";
import type { Site } from "../core/domain/site.ts";
import type { Task } from "../core/domain/task.ts";
import site from "../plugins/gomail/site.ts";
import { gomailTasks } from "../plugins/gomail/tasks.ts";
import replica from "../plugins/replica/environment.ts";

const never = new AbortController().signal;

/** GoMail in a real browser, for measurements. */
export async function gomail(o: { readonly forking: "native" | "replay"; readonly pages: number }): Promise<Environment> {
  return await replica.create({ site: await mailSite(), stop: "solved", ...o }, {});
}

/** The mail site itself. */
export async function mailSite(): Promise<Site> {
  return await site.create({}, {});
}

/** A task that none of the actions measured solves. */
export function task(index = 0): Task {
  return gomailTasks({ templates: ["compose"], max_optimum: 8, cap: 0 }).draw({ split: "train", index, seed: 1 });
}

type Pick = (seen: Observation) => Action;
const el = (seen: Observation, role: string, name: RegExp): { readonly el: string } => {
  const found = seen.elements.find((e) => e.role === role && name.test(e.name));
  if (!found) throw new Error(`no ${role} ${name} on ${seen.title}: ${seen.elements.map((e) => e.name).join(", ")}`);
  return { el: found.id };
};

/** A round through the site that ends where it began: 14 clicks, texts, keys and scrolls, each of which changes the page. */
export const mix: readonly Pick[] = [
  (seen) => ({ action: "click", ...el(seen, "button", /star/) }),
  (seen) => ({ action: "click", ...el(seen, "checkbox", /^Select email/) }),
  (seen) => ({ action: "click", ...el(seen, "checkbox", /^Select email/) }),
  () => ({ action: "scroll", at: [600, 600], dy: 160 }),
  () => ({ action: "scroll", at: [600, 600], dy: -160 }),
  (seen) => ({ action: "click", ...el(seen, "button", /^Compose$/) }),
  (seen) => ({ action: "type", ...el(seen, "textbox", /^Subject$/), text: "Minutes of the meeting" }),
  () => ({ action: "key", keys: ["Backspace"] }),
  (seen) => ({ action: "type", ...el(seen, "textbox", /^Message$/), text: "See you at ten.", clear: true }),
  (seen) => ({ action: "click", ...el(seen, "button", /^Discard draft$/) }),
  (seen) => ({ action: "type", ...el(seen, "searchbox", /./), text: "report", submit: true }),
  (seen) => ({ action: "type", ...el(seen, "searchbox", /./), text: "", clear: true, submit: true }),
  (seen) => ({ action: "click", ...el(seen, "link", /^Starred/) }),
  (seen) => ({ action: "click", ...el(seen, "link", /^Inbox/) }),
];

/** Goes through the mix `rounds` times; hands every step's outcome and wall time to `each`. Throws when an action failed. */
export async function walk(
  episode: Episode,
  o: { readonly rounds: number; readonly need: Need; readonly each?: (outcome: StepOutcome, ms: number) => void },
): Promise<void> {
  let seen = await episode.observe({ signal: never, need: o.need });
  for (let i = 0; i < o.rounds * mix.length; i++) {
    const action = mix[i % mix.length]!(seen);
    const t0 = performance.now();
    const outcome = await episode.step(action, { signal: never, need: o.need });
    o.each?.(outcome, performance.now() - t0);
    if (outcome.error) throw new Error(`${JSON.stringify(action)}: ${outcome.error.message}`);
    seen = outcome.observation;
  }
}

/** The p-th percentile of some numbers, 0 ≤ p ≤ 1; the numbers are not changed. */
export function percentile(values: readonly number[], p: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(p * values.length))] ?? NaN;
}
