import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import { silentLog } from "../../../core/util/log.ts";
import type { TestContext } from "../../harness.ts";
import { type Defect, FaultServer, scored } from "./fault-server.ts";
import { pointOf, requestOf } from "./points.ts";
import { policyFor } from "./policy-for.ts";

export const dtypes = ["float32", "bfloat16"] as const;
export type Dtype = (typeof dtypes)[number];
/** Projections that loud adapters are made for. */
export const kinds = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
const ids = [3, ...Array.from({ length: 23 }, (_, i) => 40 + 7 * i)];

/** A policy at a server whose log-probabilities are rounded, and adapters that a trainer in this precision publishes. */
export async function startFaulty(t: TestContext, { dtype, log = silentLog }: {
  readonly dtype: Dtype;
  readonly log?: Log;
}) {
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

/** Works with a server that has this defect as a run does: a sample, then two weak adapters. Throws what finds it. */
export async function meetDefect(t: TestContext, { dtype, defect }: {
  readonly dtype: Dtype;
  readonly defect: Defect;
}): Promise<void> {
  const { server, policy, adapter } = await startFaulty(t, { dtype });
  server.defect = defect;
  await policy.sample(requestOf(pointOf(1)), t);
  for (const version of [1, 2]) await policy.adopt!(adapter(version, 0.05), t);
}

/** Adopts sound adapters, from one that does nothing yet to one that has learned much. Returns warnings and figures. */
export async function soundSyncs(t: TestContext, { dtype, syncs }: {
  readonly dtype: Dtype;
  readonly syncs: number;
}) {
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
  const { server, policy, adapter } = await startFaulty(t, { dtype, log });
  for (let version = 1; version <= syncs; version++) {
    await policy.adopt!(adapter(version, version === 1 ? 0 : 0.001 * 1.15 ** version), t);
    await policy.sample(requestOf(pointOf(version)), t);
  }
  return { warnings, figures: policy.metrics!(), loaded: [...server.adapters.values()] };
}

/** The code that each defect ends with, and what its message says. */
export const foundBy: Readonly<Record<Defect, readonly [code: string, message: RegExp]>> = {
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
