// What may be wrong with a server from its start on: each is found with its reason, and a sound server is let alone.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HaloError, isHaloError, type Log } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import { silentLog } from "../../../core/util/log.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { type Defect, defects, FaultServer, scored } from "./fault-server.ts";
import { pointOf, requestOf } from "./points.ts";
import { policyFor } from "./policy-for.ts";

const test = suite("vllm/defects");

const dtypes = ["float32", "bfloat16"] as const;
type Dtype = (typeof dtypes)[number];
const kinds = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
const ids = [3, ...Array.from({ length: 23 }, (_, i) => 40 + 7 * i)];

/** A policy at a server, and adapters that a trainer in this precision publishes. */
async function start(t: TestContext, { dtype, log = silentLog }: { readonly dtype: Dtype; readonly log?: Log }) {
  const server = t.use(new FaultServer());
  const rng = keyedRng("rounding", dtype);
  // Twelve draws make a bell; published spread of bfloat16 is 0.05.
  const bell = () => Array.from({ length: 12 }, () => rng.next() - 0.5).reduce((a, b) => a + b, 0);
  server.noise = () => bell() * (dtype === "bfloat16" ? 0.05 : 1e-5);
  const policy = t.use(
    policyFor({
      url: await server.listen(),
      model: "tiny",
      image: { min_pixels: 1024 },
      serve: { device: "cpu", dtype },
      timeout_s: 2,
      retries: 1,
      restart_s: 1,
    }, { log }),
  );
  const root = mkdtempSync(join(tmpdir(), "halo-vllm-"));
  t.defer(() => rmSync(root, { recursive: true, force: true }));
  const adapter = (version: number, effect: number) => {
    const dir = mkdtempSync(join(root, "v"));
    const location = `/adapters/v${version}~${effect}`;
    const canary = { ids, logprobs: scored(location, ids), base_logprobs: scored("tiny", ids) };
    const projections = kinds.map((name) => {
      const loud = `/canaries/${name}`;
      return { name, location: loud, sha256: "0".repeat(64), logprobs: scored(loud, ids) };
    });
    const sha256 = `${version}`.padStart(64, "0");
    const about = { schema: "halo.adapter/1", version, base: "tiny", location, sha256, dtype, canary, projections };
    writeFileSync(join(dir, "halo.json"), JSON.stringify(about));
    return { format: "peft", base: "tiny", version, dir, sha256: "" } as const;
  };
  return { server, policy, adapter };
}

/** What each defect ends with: at the first sample, or when adapters are adopted. */
const found: Readonly<Record<Defect, readonly [code: string, message: RegExp]>> = {
  "drops a projection": ["HALO_CANARY_PROJECTION", /adapter of down_proj alone .*its tensors were dropped/],
  "drops adapters": ["HALO_CANARY_PROJECTION", /adapter of q_proj alone .*the base model's answer/],
  "halves adapters": ["HALO_CANARY_PROJECTION", /not all of it/],
  "stale adapter": ["HALO_CANARY_PROJECTION", /adapter of k_proj alone vLLM gives another adapter's answer/],
  "ignores pictures": ["HALO_CANARY_PICTURE", /a blank picture in place of the true one changes/],
  "one picture for all": ["HALO_CANARY_PICTURE", /another one by/],
  "resizes pictures": ["HALO_CANARY_IMAGE", /made 440 tokens of the screenshots, expected 880/],
  "hides text": ["HALO_VLLM_REPLY", /choice 0 has text in `reasoning_content` beside its tokens/],
  "moves calls": ["HALO_VLLM_REPLY", /choice 0 has text in `tool_calls` beside its tokens/],
  "error in body": ["HALO_VLLM_BUSY", /with 200 and the error 503: queue is full, try again/],
  "full disk in body": ["HALO_VLLM_FAILED", /load_lora_adapter with 200 and the error: No space left on device/],
  "limits for long": ["HALO_VLLM_BUSY", /with 429: slow down/],
  "other weights": ["HALO_CANARY_PROJECTION", /adapter of q_proj alone/],
  "ignores temperature": ["HALO_CANARY_TEMPERATURE", /spread (1|0\.9\d*|1\.0\d*) times/],
  "ignores salt": ["HALO_CANARY_CACHE", /256 prompt tokens came from the cache/],
  "stale cache": ["HALO_CANARY_CACHE", /differ from freshly computed ones by/],
  "drops the task": ["HALO_CANARY_WORDS", /do not hold the task "Star the letter from Anna"/],
  "thinks first": ["HALO_VLLM_SERVER", /opens <think> before each answer/],
  "forgets loads": ["HALO_VLLM_REPLY", /does not list it/],
};

for (const dtype of dtypes) {
  for (const defect of defects) {
    test(`a server that ${defect} is found in ${dtype}`, async (t) => {
      const { server, policy, adapter } = await start(t, { dtype });
      server.defect = defect;
      const e = await thrownBy(async () => {
        await policy.sample(requestOf(pointOf(1)), t);
        for (const version of [1, 2]) await policy.adopt!(adapter(version, 0.05), t);
      }) as HaloError;
      assert.ok(isHaloError(e), String(e));
      const [code, message] = found[defect];
      assert.is(e.code, code, e.message);
      assert.match(e.message, message);
      assert.ok(e.hint);
    });
  }

  test(`50 sound syncs in ${dtype} raise no alarm and no warning`, async (t) => {
    const said: string[] = [];
    const log = { ...silentLog, warn: (text: string) => void said.push(text) };
    const { server, policy, adapter } = await start(t, { dtype, log });
    for (let version = 1; version <= 50; version++) {
      // From an adapter that does nothing yet to one that has learned much.
      await policy.adopt!(adapter(version, version === 1 ? 0 : 0.001 * 1.15 ** version), t);
      await policy.sample(requestOf(pointOf(version)), t);
    }
    assert.equal(said, []);
    // The loud ones were probed once and are gone.
    assert.ok([...server.adapters.values()].every((location) => location.startsWith("/adapters/")));
    const figures = policy.metrics!();
    assert.is(figures["vllm/adapter_loads"], 50);
    for (const name of kinds) assert.ok(Math.abs(figures[`canary/projection/${name}`]! - 1) < 0.2);
    assert.ok(figures["canary/picture"]! > 0.2);
  }, { timeoutMs: 60_000 });
}

for (const dtype of dtypes) {
  test(`an adapter of a version before that answers for the new one is found in ${dtype} once they differ`, async (t) => {
    const { server, policy, adapter } = await start(t, { dtype });
    await policy.adopt!(adapter(1, 0.5), t);
    const next = adapter(2, 0.5);
    // What was loaded as version 1 answers under version 2's name.
    server.redirect = (location) => location.replace("/v2~", "/v1~");
    const e = await thrownBy(() => policy.adopt!(next, t)) as HaloError;
    assert.is(e.code, "HALO_CANARY_ADAPTER");
    assert.match(e.message, /vLLM answers as with the version before/);
  });
}

test("a restarted server is probed with loud adapters again", async (t) => {
  const { server, policy, adapter } = await start(t, { dtype: "bfloat16" });
  await policy.adopt!(adapter(1, 0.05), t);
  server.defect = "drops a projection";
  server.adapters.clear();
  const e = await thrownBy(() => policy.sample(requestOf(pointOf(1)), t)) as HaloError;
  assert.is(e.code, "HALO_CANARY_PROJECTION");
});
