import type { Batch } from "../../../core/domain/batch.ts";
import type { Group } from "../../../core/domain/group.ts";
import type { Prompt, Sample } from "../../../core/domain/sample.ts";
import { decode, encode } from "../../../core/record/codec.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("record/codec");

const choice: Prompt = {
  kind: "choice",
  dims: 1 << 18,
  offsets: Int32Array.of(0, 2, 3),
  index: Int32Array.of(7, 262143, 1),
  value: Float32Array.of(1, -0.1, 3.4028235e38),
};
const tokens: Prompt = { kind: "tokens", model: "m", ids: [1, 2, 3], images: ["ab"] };

function sample(index: number): Sample {
  return {
    text: '{"action":"back"}',
    parsed: { ok: true, action: { action: "back" }, repairs: 0 },
    logprob: -0.6931471805599453,
    trace: { kind: "choice", index, logprob: -0.6931471805599453 },
  };
}

const group: Group = {
  id: "i1.s0.0",
  taskKey: "star",
  shape: "tree",
  policyVersion: 3,
  temperature: 0.7,
  decisions: [
    {
      id: 0,
      stateKey: "aa",
      prompt: choice,
      branches: [
        {
          sample: sample(0),
          reward: 1,
          terms: [{ name: "a/b", value: 1, evidence: "seen" }],
          q: { visits: 3, mcts: 0.25 },
        },
        { sample: { text: "?", parsed: { ok: false, code: "PARSE", message: "no" }, trace: { kind: "none" } } },
      ],
      chosen: 0,
    },
    { id: 1, parent: { decision: 0, branch: 0 }, stateKey: "bb", prompt: choice, branches: [] },
    { id: 2, stateKey: "cc", prompt: tokens, branches: [] },
    { id: 3, stateKey: "dd", prompt: { kind: "none" }, branches: [] },
  ],
};

/** The value after a way through a file. */
const through = <T>(value: T): T => decode<T>(JSON.parse(JSON.stringify(encode(value))));

test("decode returns a group as it was, shared prompts shared", () => {
  const back = through(group);
  assert.equal(back, group);
  assert.is(back.decisions[0]!.prompt, back.decisions[1]!.prompt);
  const prompt = back.decisions[0]!.prompt;
  assert.ok(prompt.kind === "choice" && prompt.offsets instanceof Int32Array && prompt.value instanceof Float32Array);
});

test("encode stores a prompt once and typed arrays as little-endian base64", () => {
  const { prompts } = encode(group);
  assert.is(prompts.length, 3);
  // 0, 2, 3 as 32-bit little-endian: 00000000 02000000 03000000.
  assert.equal((prompts[0] as { offsets: unknown }).offsets, { $i32: "AAAAAAIAAAADAAAA" });
  // 1 is 3f800000, -0.1 is bdcccccd, the largest float is 7f7fffff.
  assert.equal((prompts[0] as { value: unknown }).value, { $f32: "AACAP83MzL3//39/" });
});

test("decode returns a batch as it was, a prompt shared between examples shared", () => {
  const batch: Batch = {
    seq: 4,
    policyVersion: 3,
    temperature: 1,
    seed: 9,
    loss: { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 },
    examples: [
      { kind: "advantage", group: "g", prompt: choice, sample: sample(1), advantage: -0.125, weight: 1 },
      { kind: "pair", group: "g", prompt: choice, chosen: sample(0), rejected: sample(1), weight: 0.5 },
      { kind: "imitate", group: "h", prompt: tokens, sample: sample(0), weight: 1 },
    ],
  };
  const back = through(batch);
  assert.equal(back, batch);
  assert.is(back.examples[0]!.prompt, back.examples[1]!.prompt);
});

test("decode returns what JSON loses and what looks like the codec's own marks", () => {
  const nan = through({ a: [NaN, Infinity, -Infinity, -0, 0, 5e-324, 0.1] }).a;
  assert.ok([NaN, Infinity, -Infinity, -0, 0, 5e-324, 0.1].every((x, i) => Object.is(x, nan[i])));
  const values: readonly unknown[] = [
    { $prompt: 0 },
    { $$prompt: 1 },
    { $number: "NaN" },
    { $i32: "AAAA" },
    { $: 1 },
    { prompt: "text" },
    { prompt: { prompt: { kind: "none" }, $u8: null } },
    { prompt: null },
    { prompt: [1] },
    JSON.parse('{"__proto__":{"x":1}}'),
    "\ud800",
    null,
    [[], {}],
  ];
  for (const value of values) {
    const back = through(value);
    assert.equal(back, value);
    assert.is(JSON.stringify(back), JSON.stringify(value));
  }
  assert.equal(through({ a: undefined, b: 1 }), { b: 1 });
});

test("decode returns typed arrays that are views into larger buffers, and empty ones", () => {
  const part = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
  const back = through({ part, bytes: Uint8Array.of(0, 255), none: new Int32Array(0) });
  assert.equal([...back.part], [2, 3]);
  assert.equal([...back.bytes], [0, 255]);
  assert.is(back.none.length, 0);
});

test("encode names the place of what is not data", async () => {
  const message = async (value: unknown) => (await thrownBy(() => encode(value)) as Error).message;
  assert.is(await message({ a: { b: [1, () => 0] } }), "encode: .a.b[1] is a function, expected plain data");
  assert.is(await message({ a: new Map() }), "encode: .a is a Map, expected plain data");
  assert.is(await message([undefined]), "encode: [0] is undefined, expected plain data");
  assert.is(
    await message({ a: new BigInt64Array(1) }),
    "encode: .a is a BigInt64Array, expected an Int32Array, Float32Array, Float64Array or Uint8Array",
  );
});
