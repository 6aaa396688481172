/**
 * Helpers for tests of plugins, with any test runner: pages from a fixture file instead of a browser, and the promises
 * that every reward, task source, policy and critic keeps. A check throws an AssertionError that says which promise is broken.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Action } from "./domain/action.ts";
import type { Critic } from "./domain/critic.ts";
import type { Json } from "./domain/json.ts";
import type { PastStep, Point } from "./domain/point.ts";
import type { Policy } from "./domain/policy.ts";
import type { RecordedPath } from "./domain/recorded-path.ts";
import type { RewardFold, RewardShaper, RewardTerm, Transition } from "./domain/reward.ts";
import type { Draw, Mode, Sample } from "./domain/sample.ts";
import type { Task, TaskSource } from "./domain/task.ts";
import type { Tracker } from "./domain/tracker.ts";
import type { Plugin } from "./plugin/define.ts";
import type { PluginKind, PluginKinds } from "./plugin/kinds.ts";
import { optionsCheck } from "./plugin/options.ts";
import { keyedRng } from "./stats/rng.ts";

export type { RecordedPath } from "./domain/recorded-path.ts";
export { siteSuite } from "./suite/site-suite.ts";
export type { SiteCase, SuiteSites } from "./suite/suite.ts";

/** A plugin as `definePlugin` returns it, its option types forgotten. */
type AnyPlugin<K extends PluginKind> = Pick<Plugin, "name" | "options"> & {
  readonly kind: K;
  create(options: never, needs: never): PluginKinds[K] | Promise<PluginKinds[K]>;
};

/** An instance as a run would build it: options checked against the schema and filled with its defaults. */
export async function createPlugin<K extends PluginKind>(
  plugin: AnyPlugin<K>,
  options: Readonly<Record<string, unknown>> = {},
  needs: Readonly<Record<string, unknown>> = {},
): Promise<PluginKinds[K]> {
  const filled = structuredClone(options);
  const errors = optionsCheck(plugin as unknown as Plugin)(filled);
  const [first] = errors;
  assert.ok(!first, `option ${first?.instancePath || "/"} of ${plugin.kind}/${plugin.name} ${first?.message}`);
  return await plugin.create(filled as never, needs as never);
}

/** The pages of one episode from a JSON file; `halo temperature PIPELINE --save FILE` writes one. */
export function readPath(file: URL | string): RecordedPath {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The transitions of recorded pages, deeply frozen. */
export function transitionsOf({ first, steps }: RecordedPath): readonly Transition[] {
  return steps.map((step, i) => frozen({ from: steps[i - 1]?.to ?? first, ...step }));
}

/** The points of recorded pages, the first page included, as a policy or a critic meets them. */
export function pointsOf(path: RecordedPath): readonly Point[] {
  const transitions = transitionsOf(path);
  const history: readonly PastStep[] = transitions.map(({ from, parsed, error }) => ({
    url: from.url,
    stateKey: from.stateKey,
    parsed,
    ...(error && { error }),
  }));
  return [path.first, ...path.steps.map((step) => step.to)].map((observation, depth) => {
    const { stop, verdict } = transitions[depth - 1] ?? {};
    const end = stop && verdict && { stop, verdict };
    const id = `recorded ${depth}`;
    return frozen({ id, task: path.goal, depth, observation, history: history.slice(0, depth), ...(end && { end }) });
  });
}

/** The terms a reward pays for each step of recorded pages. */
export function termsOf(reward: RewardShaper, path: RecordedPath): readonly (readonly RewardTerm[])[] {
  let fold = reward.start(path.goal, frozen(path.first));
  return transitionsOf(path).map((transition) => {
    const turn = fold.next(transition);
    fold = turn.fold;
    return turn.terms;
  });
}

/**
 * Checks what every reward promises: equal pages give equal terms, a fold never changes, so that forks share nothing, no
 * observation is changed, output that is no action is survived, and each term has a name, a finite value and evidence.
 */
export function checkReward(reward: RewardShaper, path: RecordedPath): void {
  const first = termsOf(reward, path);
  assert.deepEqual(termsOf(reward, path), first, "the same pages gave other terms: `start` must share no state");
  let fold: RewardFold = reward.start(path.goal, frozen(path.first));
  for (const [i, transition] of transitionsOf(path).entries()) {
    const turn = fold.next(transition);
    const parsed = { ok: false, code: "PARSE", message: "no action" } as const;
    const other = fold.next(frozen({ from: transition.from, parsed, to: transition.from }));
    assert.deepEqual(
      fold.next(transition).terms,
      turn.terms,
      `step ${i}: a fold paid differently the second time: \`next\` must return a new fold and leave this one alone`,
    );
    for (const term of [...turn.terms, ...other.terms]) checkTerm(term, i);
    fold = turn.fold;
  }
}

function checkTerm({ name, value, evidence }: RewardTerm, step: number): void {
  assert.ok(typeof name === "string" && name !== "", `step ${step}: a term has no name`);
  assert.ok(Number.isFinite(value), `step ${step}: the term "${name}" is worth ${value}, which is no finite number`);
  assert.ok(typeof evidence === "string" && evidence !== "", `step ${step}: the term "${name}" has no evidence`);
}

/**
 * Checks what every task source promises: a draw depends on its arguments only, a task is plain data with one id, equal
 * keys mean equal tasks, limits leave room for the optimum, `list` holds the split it is asked for, and no two splits
 * share a key or a goal text. `n` tasks of each split are drawn.
 */
export async function checkTasks(source: TaskSource, { n = 48 }: { readonly n?: number } = {}): Promise<void> {
  assert.ok(source.splits.length > 0, "a task source has at least one split");
  const owners = { key: new Map<string, string>(), goal: new Map<string, string>() };
  for (const split of source.splits) {
    const draw = (index: number): Task => source.draw({ split, index, seed: 0 });
    const tasks = Array.from({ length: n }, (_, index) => draw(index));
    for (const index of [n - 1, 0, 1 % n]) {
      assert.deepEqual(
        draw(index),
        tasks[index],
        `${split}/${index} came out different the second time: draws are pure`,
      );
    }
    const byKey = new Map<string, Task>();
    for (const task of tasks) {
      checkTask(task, split);
      assert.deepEqual(byKey.get(task.key) ?? task, task, `two different tasks have the key ${task.key}`);
      byKey.set(task.key, task);
      owned(owners.key, task.key, split);
      owned(owners.goal, task.goal.text, split);
    }
    const listed = await source.list({ split });
    const stray = listed.find((task) => task.split !== split);
    assert.ok(!stray, `list({ split: "${split}" }) holds ${stray?.key} of "${stray?.split}"`);
  }
}

function checkTask(task: Task, split: string): void {
  const { id, key, goal, optimum } = task;
  assert.deepEqual(JSON.parse(JSON.stringify(task)) as Json, task, `${key} is not plain data`);
  assert.equal(goal.id, id, `${key}: goal.id is not the task's id`);
  assert.equal(task.split, split, `${key} says it belongs to "${task.split}"`);
  assert.ok(goal.text.trim() !== "", `${key} has no goal text`);
  assert.ok(optimum >= 1 && goal.maxSteps >= optimum, `${key}: ${goal.maxSteps} steps cannot hold its ${optimum}`);
}

function owned(owners: Map<string, string>, value: string, split: string): void {
  const owner = owners.get(value) ?? split;
  assert.ok(owner === split, `"${value}" is in "${owner}" and in "${split}": splits must not share tasks`);
  owners.set(value, split);
}

const modes: readonly Mode[] = ["sample", "distinct", "greedy"];

/**
 * Checks what every policy promises at these points: as many samples as asked for, at most as many when they are to be
 * distinct, equal draws for equal requests when it calls itself deterministic, actions on elements that are there,
 * log-probabilities up to 0 and traces of the kind it declares.
 */
export async function checkPolicy(policy: Policy, points: readonly Point[]): Promise<void> {
  const n = Math.min(4, policy.can.maxN);
  const signal = new AbortController().signal;
  for (const at of points.filter((point) => !point.end)) {
    for (const mode of modes) {
      const name = `${mode} at "${at.id}"`;
      const ask = () =>
        policy.sample({ at, n, mode, temperature: 0.7, rng: keyedRng("check", at.id, mode) }, { signal });
      const draw = await ask();
      const { length } = draw.samples;
      assert.ok(
        mode === "distinct" ? length >= 1 && length <= n : length === n,
        `${name}: ${length} samples for n = ${n}`,
      );
      assert.equal(draw.prompt.kind, policy.can.trace, `${name}: the prompt is not what \`can.trace\` declares`);
      if (policy.can.deterministic) assert.deepEqual(await ask(), draw, `${name}: an equal request gave another draw`);
      for (const { parsed, logprob, trace, text } of draw.samples) {
        assert.equal(trace.kind, policy.can.trace, `${name}: the trace is not what \`can.trace\` declares`);
        assert.ok(logprob === undefined || logprob <= 0, `${name}: log-probability ${logprob} of ${text}`);
        const el = parsed.ok && "el" in parsed.action ? parsed.action.el : undefined;
        const isThere = el === undefined || at.observation.elements.some((e) => e.id === el);
        assert.ok(isThere, `${name}: ${text} names ${el}, which is not on the page`);
      }
    }
  }
}

/**
 * Checks what every critic promises at these points: one score from 0 to 1 for each sample, equal ones and output that is
 * no action included, the same scores for the same question when it calls itself deterministic, and values from 0 to 1.
 */
export async function checkCritic(critic: Critic, points: readonly Point[]): Promise<void> {
  const { signal } = new AbortController();
  for (const at of points.filter((point) => !point.end)) {
    const draw = frozen(proposalsAt(at));
    const { scores, by } = await critic.rank({ at, draw }, { signal });
    const { length } = draw.samples;
    assert.ok(scores.length === length, `at "${at.id}": ${scores.length} scores for ${length} samples`);
    for (const [i, score] of scores.entries()) {
      assert.ok(score >= 0 && score <= 1, `at "${at.id}": ${draw.samples[i]!.text} scores ${score}, expected 0 to 1`);
    }
    assert.ok(by !== "", `at "${at.id}": \`by\` says nothing`);
    const again = critic.deterministic ? await critic.rank({ at, draw }, { signal }) : undefined;
    if (again) assert.deepEqual(again.scores, scores, `at "${at.id}": an equal question gave other scores`);
    const value = await critic.value?.(at, { signal }) ?? 0;
    assert.ok(value >= 0 && value <= 1, `at "${at.id}": the value is ${value}, expected 0 to 1`);
  }
}

/** Clicks on the first controls, one of them proposed twice, and output that is no action. */
function proposalsAt({ observation }: Point): Draw {
  const clicks = observation.elements.slice(0, 3).map(({ id }): Action => ({ action: "click", el: id }));
  const actions: readonly Action[] = [...clicks, ...clicks.slice(0, 1), { action: "done" }];
  const logprob = -Math.LN2;
  const trace = { kind: "none" } as const;
  const samples = actions.map((action): Sample => {
    return { text: JSON.stringify(action), parsed: { ok: true, action, repairs: 0 }, logprob, trace };
  });
  const noise: Sample = { text: "?", parsed: { ok: false, code: "PARSE", message: "no action" }, logprob, trace };
  return { prompt: { kind: "none" }, samples: [...samples, noise], policyVersion: 0, temperature: 1 };
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

/** One red pixel. */
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

/** Tells a tracker of a whole run, "a-run": two iterations, an evaluation with a picture when it takes some, and the end. */
export async function checkTracker(tracker: Tracker): Promise<void> {
  const call = { signal: new AbortController().signal };
  const at = new Date("2026-01-01T00:00:00Z");
  const run = { id: "a-run", name: "run", seed: 7, folder: "/runs/a-run", from: 0, isResumed: false };
  await tracker.start({ ...run, pipeline: { name: "run" } }, call);
  const metrics = { type: "metrics", at } as const;
  await tracker.track({ ...metrics, of: "iteration", step: 1, values: { mean_reward: 0.25 } }, call);
  await tracker.track({ ...metrics, of: "iteration", step: 2, values: { mean_reward: 0.5 } }, call);
  await tracker.track({ ...metrics, of: "evaluation", step: 2, values: { "evaluate/after/success_rate": 1 } }, call);
  const png = Uint8Array.from(atob(pixel), (byte) => byte.charCodeAt(0));
  const pictures = [{ name: "after/worst-1", caption: "a task: max_steps", png }];
  if (tracker.pictures) await tracker.track({ type: "pictures", at, step: 2, pictures }, call);
  await tracker.track({ type: "end", at, status: "done" }, call);
}
