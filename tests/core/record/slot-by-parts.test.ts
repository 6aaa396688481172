import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import type { Branch, Decision, Group } from "../../../core/domain/group.ts";
import { Iteration } from "../../../core/record/iteration.ts";
import { listsNamed } from "../../../core/record/json-lists.ts";
import { readSlotByParts } from "../../../core/record/slot-by-parts.ts";
import { assert, suite } from "../../harness.ts";
import { emptySlot } from "./sample-records.ts";
import { tempDir } from "./temp-dir.ts";

const test = suite("record/slot-by-parts");

/** Outputs that look like the text around them. */
const hostile = ['"branches":[', '\\"branches\\":[{', "}]}", "\\", 'ends in \\"', "ä…😀\n", "[[[{", ""];

const branch = (text: string, reward: number): Branch => ({
  sample: {
    text,
    parsed: { ok: true, action: { action: "back" }, repairs: 0 },
    trace: { kind: "tokens", ids: [1, 2], logprobs: [-0.5, -0] },
  },
  reward,
});

const decisions = hostile.map((text, id): Decision => ({
  id,
  ...(id > 0 && { parent: { decision: id - 1, branch: 0 } }),
  stateKey: text,
  prompt: { kind: "choice", dims: 4, offsets: Int32Array.of(0), index: Int32Array.of(), value: Float32Array.of(id) },
  branches: id === 3 ? [] : [branch(text, -0), branch(`${text}"`, 1)],
  ...(id % 2 === 0 && { chosen: 1 }),
}));

const group = (id: string, own: readonly Decision[]): Group => (
  { id, taskKey: "t", policyVersion: 0, temperature: 1, shape: "tree", decisions: own }
);

const slot = emptySlot("i1.s0", { groups: [group("i1.s0.0", decisions), group("i1.s0.1", []), group("b", decisions)] });

test("readSlotByParts gives the slot that was written, whatever its texts look like", async (t) => {
  const it = new Iteration(t.use(tempDir()).path, 1);
  await it.writeSlot(slot);
  const read = (await readSlotByParts(it.slotPath("i1.s0")))!;
  assert.equal(read, slot);
  assert.is(Object.is(read.groups[0]!.decisions[0]!.branches[0]!.reward, -0), true);
  const [{ decisions: [first] }] = read.groups as readonly [Group];
  assert.is(first!.branches, first!.branches, "branches are made once");
});

test("readSlotByParts leaves a file that is not as halo wrote it to whoever reads it whole", async (t) => {
  const it = new Iteration(t.use(tempDir()).path, 1);
  const path = it.slotPath("i1.s0");
  assert.is(await readSlotByParts(path), undefined);
  await it.writeSlot(slot);
  const whole = readFileSync(path, "utf8");
  const without = whole.replace(/"sum":"\w+",/, "");
  for (const text of [whole.replace('"reward":1', '"reward":2'), without, whole.slice(0, -2), "", "[]"]) {
    writeFileSync(path, text);
    assert.is(await readSlotByParts(path), undefined, text.slice(0, 40));
  }
  writeFileSync(path, without);
  assert.equal(await it.readSlot("i1.s0"), slot);
});

test("readSlotByParts takes no list of a task for a decision's branches", async (t) => {
  const it = new Iteration(t.use(tempDir()).path, 1);
  const own = { a: { decisions: [{ branches: [1] }] } };
  for (const [params, isRead] of [[own.a.decisions, false], [own, false], [{ branches: [1] }, true]] as const) {
    const odd = { ...slot, task: { ...slot.task, params } };
    await it.writeSlot(odd);
    const read = await readSlotByParts(it.slotPath("i1.s0"));
    assert.equal(read ?? await it.readSlot("i1.s0"), odd);
    if (isRead) assert.ok(read);
  }
});

test("listsNamed finds the lists of a name at one depth, not those in strings, deeper, higher or no lists", () => {
  const value = {
    x: [1],
    in: { x: [1, { x: [2] }], y: '"x":[3]', z: { x: [4] }, w: [{ x: [5] }] },
    again: { x: "no", y: "\\", z: 'a"x":[' },
    more: { "a\\": 1, x: [], "": [] },
  };
  const text = JSON.stringify(value);
  const bytes = Buffer.from(text);
  const found = (depth: number) => listsNamed("x", { bytes, depth }).map(({ start, end }) => text.slice(start, end));
  assert.equal(found(1), ["[1]"]);
  assert.equal(found(2), ['[1,{"x":[2]}]', "[]"]);
  assert.equal(found(3), ["[4]"]);
  assert.equal(found(4), ["[2]", "[5]"]);
  assert.equal(found(5), []);
});
