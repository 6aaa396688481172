/**
 * What a fork costs on GoMail: 50 groups of 8 verified native forks of states 10 actions deep, each observed, stepped,
 * observed again and given back, one after another, renewal of worn pages included. Bar: ≤ 40 ms a fork and step.
 * Beside it, the same by replay of the ten actions.
 */
import process from "node:process";
import type { Action, Environment, Mark, Observation, Rng } from "../core/mod.ts";
import { keyedRng, pick } from "../core/kit.ts";
import gomail from "../plugins/sites/gomail/site.ts";
import { gomail as mailSite } from "../plugins/sites/gomail/gomail.ts";
import { siteTasks } from "../core/site.ts";
import replica from "../plugins/replica/environment.ts";

const groups = 50, size = 8, depth = 10, barMs = 40;
const signal = AbortSignal.timeout(600_000);
const need = {};
const tasks = siteTasks(mailSite, { templates: [], max_optimum: 8, cap: 0 });

const native = await measure("native", groups);
const replay = await measure("replay", 3);
const ok = native <= barMs;
console.log(
  `${ok ? "ok" : "MISSED"} fork: ${native.toFixed(1)} ms a native fork and step (bar ${barMs}), ${
    replay.toFixed(1)
  } ms by replay, ` +
    `${(replay / native).toFixed(1)} times as much, at depth ${depth}`,
);
process.exitCode = ok ? 0 : 1;

/** Milliseconds per fork and step, mean over `count` groups. */
async function measure(forking: "native" | "replay", count: number): Promise<number> {
  const site = await gomail.create({}, {});
  const environment = await replica.create({ site, stop: "solved", forking, pages: 4 }, {});
  try {
    await group(environment, -1);
    let ms = 0;
    for (let i = 0; i < count; i++) ms += await group(environment, i);
    const each = ms / (count * size);
    console.log(`${forking.padEnd(7)} ${count} groups of ${size}: ${each.toFixed(1)} ms a fork and step`);
    return each;
  } finally {
    await environment.close();
  }
}

/** One group: walk to a state, mark it, fork it eight times, step each; returns the milliseconds of forks and steps. */
async function group(environment: Environment, index: number): Promise<number> {
  const rng = keyedRng("bench fork", index);
  const { mark, seen } = await walk(environment, index, rng);
  const start = performance.now();
  for (let i = 0; i < size; i++) {
    const fork = await environment.fork(mark, { signal });
    await fork.observe({ need, signal });
    await fork.step(anyAction(seen, rng.derive(i)), { need, signal });
    await fork.close();
  }
  return performance.now() - start;
}

async function walk(
  environment: Environment,
  index: number,
  rng: Rng,
): Promise<{ readonly mark: Mark; readonly seen: Observation }> {
  const episode = await environment.open(tasks.draw({ split: "train", index: index + 1, seed: 9 }), {
    seed: 0,
    signal,
  });
  try {
    let seen = await episode.observe({ need, signal });
    for (let step = 0; step < depth; step++) {
      ({ observation: seen } = await episode.step(anyAction(seen, rng.derive("walk", step)), { need, signal }));
    }
    return { mark: await episode.mark({ signal }), seen };
  } finally {
    await episode.close();
  }
}

function anyAction({ elements }: Observation, rng: Rng): Action {
  const element = pick(rng, elements);
  if (!element.states.includes("editable")) return { action: "click", el: element.id };
  return { action: "type", el: element.id, text: "See you at noon", clear: true };
}
