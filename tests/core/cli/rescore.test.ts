import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPages } from "../../../core/record/page-keeper.ts";
import type { RunFolder } from "../../../core/record/run-folder.ts";
import { openRun } from "../../../core/record/runs.ts";
import { seenBytes, writeSeen } from "../../../core/record/seen-file.ts";
import type { Seen } from "../../../core/record/seen.ts";
import { assert, suite } from "../../harness.ts";
import { runBoard, runsFolder, smallRun } from "../run/board-run.ts";
import { capture } from "./capture.ts";

const test = suite("cli/rescore");

const boardReward = fileURLToPath(new URL("../../board/reward.ts", import.meta.url));

async function rescored(runsDir: string, ...argv: readonly string[]) {
  const { exit, out, err } = await capture(["rescore", "latest", "--runs-dir", runsDir, "--json", ...argv]);
  return { exit, err, ...JSON.parse(out.split("\n")[0]!) };
}

/** The mean of what a run's training steps and the episodes of a label were paid, from its own records. */
async function paidBy(run: RunFolder) {
  const rewards = new Map<string, number[]>([["train", []]]);
  for (const n of await run.iterations()) {
    for (const { groups } of await run.iteration(n).readSlots()) {
      const branches = groups.flatMap((g) => g.decisions.flatMap((d) => d.branches));
      rewards.get("train")!.push(...branches.flatMap(({ reward }) => reward === undefined ? [] : [reward]));
    }
  }
  for (const { id, label } of (await run.episodes()).filter((e) => e.label !== "train")) {
    const steps = (await run.readSteps(id)).map(({ reward }) => reward);
    rewards.set(label, [...rewards.get(label) ?? [], ...steps]);
  }
  return rewards;
}

for (
  const [name, algorithm] of [
    ["step groups", "{use: grpo, options: {loss_type: dr_grpo}}"],
    ["trajectories", "{use: grpo, options: {loss_type: dr_grpo, group: trajectory}}"],
    ["trees", "{use: agentq, options: {num_simulations: 12, max_children: 4}}"],
  ] as const
) {
  test(`a run of ${name} that is paid by its own rewards again earns what it earned, to the last bit`, async (t) => {
    const { path } = t.use(runsFolder());
    const rewards = `rewards=[{use: ${boardReward}}, {use: shaping, options: {preset: field}}]`;
    const { run } = await runBoard(path, { sets: [...smallRun, `algorithm=${algorithm}`, rewards] });
    const { exit, labels, changed, siblings, terms, left_out, steps } = await rescored(path);
    assert.equal([exit, changed, left_out], [0, [], []]);
    const paid = await paidBy(await openRun(run, path));
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    assert.equal(
      labels,
      [...paid].map(([label, values]) => {
        const mean = sum(values) / values.length;
        return { label, steps: values.length, mean_reward: [mean, mean] };
      }),
    );
    assert.is(steps, [...paid.values()].flat().length);
    assert.equal(siblings.swapped + siblings.joined + siblings.parted, 0);
    for (const { before, after } of terms) assert.is(after, before);
  });
}

test("other rewards from a file: twice the pay changes figures and no order, no pay at all ends every group", async (t) => {
  const { path } = t.use(runsFolder());
  await runBoard(path, { sets: smallRun });
  const file = join(path, "twice.yaml");
  writeFileSync(file, `rewards: [{ use: ${JSON.stringify(boardReward)}, options: { scale: 2 } }]\n`);
  const twice = await rescored(path, "--rewards", file);
  const [before, after] = twice.labels[0].mean_reward;
  assert.ok(before > 0 && Math.abs(after - 2 * before) < 1e-12);
  assert.equal([twice.changed, twice.siblings.tau_b, twice.advantages.flipped], [[], 1, 0]);
  assert.equal(twice.rewards, [{ name: "board", weight: 1 }]);

  const none = await rescored(path, "--set", "rewards.0.weight=0", "--label", "train");
  assert.equal(none.labels.map((l: { label: string }) => l.label), ["train"]);
  const label = `${twice.run}:train`;
  const named = await capture(["rescore", label, "--runs-dir", path, "--set", "rewards.0.weight=0", "--json"]);
  assert.equal({ exit: named.exit, err: named.err, ...JSON.parse(named.out) }, none);
  const two = await capture(["rescore", label, "--runs-dir", path, "--label", "after"]);
  assert.match(two.err, /HALO_CLI_USAGE\n {2}".+:train" and --label after ask for two different labels/);
  const unknown = await capture(["rescore", `${twice.run}:afters`, "--runs-dir", path]);
  assert.match(unknown.err, /has no label "afters"; did you mean "?after"?/);
  const dead = (causes: Record<string, number>) => Object.values(causes).reduce((a, b) => a + b, 0);
  assert.is(dead(none.dead.after), none.groups);
  assert.ok(dead(none.dead.before) < none.groups);
  assert.is(none.advantages.after, 0);
  const { out } = await capture(["rescore", "latest", "--runs-dir", path, "--set", "rewards.0.weight=0"]);
  const { before: was } = none.dead;
  const percent = (n: number) => `${n} of ${none.groups} (${(100 * n / none.groups).toFixed(1)} %)`;
  assert.ok(out.includes(`groups that teach nothing: ${percent(dead(was))} → ${percent(none.groups)}`), out);
});

test("a negative weight swaps every pair that is told apart", async (t) => {
  const { path } = t.use(runsFolder());
  await runBoard(path, { sets: smallRun });
  const { siblings, advantages } = await rescored(path, "--set", "rewards.0.weight=-1");
  assert.equal([siblings.kept, siblings.tau_b, siblings.swapped_share], [0, -1, 1]);
  assert.ok(siblings.swapped > 0 && advantages.flipped > 0);
});

test("what a reward needs and the run does not hold is named: screenshots, action errors of an older run, pages", async (t) => {
  const { path } = t.use(runsFolder());
  const { run: runPath } = await runBoard(path, { sets: [...smallRun, "stages.1.train.iterations=1"] });
  const run = await openRun(runPath, path);
  const plugin = (name: string, body: string) => {
    const file = join(path, `${name}.ts`);
    writeFileSync(
      file,
      `import { definePlugin } from "halo-agent";
export default definePlugin({ kind: "reward", name: "${name}", summary: "s", options: { type: "object", properties: {}, additionalProperties: false }, create: () => (${body}) });`,
    );
    const yaml = join(path, `${name}.yaml`);
    writeFileSync(yaml, `rewards: [{ use: ./${name}.ts }]\n`);
    return yaml;
  };
  const eyes = await rescored(path, "--rewards", plugin("eyes", "{ need: { screenshot: true }, start: () => ({}) }"));
  assert.equal([eyes.exit, eyes.code], [2, "HALO_RESCORE_LACKS"]);
  assert.is(eyes.message, `the reward "eyes" needs screenshots, which run ${run.id} does not hold`);

  const careful = plugin(
    "careful",
    `{ need: {}, start: () => { const fold = { next: (t) => ({ fold, terms: t.error ? [{ name: "e", value: -1, evidence: t.error.code }] : [] }) }; return fold; } }`,
  );
  assert.is((await rescored(path, "--rewards", careful)).exit, 0);
  const seen = (await readPages(run.path, "i1.s0"))!;
  const older: Seen = { ...seen, points: seen.points.map(({ error: _, ...point }) => point) };
  await writeSeen(join(run.path, "pages", "i1.s0.br"), await seenBytes(older));
  const blind = await rescored(path, "--rewards", careful);
  assert.equal([blind.exit, blind.code, blind.message], [
    2,
    "HALO_RESCORE_LACKS",
    `the reward "careful" needs action errors, which run ${run.id} does not hold`,
  ]);
  assert.is((await rescored(path)).exit, 0, "who does not ask is not told");

  const bare = t.use(runsFolder()).path;
  await runBoard(bare, { sets: [...smallRun, "stages.1.train.iterations=1", "record.pages=none"] });
  const nothing = await rescored(bare);
  assert.equal([nothing.exit, nothing.code], [2, "HALO_RESCORE_LACKS"]);
  const empty = join(path, "empty.yaml");
  writeFileSync(empty, "name: x\n");
  const { exit, err } = await capture(["rescore", "latest", "--runs-dir", path, "--rewards", empty]);
  assert.equal([exit, err.includes("has no `rewards`")], [2, true], err);
});
