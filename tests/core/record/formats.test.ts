import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Group } from "../../../core/domain/group.ts";
import type { TreeRecord } from "../../../core/record/tree.ts";
import { createRun } from "../../../core/record/run-folder.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { commitOf, emptySlot, events } from "./sample-records.ts";
import { tempDir } from "./temp-dir.ts";
import { withoutSums } from "./without-sums.ts";

const test = suite("record/formats");
const pipeline = { name: "formats", seed: 1, document: {}, base: "/" };

/** What reading says of a damaged file, without its folder. */
async function problem(read: () => Promise<unknown>, folder: string): Promise<string> {
  const e = await thrownBy(read);
  assert.ok(isHaloError(e, "HALO_RUN_CORRUPT"), String(e));
  return e.message.replace(`${folder}/`, "");
}

/** Changes the JSON of a line, from 1, of a file. */
function damage(file: string, line: number, change: (record: never) => unknown): void {
  const lines = readFileSync(file, "utf8").split("\n");
  const record: unknown = JSON.parse(lines[line - 1]!);
  change(record as never);
  lines[line - 1] = JSON.stringify(record);
  writeFileSync(file, lines.join("\n"));
}

const group: Group = {
  id: "i1.s0.0",
  taskKey: "t",
  policyVersion: 0,
  temperature: 1,
  shape: "step",
  decisions: [{
    id: 0,
    stateKey: "s",
    prompt: {
      kind: "choice",
      dims: 4,
      offsets: Int32Array.of(0, 1),
      index: Int32Array.of(3),
      value: Float32Array.of(1),
    },
    branches: [
      {
        sample: {
          text: "back",
          parsed: { ok: true, action: { action: "back" }, repairs: 0 },
          logprob: -0.5,
          trace: { kind: "choice", index: 0, logprob: -0.5 },
        },
        reward: 1,
        terms: [{ name: "r/x", value: 1, evidence: "e" }],
        end: { stop: "solved", verdict: { success: true, by: "x", reason: "y" } },
      },
      {
        sample: { text: "?", parsed: { ok: false, code: "PARSE", message: "m" }, trace: { kind: "none" } },
        fault: { kind: "environment", code: "HALO_PAGE_LOAD", message: "m" },
      },
    ],
  }],
};

test("every type of event reads back as it was written", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  const all = Object.values(events);
  for (const event of all) await run.event(event);
  const read = async () => (await run.readEvents()).map(({ ts: _, ...event }) => event);
  assert.equal(await read(), all);
  withoutSums(run.path);
  assert.equal(await read(), all);
});

test("an event of a wrong shape is named with its line and what was expected", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  await run.event(events.launch);
  await run.event(events.evaluation);
  const file = join(run.path, "events.jsonl");
  const whole = readFileSync(file, "utf8");
  const said = async (change: (e: Record<string, unknown>) => unknown) => {
    writeFileSync(file, whole);
    damage(file, 3, change);
    return await problem(() => run.readEvents(), run.path);
  };
  assert.is(
    await said((e) => e["n"] = "2"),
    'events.jsonl:3: expected integer in "n", got "2"',
  );
  assert.is(
    await said((e) => delete e["label"]),
    'events.jsonl:3: expected the property "label", got none',
  );
  assert.is(
    await said((e) => (e["by_template"] as Record<string, object>)["t"] = { n: 2 }),
    'events.jsonl:3: expected the property "successes" in "by_template.t", got none',
  );
  assert.is(
    await said((e) => e["decoding"] = "beam"),
    'events.jsonl:3: expected one of greedy, sample in "decoding", got "beam"',
  );
  assert.is(
    await said((e) => e["type"] = "evaluated"),
    'events.jsonl:3: expected a known "type", got "evaluated"',
  );
});

test("a slot reads back with its typed arrays, and a wrong one is named", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  const it = run.iteration(1);
  const slot = emptySlot("i1.s0", { groups: [group], envSteps: 2 });
  await it.writeSlot(slot);
  assert.equal(await it.readSlots(), [slot]);
  assert.equal(await it.readGroups(), [group]);
  withoutSums(run.path);
  assert.equal(await it.readSlots(), [slot]);
  const file = join(it.path, "slots/i1.s0.json");
  const whole = readFileSync(file, "utf8");
  const said = async (from: string, to: string) => {
    assert.ok(whole.includes(from), from);
    writeFileSync(file, whole.replace(from, to));
    return await problem(() => it.readSlots(), run.path);
  };
  const at = "iter/1/slots/i1.s0.json:1:";
  assert.is(
    await said('"reward":1', '"reward":"1"'),
    `${at} expected number in "groups.0.decisions.0.branches.0.reward", got "1"`,
  );
  assert.is(
    await said('"stop":"solved"', '"stop":"won"'),
    `${at} expected one of solved, declared, gave_up, ended, max_steps, loop, invalid_action, timeout in ` +
      '"groups.0.decisions.0.branches.0.end.stop", got "won"',
  );
  assert.is(
    await said('"action":{"action":"back"},', ""),
    `${at} expected the property "action" in "groups.0.decisions.0.branches.0.sample.parsed", got none`,
  );
  assert.is(
    await said('{"$prompt":0}', '{"$prompt":7}'),
    `${at} expected the property "prompt" in "groups.0.decisions.0", got none`,
  );
  assert.is(await said('"prompts":[', '"prompt":['), `${at} expected object, got nothing`);
  assert.is(
    await said('"schema":"halo.slot/1"', '"schema":"halo.slot/0"'),
    `${at} expected one JSON object with schema "halo.slot/1", got schema "halo.slot/0", which an older halo wrote`,
  );
});

test("a COMMIT and a batch of a wrong shape are named", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  const it = run.iteration(1);
  const loss = { kind: "cross_entropy" } as const;
  const { sample } = group.decisions[0]!.branches[0]!;
  const examples = [{ kind: "imitate", group: "g", prompt: group.decisions[0]!.prompt, sample, weight: 1 }] as const;
  const batch = { seq: 1, policyVersion: 0, temperature: 1, seed: 0, loss, examples };
  await it.sealBatch(batch);
  assert.equal(await it.readBatch(), batch);
  await it.commit(commitOf(1, 4));
  assert.equal(await run.lastCommit(), commitOf(1, 4));
  withoutSums(run.path);
  assert.equal([await it.readBatch(), await run.lastCommit()], [batch, commitOf(1, 4)]);
  damage(
    join(it.path, "COMMIT"),
    1,
    ({ body }: { body: { adapter: { version: unknown } } }) => body.adapter.version = -1,
  );
  assert.is(
    await problem(() => run.lastCommit(), run.path),
    'iter/1/COMMIT:1: expected >= 0 in "adapter.version", got -1',
  );
  damage(
    join(it.path, "batch.json"),
    1,
    ({ body }: { body: { examples: { kind: string }[] } }) => body.examples[0]!.kind = "praise",
  );
  assert.is(
    await problem(() => it.readBatch(), run.path),
    'iter/1/batch.json:1: expected a known "kind" in "examples.0", got "praise"',
  );
});

test("a record is looked at unless its sum is right: then it is what was written", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  await run.event({ ...events.slot, done: "one" as never });
  assert.is((await run.readEvents())[0]!.type, "slot");
  withoutSums(run.path);
  assert.is(await problem(() => run.readEvents(), run.path), 'events.jsonl:2: expected integer in "done", got "one"');
});

test("a tree record of a wrong shape is named", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  const it = run.iteration(1);
  const lines: readonly TreeRecord[] = [
    { type: "node", group: "g", node: 0, stateKey: "s" },
    { type: "critic", group: "g", node: 0, q_critic: [0.5, null] },
    { type: "pair", group: "g", node: 0, chosen: 0, rejected: 1, q_mcts: [1, 0], q_critic: [0.5, 0.25] },
  ];
  await it.writeTrees(lines);
  assert.equal(await it.readTrees(), lines);
  withoutSums(run.path);
  assert.equal(await it.readTrees(), lines);
  damage(join(it.path, "tree.jsonl"), 4, (record: Record<string, unknown>) => record["q_mcts"] = [1]);
  assert.is(
    await problem(() => it.readTrees(), run.path),
    'iter/1/tree.jsonl:4: expected it to NOT have fewer than 2 items in "q_mcts", got [1]',
  );
});

test("state.json of a wrong shape is named", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  await run.status("RUNNING");
  const file = join(run.path, "state.json");
  assert.ok(existsSync(file));
  damage(file, 1, (state: Record<string, unknown>) => state["owner"] = { host: "h" });
  assert.is(
    await problem(() => run.readStatus(), run.path),
    'state.json:1: expected the property "pid" in "owner", got none',
  );
});
