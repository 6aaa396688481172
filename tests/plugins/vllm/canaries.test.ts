import type { HaloError } from "halo-agent";
import { checkAdapter } from "../../../plugins/vllm/adapter-canaries.ts";
import { checkCache, checkTemperature } from "../../../plugins/vllm/canaries.ts";
import type { Manifest } from "../../../plugins/vllm/manifest.ts";
import { checkImages } from "../../../plugins/vllm/prompt-canaries.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("vllm/canaries");

const manifest: Manifest = {
  base: "tiny",
  location: "v1",
  sha256: "0",
  dtype: "float32",
  canary: { ids: [1, 2, 3], logprobs: [-1, -2], base_logprobs: [-1.5, -2] },
};
const next = (logprobs: Readonly<Record<string, number>>, cached?: number) => ({
  logprobs: new Map(Object.entries(logprobs)),
  ...(cached !== undefined && { cached }),
});
const messageOf = async (run: () => unknown, code: string) => {
  const e = await thrownBy(run) as HaloError;
  assert.is(e.code, code);
  assert.ok(e.hint);
  return e.message;
};

test("checkAdapter returns the gap when the server answers as the trainer", () => {
  const gap = checkAdapter([-1.00005, -2], { manifest, precision: "float32", warn: assert.unreachable });
  assert.ok(Math.abs(gap - 5e-5) < 1e-9);
});

test("checkAdapter says that an adapter was dropped when the server answers as the base", async () => {
  assert.is(
    await messageOf(
      () => checkAdapter([-1.5, -2], { manifest, precision: "float32", warn: assert.unreachable }),
      "HALO_CANARY_ADAPTER",
    ),
    "adapter canary: vLLM answers as the base model does (gap 0), not as the adapter (gap 0.5, limit 0.001; the adapter moves log-probabilities by 0.5)",
  );
});

test("checkAdapter tells another model from a dropped adapter", async () => {
  assert.is(
    await messageOf(
      () => checkAdapter([-3, -2], { manifest, precision: "float32", warn: assert.unreachable }),
      "HALO_CANARY_ADAPTER",
    ),
    "adapter canary: vLLM's log-probabilities differ from the trainer's by 2, limit 0.001 (float32)",
  );
});

test("checkAdapter only warns of a wide gap in bfloat16", () => {
  const warned: string[] = [];
  checkAdapter([-3, -2], { manifest, precision: "bfloat16", warn: (text) => warned.push(text) });
  assert.equal(warned, [
    "adapter canary: vLLM's log-probabilities differ from the trainer's by 2, limit 0.5 (bfloat16)",
  ]);
});

test("checkAdapter lets an adapter pass that does not change the base yet", () => {
  const fresh = { ...manifest, canary: { ids: [1, 2], logprobs: [-1], base_logprobs: [-1] } };
  assert.is(checkAdapter([-1], { manifest: fresh, precision: "float32", warn: assert.unreachable }), 0);
});

test("checkCache finds blocks of other weights and a salt that is ignored", async () => {
  const kept = next({ a: -1, b: -2 }, 896);
  assert.is(checkCache(kept, { fresh: next({ a: -1, b: -2 }, 0), precision: "float32" }), 0);
  assert.is(
    await messageOf(
      () => checkCache(kept, { fresh: next({ a: -3.4, b: -0.1 }), precision: "float32" }),
      "HALO_CANARY_CACHE",
    ),
    "cache canary: log-probabilities under the policy version's cache differ from freshly computed ones by 2.4, limit 0.001",
  );
  assert.is(
    await messageOf(
      () => checkCache(kept, { fresh: next({ a: -1, b: -2 }, 896), precision: "float32" }),
      "HALO_CANARY_CACHE",
    ),
    "cache canary: under a cache salt never used before 896 prompt tokens came from the cache, expected 0",
  );
});

test("checkTemperature expects twice the spread at half the temperature", async () => {
  // Logits 0, -1, -2 at 1; the spread is 1 + 2 = 3 whatever the normaliser. At 0.5: 0, -2, -4, spread 6.
  const at1 = next({ a: -0.4, b: -1.4, c: -2.4 });
  assert.ok(Math.abs(checkTemperature(at1, next({ a: -0.1, b: -2.1, c: -4.1 })) - 2) < 1e-12);
  assert.is(
    await messageOf(() => checkTemperature(at1, at1), "HALO_CANARY_TEMPERATURE"),
    "temperature canary: at temperature 0.5 log-probabilities are spread 1 times as wide as at 1, expected 2",
  );
});

test("checkImages compares each run of placeholders with its screenshot", async () => {
  const ids = [1, 9, 9, 9, 2, 9, 9, 3];
  checkImages(ids, { pad: 9, expected: [3, 2] });
  assert.is(
    await messageOf(() => checkImages(ids, { pad: 9, expected: [3, 3] }), "HALO_CANARY_IMAGE"),
    "image canary: vLLM made 3 and 2 tokens of the screenshots, expected 3 and 3",
  );
});
