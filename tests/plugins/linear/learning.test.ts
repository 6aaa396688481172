import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Algorithm, Example, GroupBody, Policy } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import shuffled from "../../../bench/shuffled.ts";
import grpo from "../../../plugins/grpo/algorithm.ts";
import policyPlugin from "../../../plugins/linear/policy.ts";
import trainerPlugin from "../../../plugins/linear/trainer.ts";
import { tempDir } from "../../core/record/temp-dir.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { DeskExplorer, deskTask } from "./desk.ts";

const test = suite("linear/learning");

const iterations = 30;
const tasksPerIteration = 4;
const evalTasks = 60;
const settings = { learning_rate: 0.5, entropy: 0.025, replay: 16, buffer: 400, ratio_cap: 1 };
const step = {
  loss_type: "dr_grpo",
  group: "step",
  num_generations: 8,
  temperature: 1,
  continue: "best",
  epsilon_low: 0.2,
  epsilon_high: 0.2,
} as const;

interface Learned {
  readonly before: number;
  readonly after: number;
  readonly steps: number;
}

/** Learns the desk's three templates from nothing and measures greedy success on unseen values. */
async function learn(algorithm: Algorithm, seed: number, t: TestContext): Promise<Learned> {
  const { path } = t.use(tempDir());
  const policy = t.use(await policyPlugin.create({}, {}));
  const trainer = t.use(await trainerPlugin.create(settings, {}));
  const before = await successRate(policy, 0);
  let steps = 0;
  for (let seq = 1; seq <= iterations; seq++) {
    const examples: Example[] = [];
    for (let i = 0; i < tasksPerIteration; i++) {
      const task = deskTask("train", (seq - 1) * tasksPerIteration + i);
      const io = new DeskExplorer(task, { policy, policyVersion: seq - 1, rng: keyedRng("learn", seed, seq, i) });
      const bodies: GroupBody[] = [];
      for await (const body of algorithm.explore(task.goal, io)) bodies.push(body);
      for (const [n, body] of bodies.entries()) {
        const id = `${seq}.${i}.${n}`;
        examples.push(
          ...algorithm.credit({ ...body, id, taskKey: task.goal.id, policyVersion: seq - 1, temperature: 1 }),
        );
      }
      steps += io.steps;
    }
    await trainer.update({ seq, policyVersion: seq - 1, temperature: 1, seed, loss: algorithm.loss, examples }, t);
    const dir = join(path, String(seq));
    mkdirSync(dir);
    await policy.adopt!(await trainer.publish(dir, t), t);
  }
  return { before, after: await successRate(policy, iterations), steps };
}

async function successRate(policy: Policy, policyVersion: number): Promise<number> {
  let successes = 0;
  for (let i = 0; i < evalTasks; i++) {
    const io = new DeskExplorer(deskTask("eval", i), { policy, policyVersion, rng: keyedRng("evaluate", i) });
    let at = await io.root();
    while (!at.end) {
      const { samples: [sample] } = await io.draw(at, { n: 1, mode: "greedy", temperature: 1, key: "act" });
      const edge = await io.step(at, sample!);
      if (!edge.ok) throw new Error(edge.fault.message);
      at = edge.to;
    }
    if (at.end.verdict.success) successes++;
  }
  return successes / evalTasks;
}

test("linear and grpo go from at most 10 % to at least 90 % on unseen values, for three seeds", async (t) => {
  const algorithm = await grpo.create(step, {});
  for (const seed of [1, 2, 3]) {
    const { before, after, steps } = await learn(algorithm, seed, t);
    assert.ok(before <= 0.1, `seed ${seed}: ${before} before`);
    assert.ok(after >= 0.9, `seed ${seed}: ${after} after ${steps} steps`);
    assert.ok(steps <= 2000, `seed ${seed}: ${steps} steps`);
  }
}, { timeoutMs: 60_000 });

test("rewards shuffled within each group teach nothing", async (t) => {
  const algorithm = await shuffled.create({ algorithm: await grpo.create(step, {}) }, {});
  const { after } = await learn(algorithm, 1, t);
  assert.ok(after <= 0.1, `${after} after`);
}, { timeoutMs: 60_000 });

test("learning is repeatable to the step", async (t) => {
  const algorithm = await grpo.create(step, {});
  assert.equal(await learn(algorithm, 4, t), await learn(algorithm, 4, t));
}, { timeoutMs: 60_000 });
