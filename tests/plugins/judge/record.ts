// Records steps of the mail site without a browser, each with the steps that its scripted solution needs afterwards.
import type { RecordedPoint, RecordedTrack } from "../../../core/run/rescore/recorded-tracks.ts";
import type { Action } from "../../../core/domain/action.ts";
import type { Element, Observation } from "../../../core/domain/observation.ts";
import type { Task } from "../../../core/domain/task.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { shuffle } from "../../../core/stats/sampling.ts";
import { gomailTasks } from "../sites/gomail/kit.ts";
import { act, type Mailbox, show } from "../sites/gomail/mailbox.ts";
import { boxOf, verdictOf, walk, type Walked } from "../sites/gomail/ways.ts";

/** What `left` is where the scripted solution does not get there any more. */
export const lost = 20;
/** Controls that are clicked at each point, drawn by its key, besides what the solution does there and later. */
const clicks = 24;

type Candidate = RecordedPoint["candidates"][number] & { readonly box: Mailbox };

/** Steps that the solution needs from a mailbox until the judge is content. */
export function stepsLeft(task: Task, box: Mailbox): number {
  if (verdictOf(task, box.state).success) return 0;
  try {
    const steps = walk(task, { from: box, limit: 12 });
    const last = steps.at(-1);
    return last !== undefined && verdictOf(task, last.box.state).success ? steps.length : lost;
  } catch {
    return lost;
  }
}

/** Tracks along the solutions of the families' tasks: at most three steps in the right direction and two others a point. */
export function recordTracks(): readonly RecordedTrack[] {
  return families.map((template) => trackOf(taskOf(template)));
}

function trackOf(task: Task): RecordedTrack {
  let box = boxOf(task);
  const first = show(box);
  const points: RecordedPoint[] = [];
  const way = walk(task);
  for (const [depth, step] of way.entries()) {
    const tried = triedAt(task, { box, later: way.slice(depth), key: depth });
    const best = way.length - depth - 1;
    const own = tried.find(({ action }) => action === step.action)!;
    const right = tried.filter((one) => one !== own && one.left === best).slice(0, 2);
    // A detour first, then what cannot be mended.
    const wrong = [...tried].filter(({ left }) => left > best).sort((a, b) => a.left - b.left);
    const others = [wrong[0], wrong.at(-1)].filter((one) => one !== undefined);
    const candidates = [own, ...right, ...new Set(others)];
    if (new Set(others).size === 2) {
      const shown = shuffle(keyedRng("shown", task.id, String(depth)), candidates);
      const rows = shown.map(({ action, to, left }) => ({ action, to, left }));
      points.push({ taken: shown.indexOf(own), candidates: rows });
    } else break;
    box = own.box;
  }
  return { goal: task.goal, first, points };
}

function triedAt(
  task: Task,
  { box, later, key }: { readonly box: Mailbox; readonly later: readonly Walked[]; readonly key: number },
): readonly Candidate[] {
  const page = show(box);
  const known = later.flatMap((step, i) => i === 0 ? [step.action] : moved(step, page));
  const rng = keyedRng("clicks", task.id, String(key));
  const drawn = shuffle(rng, page.elements).slice(0, clicks).map(({ id }): Action => ({ action: "click", el: id }));
  const seen = new Set([page.stateKey]);
  return [...known, ...drawn].flatMap((action) => {
    let next: Mailbox;
    try {
      next = act(box, action);
    } catch {
      return []; // A control that the mailbox knows no event for.
    }
    const to = show(next);
    if (seen.has(to.stateKey)) return [];
    seen.add(to.stateKey);
    return [{ action, to, left: stepsLeft(task, next), box: next }];
  });
}

/** A later step of the solution on the control of that name, where the page has it already. */
function moved({ action, from }: Walked, page: Observation): readonly Action[] {
  if (!("el" in action) || action.el === undefined) return [];
  const target = from.elements.find(({ id }) => id === action.el)!;
  const isSame = ({ role, name, region }: Element) =>
    role === target.role && name === target.name && region === target.region;
  const same = page.elements.find(isSame);
  return same === undefined ? [] : [{ ...action, el: same.id }];
}

/** Families of the tracks that come with halo: those with points where several steps are right. */
export const families = [
  ...["bulk_archive", "bulk_delete", "compose", "compose_all", "compose_cc", "reply", "schedule", "search_label"],
];

/** A task of such a family, as its track has it. */
export function taskOf(template: string): Task {
  return gomailTasks({ templates: [template], max_optimum: 8, cap: 0 }).draw({ split: "train", index: 0, seed: 11 });
}
