import type { BlobReader, Log, Policy } from "halo-agent";
import { optionsCheck } from "../../../core/plugin/options.ts";
import type { Plugin } from "../../../core/plugin/define.ts";
import plugin from "../../../plugins/vllm/policy.ts";
import type { VllmOptions } from "../../../plugins/vllm/options.ts";
import { silentLog } from "../../../core/util/log.ts";

/** Options of the policy as a pipeline's would arrive, defaults filled in. */
export function optionsOf(given: Readonly<Record<string, unknown>>): VllmOptions {
  const options = structuredClone(given);
  const wrong = optionsCheck(plugin as unknown as Plugin)(options);
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  return options as unknown as VllmOptions;
}

/** The policy with these options. */
export function policyFor(
  given: Readonly<Record<string, unknown>>,
  { blobs = { get: () => Promise.reject(new Error("no screenshot is kept here")) }, log = silentLog }: {
    readonly blobs?: BlobReader;
    readonly log?: Log;
  } = {},
): Policy {
  return plugin.create(optionsOf(given), { blobs, log }) as Policy;
}
