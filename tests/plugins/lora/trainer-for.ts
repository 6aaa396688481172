import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Batch, type BlobReader, type Log, type Prompt, type Sample, Secret, type Trainer } from "halo-agent";
import type { Plugin } from "../../../core/plugin/define.ts";
import { optionsCheck } from "../../../core/plugin/options.ts";
import { silentLog } from "../../../core/util/log.ts";
import type { LoraOptions } from "../../../plugins/lora/options.ts";
import plugin from "../../../plugins/lora/trainer.ts";
import type { TestContext } from "../../harness.ts";
import { token } from "./sidecar-process.ts";

/** Options of the trainer as a pipeline's would arrive, defaults filled in. */
export function optionsOf(given: Readonly<Record<string, unknown>>): LoraOptions {
  const options = structuredClone({ token: "", ...given });
  const wrong = optionsCheck(plugin as unknown as Plugin)(options);
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  return {
    ...options,
    token: new Secret("HALO_LORA_TOKEN", token),
  } as unknown as LoraOptions;
}

/** The trainer with these options, on the CPU; the traces of made-up samples are wide of the mark. */
export function trainerFor(
  given: Readonly<Record<string, unknown>>,
  { blobs = { get: () => Promise.reject(new Error("no screenshot is kept here")) }, log = silentLog, secret = token }: {
    readonly blobs?: BlobReader;
    readonly log?: Log;
    readonly secret?: string;
  } = {},
): Trainer {
  const options = optionsOf({ model: "fake", learning_rate: 0.01, gap_limit: 1e9, serve: { device: "cpu" }, ...given });
  return plugin.create({ ...options, token: new Secret("HALO_LORA_TOKEN", secret) }, {
    blobs,
    log,
    seed: 5,
  }) as Trainer;
}

/** An empty folder. */
export function emptyFolder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "halo-lora-test-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A sample of these token ids. */
export function sampleOf(ids: readonly number[], logprobs: readonly number[] = ids.map(() => -1)): Sample {
  return {
    text: ids.join(" "),
    parsed: { ok: true, action: { action: "noop" }, repairs: 0 },
    trace: { kind: "tokens", ids, logprobs },
  };
}

export interface BatchOptions {
  readonly model?: string;
  readonly groups?: number;
  readonly prompt?: Partial<Prompt & { readonly kind: "tokens" }>;
}

/** Groups of three samples; which tokens they hold depends on `seq`, so that no two batches push alike. */
export function batchOf(seq: number, { model = "fake", groups = 2, prompt: given }: BatchOptions = {}): Batch {
  const examples = Array.from({ length: groups }, (_, g) => {
    const prompt: Prompt = { kind: "tokens", model, ids: [1, 2, 3 + g, 40 + seq], images: [], ...given };
    return [1, 0.5, -1.5].map((advantage, i) => ({
      kind: "advantage" as const,
      group: `g${g}`,
      prompt,
      sample: sampleOf([10 + i, 20 + seq, ...(i === 1 ? [30 + g] : [])]),
      advantage,
      weight: 1 / 3,
    }));
  }).flat();
  return {
    seq,
    policyVersion: seq - 1,
    temperature: 1,
    seed: 1,
    loss: { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2, max_completion_length: 4 },
    examples,
  };
}
