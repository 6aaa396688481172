import type { Critic, Policy, RewardFold, RewardShaper, Sample, Task, TaskSource } from "halo-agent";
import prior from "../../plugins/prior/critic.ts";
import linear from "../../plugins/linear/policy.ts";
import scripted from "../../plugins/scripted/policy.ts";
import shaping from "../../plugins/shaping/reward.ts";
import gomailTasks from "../../plugins/sites/gomail/tasks.ts";
import gomailReward from "../../plugins/sites/gomail/reward.ts";
import myCritic from "../../configs/new/critic/critic.ts";
import myPolicy from "../../configs/new/policy/policy.ts";
import myReward from "../../configs/new/reward/reward.ts";
import myTasks from "../../configs/new/tasks/tasks.ts";
import {
  checkCritic,
  checkPolicy,
  checkReward,
  checkTasks,
  createPlugin,
  pointsOf,
  readPath,
  termsOf,
  transitionsOf,
} from "../../core/testing.ts";
import boardTasks from "../board/tasks.ts";
import { assert, suite, thrownBy } from "../harness.ts";

const test = suite("testing");
const path = readPath(new URL("../../configs/new/reward/pages.json", import.meta.url));
const points = pointsOf(path);

async function messageOf(run: () => unknown): Promise<string> {
  return ((await thrownBy(run)) as Error).message;
}

test("what is shipped keeps the promises that the checks ask for", async () => {
  for (const plugin of [myReward, shaping, gomailReward]) checkReward(await createPlugin(plugin), path);
  for (const plugin of [myTasks, boardTasks]) await checkTasks(await createPlugin(plugin));
  await checkTasks(await createPlugin(gomailTasks), { n: 24 });
  const tasks = await createPlugin(gomailTasks);
  await checkPolicy(await createPlugin(linear), points);
  await checkPolicy(await createPlugin(myPolicy), points);
  await checkPolicy(await createPlugin(scripted, { mode: "uniform" }, { tasks }), points);
  for (const plugin of [myCritic, prior]) await checkCritic(await createPlugin(plugin), points);
});

test("transitionsOf and pointsOf read recorded pages as a run would show them", () => {
  const [first, second] = transitionsOf(path);
  assert.equal([first!.from.stateKey, first!.to.stateKey, second!.from.stateKey], [
    "inbox",
    "inbox, typed",
    "inbox, typed",
  ]);
  assert.equal(points.map((p) => [p.depth, p.history.length, p.end?.stop]), [
    [0, 0, undefined],
    [1, 1, undefined],
    [2, 2, undefined],
    [3, 3, undefined],
    [4, 4, "solved"],
  ]);
});

test("createPlugin fills defaults in and refuses wrong options", async () => {
  const reward = await createPlugin(myReward, { value: 2 });
  assert.equal(termsOf(reward, path).flat().map((term) => term.value), [2]);
  assert.is(
    await messageOf(() => createPlugin(myReward, { value: "much" })),
    "option /value of reward/my-reward must be number",
  );
});

const paying = (next: RewardFold["next"]): RewardShaper => ({ need: {}, start: () => ({ next }) });

test("checkReward finds folds that change, shared state, mutation and broken terms", async () => {
  let paid = false;
  const shared: RewardFold = {
    next() {
      const terms = paid ? [] : [{ name: "once", value: 1, evidence: "first" }];
      paid = true;
      return { fold: shared, terms };
    },
  };
  assert.match(await messageOf(() => checkReward(paying(shared.next), path)), /^the same pages gave other terms/);

  const start = (): RewardFold => {
    let count = 0;
    const fold: RewardFold = {
      next: () => ({ fold, terms: [{ name: "n", value: count++, evidence: "counted" }] }),
    };
    return fold;
  };
  assert.match(
    await messageOf(() => checkReward({ need: {}, start }, path)),
    /^step 0: a fold paid differently the second time/,
  );

  const mutating = paying((t) => {
    (t.to.elements as unknown[]).pop();
    return { fold: mutating.start({} as never, {} as never), terms: [] };
  });
  assert.match(await messageOf(() => checkReward(mutating, path)), /read.?only|not extensible|delete/i);

  const term = (value: number, evidence: string) => {
    const reward = paying(() => ({
      fold: reward.start({} as never, {} as never),
      terms: [{ name: "x", value, evidence }],
    }));
    return reward;
  };
  assert.is(
    await messageOf(() => checkReward(term(NaN, "e"), path)),
    'step 0: the term "x" is worth NaN, which is no finite number',
  );
  assert.is(await messageOf(() => checkReward(term(1, ""), path)), 'step 0: the term "x" has no evidence');
});

test("checkTasks finds draws that are not pure and splits that share tasks", async () => {
  const source = await createPlugin(boardTasks);
  let calls = 0;
  const impure: TaskSource = { ...source, draw: (o) => source.draw({ ...o, seed: calls++ }) };
  assert.match(await messageOf(() => checkTasks(impure)), /came out different the second time: draws are pure/);
  const leaking: TaskSource = {
    ...source,
    draw: (o): Task => ({ ...source.draw({ ...o, split: "train" }), split: o.split }),
  };
  assert.match(await messageOf(() => checkTasks(leaking)), /is in "train" and in "eval": splits must not share tasks$/);
  const short: TaskSource = {
    ...source,
    draw(o) {
      const task = source.draw(o);
      return { ...task, goal: { ...task.goal, maxSteps: 0 } };
    },
  };
  assert.match(await messageOf(() => checkTasks(short)), /0 steps cannot hold its 1$/);
});

test("checkPolicy finds missing samples, unequal draws and elements that are not there", async () => {
  const good = await createPlugin(myPolicy);
  const policy = (change: (samples: readonly Sample[]) => readonly Sample[]): Policy => ({
    ...good,
    async sample(request, o) {
      const draw = await good.sample(request, o);
      return { ...draw, samples: change(draw.samples) };
    },
  });
  assert.is(
    await messageOf(() => checkPolicy(policy((samples) => samples.slice(1)), points)),
    'sample at "recorded 0": 3 samples for n = 4',
  );
  let n = 0;
  const restless = policy((samples) => samples.map((s) => ({ ...s, text: String(n++) })));
  assert.match(
    await messageOf(() => checkPolicy(restless, points)),
    /^sample at "recorded 0": an equal request gave another draw/,
  );
  const blind = policy((samples) =>
    samples.map((s) => ({ ...s, parsed: { ok: true, action: { action: "click", el: "e99" }, repairs: 0 } }))
  );
  assert.match(await messageOf(() => checkPolicy(blind, points)), /names e99, which is not on the page$/);
});

test("checkCritic finds missing scores, scores outside of 0 to 1 and unequal answers", async () => {
  let calls = 0;
  const scoring = (score: () => number): Critic => ({
    deterministic: true,
    rank: ({ draw }) => Promise.resolve({ by: "test", scores: draw.samples.map(score) }),
    close: () => Promise.resolve(),
  });
  const short: Critic = { ...scoring(() => 0), rank: () => Promise.resolve({ by: "test", scores: [1] }) };
  const valuing: Critic = { ...scoring(() => 1), value: () => Promise.resolve(50) };
  for (
    const [critic, message] of [
      [short, /^at "recorded 0": 1 scores for 6 samples$/],
      [scoring(() => 7), / scores 7, expected 0 to 1$/],
      [scoring(() => NaN), / scores NaN, expected 0 to 1$/],
      [scoring(() => 1 / ++calls), /^at "recorded 0": an equal question gave other scores/],
      [valuing, /^at "recorded 0": the value is 50, expected 0 to 1$/],
    ] as const
  ) assert.match(await messageOf(() => checkCritic(critic, points)), message);
});
