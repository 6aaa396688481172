import path from "node:path";
import { mcnemar } from "../../core/kit.ts";
import type { Slot } from "../../core/record/slot.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { type BenchOptions, evaluation, from, isSolved, play, rate, searching, startOf, unheard } from "./play.ts";

/** Environment steps of a task, for every way to look for a success. */
const budget = 300;
const tasks = 48;

/** A PUCT search in which nothing that failed is tried twice: 50 simulations, 5 children; `more` wins. */
export function treeOf(more: Readonly<Record<string, unknown>>): string {
  const options = {
    selection: "puct",
    alpha: 1,
    num_simulations: 50,
    max_children: 5,
    after_success: 0,
    budget: { env_steps: budget },
    transpositions: true,
    rollout: { avoid_failed: true },
    ...more,
  };
  return `algorithm=${JSON.stringify({ use: "agentq", options })}`;
}

const restarts = (more: string) =>
  `algorithm={ use: ${path.join(packageRoot(), "bench/restarts.ts")}, options: { env_steps: ${budget}, ${more} } }`;

/** Ways to look for a success; the bar is about `puct` against `restarts`. */
export const ways: Readonly<Record<string, string>> = {
  puct: treeOf({}),
  restarts: restarts("temperature: 1"),
  ucb1: treeOf({ selection: "ucb1" }),
  widening: treeOf({ selection: "ucb1", widening: {} }),
  // Restarts that are bolder, and with every step that an earlier episode made in the same place for nothing.
  restarts_bold: restarts("temperature: 1.5"),
  restarts_shared: restarts("temperature: 1, shares: true"),
};

/** The ways of a row without a bar. */
const shown = ["puct", "restarts", "ucb1"];

/** What a way came to on every seed's tasks; a key is seed and task. */
export interface Found {
  readonly solved: ReadonlyMap<string, boolean>;
  readonly slots: readonly Slot[];
  readonly wallS: number;
}

type FindOptions = BenchOptions & { readonly templates: readonly string[]; readonly more?: readonly string[] };

const before = new Map<string, Promise<Found>>();

/** Searches each of 48 unseen tasks of a family once, with frozen weights; what two rows ask alike is run once. */
export function find(settings: string, o: FindOptions): Promise<Found> {
  const key = JSON.stringify([settings, o.templates, o.more, o.seeds]);
  const found = before.get(key) ?? search(settings, o);
  before.set(key, found);
  return found;
}

async function search(settings: string, o: FindOptions): Promise<Found> {
  const solved = new Map<string, boolean>();
  const all: Slot[] = [];
  let wallS = 0;
  for (const seed of o.seeds) {
    const sets = [...from(await startOf(seed, o), o.templates), "critic=null", settings, ...o.more ?? [], ...o.sets];
    const { done, slots } = await play("agentq-gomail", { seed, sets, stages: [searching(tasks)] });
    for (const slot of slots) solved.set(`${seed} ${slot.task.key}`, isSolved(slot));
    all.push(...slots);
    wallS += done.wall_s;
  }
  return { solved, slots: all, wallS };
}

/**
 * A row of the find table. With `bar`, every way is shown and PUCT has to solve more tasks than restarts, McNemar mid-p
 * under 0.05 over all seeds; without, PUCT, UCB1 and restarts as found.
 */
export async function findRow(
  name: string,
  o: BenchOptions & { readonly templates: readonly string[]; readonly bar: boolean },
): Promise<readonly string[]> {
  for (const seed of o.seeds) {
    const sets = [...from(await startOf(seed, o), o.templates), ...o.sets];
    const sampled = evaluation("sampled", { split: unheard, decoding: "sample", episodes_per_task: 4 });
    const played = evaluation("greedy", { split: unheard });
    const { done } = await play("agentq-gomail", { seed, sets, stages: [played, sampled] });
    const [greedy, drawn] = done.evaluations;
    console.log(`${name.padEnd(10)} seed ${seed}  the start alone: greedy ${rate(greedy)}, sampled ${rate(drawn)}`);
  }
  const found = new Map<string, Found>();
  const missed: string[] = [];
  for (const [way, settings] of Object.entries(ways)) {
    if (!o.bar && !shown.includes(way)) continue;
    const one = await find(settings, o);
    found.set(way, one);
    console.log(`${name.padEnd(10)} ${way.padEnd(15)} ${foundLine(one, o)}`);
    if (way !== "restarts") continue;
    const { more, p } = compared(found.get("puct")!, one);
    const difference = `puct − restarts: ${more >= 0 ? "+" : ""}${more} tasks, p = ${p.toFixed(4)} (mcnemar mid-p)`;
    console.log(`${name.padEnd(10)} ${difference}`);
    if (o.bar && !(more > 0 && p < 0.05)) missed.push(`${name}: ${difference}`);
  }
  return missed;
}

/** Tasks that only one of two ways solved, and the test of that. */
export function compared(a: Found, b: Found): { readonly more: number; readonly p: number } {
  let [onlyA, onlyB] = [0, 0];
  for (const [key, isA] of a.solved) {
    const isB = b.solved.get(key) ?? false;
    if (isA && !isB) onlyA++;
    if (isB && !isA) onlyB++;
  }
  return { more: onlyA - onlyB, p: mcnemar(onlyA, onlyB).midP };
}

export function foundLine({ solved, slots, wallS }: Found, { seeds }: Pick<BenchOptions, "seeds">): string {
  const wins = [...solved].filter(([, isSolved]) => isSolved);
  const each = seeds.map((seed) => wins.filter(([key]) => key.startsWith(`${seed} `)).length);
  const per = (total: number) =>
    wins.length === 0 ? "-" : (total / wins.length).toFixed(total < 10 * wins.length ? 1 : 0);
  const steps = slots.reduce((sum, slot) => sum + slot.envSteps, 0);
  const calls = slots.flatMap((s) => s.groups).reduce((sum, g) => sum + (g.search?.critic?.calls ?? 0), 0);
  return [
    `${wins.length}/${solved.size} solved (${each.join(", ")} by seed)`,
    `per success ${per(steps)} steps, ${per(wallS)} s, ${per(calls)} critic calls`,
  ].join("  ");
}
