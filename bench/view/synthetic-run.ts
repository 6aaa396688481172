import path from "node:path";
import process from "node:process";
import { nextPointId, rootPointId } from "../../core/action/point-id.ts";
import { loadPipeline } from "../../core/config/load.ts";
import type { Batch } from "../../core/domain/batch.ts";
import type { Mark } from "../../core/domain/environment.ts";
import type { Branch, Decision, Group } from "../../core/domain/group.ts";
import type { Observation } from "../../core/domain/observation.ts";
import type { Point } from "../../core/domain/point.ts";
import type { Rng } from "../../core/domain/rng.ts";
import type { Prompt, Sample } from "../../core/domain/sample.ts";
import type { Task } from "../../core/domain/task.ts";
import { PageKeeper } from "../../core/record/page-keeper.ts";
import { createRun, type RunFolder } from "../../core/record/run-folder.ts";
import { slotEpisodes } from "../../core/run/train/slot-episodes.ts";
import { keyedRng } from "../../core/stats/rng.ts";
import { packageRoot } from "../../core/util/package-root.ts";

export interface SyntheticRun {
  /** Environment steps of training, about: whole iterations are written. */
  readonly steps: number;
  /** Points of a search tree in a last iteration; none when absent. */
  readonly treePoints?: number;
}

const samplesEach = 8;
const groupsEach = 4;
const slotsEach = 4;

/** Steps that an iteration of such a run counts. */
export const stepsEach = samplesEach * groupsEach * slotsEach;

/**
 * Writes a run as large as asked for, with every file that a real one has: slots, batches, pages, episodes, journals. Its
 * sizes are those of the main job: 60 controls a page, 130 candidates of 30 features, states of 12 kB.
 */
export async function writeSyntheticRun(runsDir: string, { steps, treePoints = 0 }: SyntheticRun): Promise<RunFolder> {
  const root = packageRoot();
  const file = path.join(root, "tests/board/pipeline.yaml");
  const sets = ["rewards.0.options.scale=0.5"];
  const { document, base } = await loadPipeline(file, { sets, env: {}, cwd: root });
  const run = await createRun(runsDir, { name: "synthetic", seed: 1, document, base });
  await run.event({ type: "launch", run: run.path, name: "synthetic", seed: 1, resumed: false, reproducible: true });
  const iterations = Math.ceil(steps / stepsEach);
  const keeper = new PageKeeper({ run: run.path, maxBytes: 1e12, warn: (message) => process.stderr.write(message) });
  for (let n = 1; n <= iterations; n++) {
    const slots = Array.from({ length: slotsEach }, (_, s) => ({ id: `i${n}.s${s}`, task: taskOf(`${n}.${s}`) }));
    const groups = await Promise.all(slots.map(({ id, task }) => writeSlot(run, { keeper, n, id, task })));
    await finishIteration(run, { n, of: iterations, groups: groups.flat() });
  }
  if (treePoints > 0) await writeTree(run, iterations + 1, treePoints);
  await run.status("DONE");
  return run;
}

interface SlotPlace {
  readonly keeper: PageKeeper;
  readonly n: number;
  readonly id: string;
  readonly task: Task;
}

async function writeSlot(run: RunFolder, { keeper, n, id, task }: SlotPlace): Promise<readonly Group[]> {
  const rng = keyedRng("synthetic", id);
  const pages = keeper.collector();
  let at = pointAt(rootPointId(id), task, { depth: 0, pressed: [] });
  pages.add(at.point, at.mark);
  const groups: Group[] = [];
  for (let g = 0; g < groupsEach; g++) {
    const samples = Array.from({ length: samplesEach }, () => sampleOf(rng.int(12)));
    const isLast = g === groupsEach - 1;
    const branches = samples.map((sample, i) => branchOf(sample, { rng, isLast, i }));
    for (const { parsed } of samples) {
      const to = pointAt(nextPointId(at.point.id, parsed), task, { depth: g + 1, pressed: pressedWith(at, parsed) });
      pages.add(to.point, to.mark);
    }
    const decision: Decision = {
      id: 0,
      stateKey: at.point.observation.stateKey,
      prompt: { ...prompts[rng.int(prompts.length)]! },
      branches,
      chosen: 0,
    };
    groups.push({ ...groupHead(`${id}.${g}`, { task, n }), shape: "step", decisions: [decision] });
    const [{ parsed }] = samples as [Sample];
    at = pointAt(nextPointId(at.point.id, parsed), task, { depth: g + 1, pressed: pressedWith(at, parsed) });
  }
  const slot = { id, task, policyVersion: n - 1, groups, envSteps: samplesEach * groupsEach };
  await pages.keep(id, task);
  await run.iteration(n).writeSlot(slot);
  for (const episode of slotEpisodes(slot, n)) await run.episode(episode);
  await run.event({ type: "slot", iteration: n, done: 1, of: slotsEach });
  return groups;
}

async function finishIteration(
  run: RunFolder,
  { n, of, groups }: { readonly n: number; readonly of: number; readonly groups: readonly Group[] },
): Promise<void> {
  const it = run.iteration(n);
  const examples = groups.filter((_, i) => i % 3 === 0).flatMap((group): Batch["examples"] => {
    const [{ prompt, branches }] = group.decisions as readonly [Decision];
    return branches.map(({ sample, reward = 0 }) => (
      { kind: "advantage", group: group.id, prompt, sample, advantage: reward - 0.3, weight: 1 }
    ));
  });
  const loss = { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 } as const;
  await it.sealBatch({ seq: n, policyVersion: n - 1, temperature: 1, seed: n, loss, examples });
  const metrics = Object.fromEntries(
    Array.from({ length: 24 }, (_, i) => [`area/metric_${i}`, Math.sin(n / 40 + i)]),
  );
  const all = { mean_reward: n / of, success_rate: n / of, frac_reward_zero_std: 0.6, action_validity: 1, ...metrics };
  await run.event({ type: "iteration", iteration: n, of, env_steps: stepsEach, metrics: all, dead: { all_failed: 9 } });
  await run.metrics(n, all);
}

/** A tree of so many points below one another, four branches each, breadth first. */
async function writeTree(run: RunFolder, n: number, count: number): Promise<void> {
  const id = `i${n}.s0`;
  const task = taskOf("tree");
  const rng = keyedRng("synthetic", "tree");
  const q = () => ({ visits: 1 + rng.int(40), mcts: rng.next(), critic: rng.next() });
  const decisions = Array.from({ length: count }, (_, d): Decision => ({
    id: d,
    ...(d > 0 && { parent: { decision: Math.floor((d - 1) / 4), branch: (d - 1) % 4 } }),
    stateKey: `tree ${d}`,
    prompt: { kind: "none" },
    chosen: rng.int(4),
    branches: Array.from({ length: 4 }, (_, i): Branch => (
      { sample: sampleOf(i), target: { role: "button", name: `Tile ${i}` }, reward: rng.next(), terms: [], q: q() }
    )),
  }));
  const simulations = Array.from({ length: 50 }, (_, i) => (
    { path: [{ decision: 0, branch: i % 4 }], value: rng.next(), by: "critic" as const, success: false, envSteps: i }
  ));
  const search = { simulations, unreachable: 0 };
  const group: Group = { ...groupHead(`${id}.0`, { task, n }), shape: "tree", decisions, search };
  await run.iteration(n).writeSlot({ id, task, policyVersion: n - 1, groups: [group], envSteps: count * 4 });
  const metrics = { mean_reward: 0, "search/found": 0 };
  await run.event({ type: "iteration", iteration: n, env_steps: count * 4, metrics, dead: {} });
}

const groupHead = (id: string, { task, n }: { readonly task: Task; readonly n: number }) => (
  { id, taskKey: task.key, policyVersion: n - 1, temperature: 1 }
);

function taskOf(id: string): Task {
  const text = 'Press the tile "Tile 3", then the tile "Tile 7"';
  const goal = { id, text, startUrl: "board:/", maxSteps: groupsEach };
  return { id, key: `board/${id}`, goal, site: "board", template: "board/two", split: "train", optimum: 2, params: {} };
}

function sampleOf(tile: number): Sample {
  const action = { action: "click", el: `e${tile}` } as const;
  return {
    text: JSON.stringify(action),
    parsed: { ok: true, action, repairs: 0 },
    logprob: -2.5,
    trace: { kind: "choice", index: tile, logprob: -2.5 },
  };
}

function branchOf(
  sample: Sample,
  { rng, isLast, i }: { readonly rng: Rng; readonly isLast: boolean; readonly i: number },
): Branch {
  const value = 0.25 * rng.int(3);
  const success = isLast && i % 3 === 0;
  return {
    sample,
    target: { role: "button", name: `Tile ${i}` },
    reward: value,
    terms: value === 0 ? [] : [{ name: "board/tile", value, evidence: "Tile 3 is pressed" }],
    ...(isLast && {
      end: { stop: success ? "solved" : "max_steps", verdict: { success, by: "board", reason: "pressed some tiles" } },
    }),
  };
}

/** A prompt with as many features as a page of the mail site makes. */
function promptNumber(k: number): Prompt {
  const [candidates, features] = [130, 30];
  const of = candidates * features;
  const rng = keyedRng("synthetic", "prompt", k);
  return {
    kind: "choice",
    dims: 262_144,
    offsets: Int32Array.from({ length: candidates + 1 }, (_, i) => i * features),
    index: Int32Array.from({ length: of }, () => rng.int(262_144)),
    value: new Float32Array(of).fill(1),
  };
}

/** A few different ones, each written as often as it is used. */
const prompts = Array.from({ length: 16 }, (_, k) => promptNumber(k));

interface Standing {
  readonly point: Point;
  readonly mark: Mark;
  readonly pressed: readonly string[];
}

const pressedWith = ({ pressed }: Standing, parsed: Sample["parsed"]): readonly string[] => {
  const el = parsed.ok && parsed.action.action === "click" ? parsed.action.el : undefined;
  return el === undefined ? pressed : [...new Set([...pressed, `Tile ${el.slice(1)}`])];
};

function pointAt(
  id: string,
  task: Task,
  { depth, pressed }: { readonly depth: number; readonly pressed: readonly string[] },
): Standing {
  const elements = Array.from({ length: 60 }, (_, i) => {
    const name = i < 12 ? `Tile ${i}` : `Open email from Somebody, subject number ${i}`;
    return {
      id: `e${i}`,
      role: i < 12 ? "button" : "link",
      name,
      states: pressed.includes(name) ? ["pressed"] : [],
      near: i < 12 ? "" : `Somebody, subject number ${i}, and the first words of a text`,
      region: "main:Inbox",
      centre: [500, 16 * i] as const,
      box: [100, 16 * i, 800, 15] as const,
    };
  });
  const stateKey = `pressed ${pressed.join(",")}`;
  const observation: Observation = { url: "board:/", title: "Board", stateKey, elements };
  const mails = elements.map(({ id, name }) => ({ id, name, text: "x".repeat(140), pressed: pressed.includes(name) }));
  const state = JSON.stringify({ clock: depth, mails });
  const mark: Mark = { task, seed: 1, actions: [], fingerprint: { state: stateKey }, state };
  return { point: { id, task: task.goal, depth, observation, history: [] }, mark, pressed };
}
