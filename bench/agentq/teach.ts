import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Evaluation } from "../../core/record/events.ts";
import { type BenchOptions, evaluation, families, from, play, rate, startOf } from "./play.ts";

/** Most environment steps of a training run. */
const mostSteps = 8000;
const templates = ["reply_label"];

/** What one seed came to; rates are success rates on unseen tasks. */
interface Taught {
  readonly seed: number;
  readonly before: number;
  readonly after: number;
  readonly oldBefore: number;
  readonly oldAfter: number;
  readonly search?: number;
  readonly envSteps: number;
}

/**
 * Trains a pipeline on the six-step family with every seed: the plain policy before and after, the twelve old templates
 * before and after, and, with `searches`, search at test time on the tasks of "after".
 */
export async function teachRow(
  name: string,
  o: BenchOptions & { readonly pipeline: string; readonly bar: boolean; readonly searches: boolean },
): Promise<readonly string[]> {
  const all: Taught[] = [];
  for (const seed of o.seeds) {
    const dir = mkdtempSync(path.join(tmpdir(), "halo-taught-"));
    try {
      all.push(await teach(name, { ...o, seed, dir }));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  const after = median(all.map((t) => t.after));
  const lost = all.map((t) => t.oldBefore - t.oldAfter);
  console.log(
    `${name.padEnd(10)} median after ${percent(after)}, old templates lose at most ${percent(Math.max(...lost))}`,
  );
  if (!o.bar) return [];
  return [
    ...after >= 0.8 ? [] : [`${name}: ${percent(after)} in the median at the last checkpoint, bar 80 %`],
    ...Math.max(...lost) <= 0.05 ? [] : [`${name}: old templates lose ${percent(Math.max(...lost))}, bar 5 points`],
    ...all.filter((t) => t.envSteps > mostSteps).map((t) => `${name}: ${t.envSteps} steps in seed ${t.seed}`),
    ...all.filter((t) => (t.search ?? 1) < t.after - 0.05).map((t) => `${name}: search is worse in seed ${t.seed}`),
  ];
}

async function teach(
  name: string,
  o: BenchOptions & {
    readonly pipeline: string;
    readonly searches: boolean;
    readonly seed: number;
    readonly dir: string;
  },
): Promise<Taught> {
  const { seed, sets } = o;
  const start = await startOf(seed, o);
  const keep = path.join(o.dir, "last");
  const { done } = await play(o.pipeline, { seed, sets: [...from(start, templates), ...sets], keep });
  const [before, after] = ["before", "after"].map((label) => done.evaluations.find((e) => e.label === label)!);
  const old = async (adapter: string) => {
    const stages = [evaluation("old", { sample_size: 96 })];
    const { done } = await play("agentq-gomail", { seed, sets: [...from(adapter, [families.old]), ...sets], stages });
    return done.evaluations[0]!;
  };
  const [oldBefore, oldAfter] = [await old(start), await old(keep)];
  const search = o.searches ? await searched(keep, { seed, sets, like: after! }) : undefined;
  const parts = [
    `before ${rate(before)}`,
    `after ${rate(after)}`,
    ...search ? [`with search ${rate(search)}`] : [],
    `old templates ${rate(oldBefore)} → ${rate(oldAfter)}`,
    `${done.env_steps} steps, ${done.train_s.toFixed(0)} s`,
  ];
  console.log(`${name.padEnd(10)} seed ${seed}  ${parts.join("  ")}`);
  const [b, a, ob, oa] = [before!, after!, oldBefore, oldAfter].map((e) => e.success_rate);
  return {
    seed,
    before: b!,
    after: a!,
    oldBefore: ob!,
    oldAfter: oa!,
    ...(search && { search: search.success_rate }),
    envSteps: done.env_steps,
  };
}

/** Search at test time over the trained policy, on the tasks that the plain one met. */
async function searched(
  adapter: string,
  o: { readonly seed: number; readonly sets: readonly string[]; readonly like: Evaluation },
): Promise<Evaluation> {
  const policy =
    `policy={ use: search, options: { simulations: 16, selection: puct, alpha: 1, after_success: 2, policy: { use: linear, options: { adapter: ${adapter} } } } }`;
  const sets = [`tasks.options={ templates: [${templates.join(", ")}], max_optimum: 6 }`, policy, ...o.sets];
  const stages = [evaluation("search", { sample_size: o.like.n, task_seed: 123 })];
  const { done } = await play("eval-gomail", { seed: o.seed, sets, stages });
  return done.evaluations[0]!;
}

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}
