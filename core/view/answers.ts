import type { RunFolder } from "../record/run-folder.ts";
import type { RunListing } from "../record/runs.ts";
import { compareArms } from "../report/compare-arms.ts";
import { chanceFlips, labelsIn } from "../report/compared-side.ts";
import { comparisonView } from "../report/comparison-view.ts";
import { episodePage, partsAt } from "../report/episode-page.ts";
import { findTree } from "../report/find-group.ts";
import { decisionPage, groupPage, wholeGroup } from "../report/group-page.ts";
import { iterationView } from "../report/iteration-view.ts";
import { pageView } from "../report/page-view.ts";
import { pointsOf } from "../report/points-of.ts";
import { runPage } from "../report/run-page.ts";
import { runSummary } from "../report/run-summary.ts";
import { tasksPage } from "../report/tasks-page.ts";
import { treeView } from "../report/tree-view.ts";
import { HaloError } from "../util/errors.ts";
import type { Runs } from "./known-runs.ts";

/** What a request asks about, by the names in its address. */
export type Query = (name: string) => string;

/** Answers a request with the value that a page draws. */
type Answer = (ask: Query, runs: Runs) => Promise<unknown>;

/** What the page may ask for, by the last part of the path: `/api/NAME`. Each is a reading; nothing is written. */
export const answers = {
  runs: async (_, runs) => {
    const known = await runs.list();
    return await Promise.all(known.map(async ({ listing, folder }) => ({
      ...await runSummary(listing, folder),
      ...(folder && isRenamed(listing, folder) && { ownId: folder.id }),
    })));
  },
  run: async (ask, runs) => await runPage(await runs.open(ask("run"))),
  iteration: async (ask, runs) => await iterationView(await runs.open(ask("run")), Number(ask("n"))),
  group: async (ask, runs) => await groupPage(await runs.open(ask("run")), ask("id")),
  whole: async (ask, runs) => await wholeGroup(await runs.open(ask("run")), ask("id")),
  decision: async (ask, runs) => {
    const which = { group: ask("group"), decision: Number(ask("decision")) };
    return await decisionPage(await runs.open(ask("run")), which) ?? null;
  },
  episode: async (ask, runs) => await episodePage(await runs.open(ask("run")), ask("id")),
  tasks: async (ask, runs) => await tasksPage(await runs.open(ask("run"))),
  tree: async (ask, runs) => {
    const { group, slot, iteration } = await findTree(await runs.open(ask("run")), ask("id") || undefined);
    const points = Object.fromEntries(pointsOf(slot).get(group.id) ?? []);
    return {
      ...treeView(group),
      taskKey: slot.task.key,
      goal: slot.task.goal.text,
      iteration,
      slot: slot.id,
      points_of: points,
    };
  },
  page: async (ask, runs) => {
    const seen = await (await runs.open(ask("run"))).readPages(ask("of"));
    const point = seen?.points.find(({ id }) => id === ask("point"));
    return point ? pageView(point) : null;
  },
  compare: async (ask, runs) => {
    const [a, b] = await Promise.all([side(ask("a"), runs), side(ask("b"), runs)]);
    const comparison = compareArms(a, b);
    const chance = chanceFlips(a);
    // In words, two evaluations of one run are told apart by their labels alone.
    const named = a.run === b.run ? { ...comparison, label_a: a.name, label_b: b.name } : comparison;
    const goals = Object.fromEntries([...a.episodes, ...b.episodes].map((e) => [e.taskKey, e.goal]));
    return {
      ...comparison,
      view: comparisonView(named),
      goals: Object.fromEntries(comparison.flipped.map(({ key }) => [key, goals[key] ?? key])),
      ...(chance && { chance }),
    };
  },
  pair: async (ask, runs) => {
    const of = async (which: "a" | "b") => await episodePage(await runs.open(ask(`run_${which}`)), ask(which));
    const [a, b] = await Promise.all([of("a"), of("b")]);
    return { a, b, parts: partsAt(a, b) };
  },
} satisfies Readonly<Record<string, Answer>>;

/** The value that a request of that name is answered with. */
export type AnswerTo<K extends keyof typeof answers> = Awaited<ReturnType<(typeof answers)[K]>>;

/** True for a run whose folder has another name than its id: a copy, or one that was renamed. Arms have names of their own. */
const isRenamed = ({ id }: RunListing, folder: RunFolder): boolean => !id.includes("/") && id !== folder.id;

/** "RUN:LABEL" as one side of a comparison; without a label the run's last evaluation. */
async function side(which: string, runs: Runs) {
  const colon = which.lastIndexOf(":");
  const name = colon < 0 ? which : which.slice(0, colon);
  const run = await runs.open(name);
  const episodes = await run.episodes();
  const labels = labelsIn(episodes);
  const label = colon < 0 ? labels.at(-1) : which.slice(colon + 1);
  if (label === undefined || !labels.includes(label)) {
    throw new HaloError("HALO_COMPARE_LABEL", `run ${name} has no evaluation "${label ?? ""}"`, {
      hint: labels.length > 0 ? `its evaluations: ${labels.join(", ")}` : "it has none",
    });
  }
  return { name: label, label: `${name}:${label}`, run: name, episodes: episodes.filter((e) => e.label === label) };
}
