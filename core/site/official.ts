import { detailedDiff } from "deep-object-diff";
import type { Json } from "../domain/json.ts";
import type { Verdict } from "../domain/verdict.ts";
import { HaloError } from "../util/errors.ts";
import type { Act } from "./acts.ts";
import type { Asked, StateRules } from "./asked.ts";
import { type BeforeAfter, problemOf } from "./judge.ts";

/** What ties a site to the REAL benchmark: its report and our strict rules for the benchmark's tasks. */
export interface Official<S> {
  /** Key of the site in the report's configuration. */
  readonly section: string;
  /** Settings of the site's own that `/config` takes, with the values they have when it does not name them. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** What became of the site's things, by kind. Never a whole state: scripts would find seed data in it. */
  differences(initial: S, final: S): object;
  /** How the state differs, in the hosted site's slices; `deepDiff` or `addedSlices`, as the site's scripts read it. */
  diff(initial: S, final: S): StateDiff;
  /** Further parts of the report, by the names that the first version of the benchmark reads. */
  aliases?(initial: S, final: S): object;
  /** Strict rules by task id: the readings its goal allows, each all that may be done. */
  readonly strict: Readonly<Record<string, (states: BeforeAfter<S>) => readonly Asked<S>[]>>;
  /** The same for tasks of the benchmark's first version. */
  readonly earlier?: Official<S>["strict"];
}

/** A difference as deep-object-diff's `detailedDiff` writes it. */
export interface StateDiff {
  readonly added: object;
  readonly deleted: object;
  readonly updated: object;
}

/** What the hosted site is told before a task begins; it shows up in its report. */
export interface OfficialConfig {
  readonly run_id: string;
  readonly task_id: string;
  readonly latency: number;
  readonly removePopup: boolean;
  /** Settings of the site's own. */
  readonly [setting: string]: string | number | boolean;
}

/** An episode at its end. */
export interface Finished<S> {
  /** State in which the task began. */
  readonly initial: S;
  readonly final: S;
  /** What was done, oldest first. */
  readonly history: readonly Act[];
  /** What the site was told before the task began. */
  readonly config: OfficialConfig;
}

/** The configuration that a task gets where no harness asks for `/config`: that of the benchmark's own harness. */
export function defaultConfig(
  taskId: string,
  { settings = {} }: Pick<Official<never>, "settings"> = {},
): OfficialConfig {
  return { run_id: "0", task_id: taskId, latency: 0, removePopup: false, ...settings };
}

/** The configuration that the query of `/config` asks for; what it does not name, or not as a value of its type, is default. */
export function configOf(
  query: URLSearchParams,
  { settings = {} }: Pick<Official<never>, "settings"> = {},
): OfficialConfig {
  const read = Object.entries(defaultConfig("", { settings })).map(([name, value]) => {
    const text = query.get(name);
    if (text === null) return [name, value];
    return [
      name,
      typeof value === "boolean" ? text === "true" : typeof value === "number" ? Number(text) || value : text,
    ];
  });
  return Object.fromEntries(read) as OfficialConfig;
}

/** The report's difference where the hosted site compares its slices in depth. */
export function deepDiff(initial: object, final: object): StateDiff {
  return detailedDiff(initial, final) as StateDiff;
}

/** The report's difference where the hosted site began empty: all slices as they are at the end stand under `added`. */
export function addedSlices(final: object): StateDiff {
  return { added: final, deleted: {}, updated: {} };
}

/**
 * What `/finish` shows: history, configuration, the things that differ, and the difference of the two states. The banner's setting
 * is that of the end: who closes the banner has set it, as on the hosted sites. Pure.
 */
export function finishReport<S>(
  official: Pick<Official<S>, "section" | "differences" | "diff" | "aliases">,
  { initial, final, history, config }: Finished<S>,
): Json {
  const { banner } = final as { readonly banner?: boolean };
  const site = { [official.section]: { ...config, removePopup: banner === undefined ? config.removePopup : !banner } };
  const diff = official.diff(initial, final);
  return plain({
    actionhistory: history,
    config: site,
    differences: official.differences(initial, final),
    // Only the final side carries the configuration, so that it counts as added.
    initialfinaldiff: { ...diff, added: { ...diff.added, config: site } },
    ...official.aliases?.(initial, final),
  });
}

/** The value as JSON holds it: what is undefined is gone. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/**
 * Our own predicate for a task of the benchmark, from its goal's words: everything asked for was done, on exactly what
 * is meant, and nothing else. Where a goal can be read in several ways, one of them will do. Pure.
 */
export function judgeStrictly<S extends object>(
  { name, official, rules }: { readonly name: string; readonly official?: Official<S>; readonly rules: StateRules<S> },
  taskId: string,
  states: BeforeAfter<S>,
): Verdict {
  const readings = (official?.strict[taskId] ?? official?.earlier?.[taskId])?.(states);
  if (readings === undefined) throw new HaloError("HALO_BUG", `${name} has no strict rule for ${taskId}`);
  const problems = readings.map((asked) => problemOf(rules, asked, states));
  const success = problems.includes(undefined);
  const reason = success ? "all that was asked for was done, and nothing else" : problems[0]!;
  return { success, by: `${name}/${taskId}`, reason };
}
