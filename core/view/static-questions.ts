import type { RunFolder } from "../record/run-folder.ts";
import { armNames, labelsIn } from "../report/compared-side.ts";
import { hasWhole } from "../report/group-page.ts";
import type { answers } from "./answers.ts";
import type { KnownRun } from "./known-runs.ts";

/** Something a page asks. */
export interface Question {
  readonly name: keyof typeof answers;
  readonly query: Readonly<Record<string, string>>;
}

/** A recorded point that may have a picture. */
export interface PicturedPoint {
  /** The run as addresses name it. */
  readonly run: string;
  readonly folder: RunFolder;
  /** Id of the slot or episode. */
  readonly of: string;
}

/** Everything that the pages of these runs ask, but the episodes side by side: the comparisons name those. */
export async function* staticQuestions(known: readonly KnownRun[]): AsyncGenerator<Question> {
  yield { name: "runs", query: {} };
  for (const { listing: { id: run }, folder } of known) {
    if (!folder) continue;
    yield { name: "run", query: { run } };
    yield { name: "tasks", query: { run } };
    for (const { id } of await folder.episodes()) yield { name: "episode", query: { run, id } };
    for (const n of await folder.iterations()) {
      yield { name: "iteration", query: { run, n: String(n) } };
      for (const { id: of, groups } of await folder.iteration(n).readSlots()) {
        for (const one of groups) {
          const { id: group, decisions } = one;
          yield { name: "group", query: { run, id: group } };
          if (hasWhole(one)) yield { name: "whole", query: { run, id: group } };
          for (const { id } of decisions.slice(1)) {
            yield { name: "decision", query: { run, group, decision: String(id) } };
          }
        }
        const trees = groups.filter(({ search }) => search);
        for (const { id } of trees) yield { name: "tree", query: { run, id } };
        const points = trees.length === 0 ? [] : (await folder.readPages(of))?.points ?? [];
        for (const { id: point } of points) yield { name: "page", query: { run, of, point } };
      }
    }
  }
  yield* comparisons(known);
}

/** The evaluations of a run with each other, and the last ones of any two runs. */
async function* comparisons(known: readonly KnownRun[]): AsyncGenerator<Question> {
  const sides: { readonly run: string; readonly labels: readonly string[] }[] = [];
  for (const { listing, folder } of known) {
    if (folder) sides.push({ run: listing.id, labels: labelsIn(await folder.episodes()) });
  }
  const compare = (a: string, b: string): Question => ({ name: "compare", query: { a, b } });
  for (const { run, labels } of sides) {
    for (const [i, a] of labels.entries()) {
      for (const b of labels.slice(i + 1)) yield compare(`${run}:${a}`, `${run}:${b}`);
    }
  }
  for (const a of sides) {
    for (const b of sides.filter((other) => other !== a && other.labels.length > 0 && a.labels.length > 0)) {
      yield compare(a.run, b.run);
      // An A/B run compares its arms by the labels they share.
      const isArms = a.run.includes("/") && a.run.split("/")[0] === b.run.split("/")[0];
      const shared = isArms ? a.labels.filter((label) => b.labels.includes(label)) : [];
      for (const label of shared) yield compare(`${a.run}:${label}`, `${b.run}:${label}`);
    }
  }
}

/** The episodes of evaluations of these runs whose points may have pictures, and with "all" the slots of training too. */
export async function* picturedParts(
  known: readonly KnownRun[],
  which: "all" | "evaluations",
): AsyncGenerator<PicturedPoint> {
  for (const { listing: { id: run }, folder } of known) {
    if (!folder || armNames(folder).length > 0) continue;
    const evaluated = (await folder.episodes()).filter((e) => e.label !== "train");
    for (const { id: of } of evaluated) yield { run, folder, of };
    for (const n of which === "all" ? await folder.iterations() : []) {
      for (const { id: of } of await folder.iteration(n).readSlots()) yield { run, folder, of };
    }
  }
}
