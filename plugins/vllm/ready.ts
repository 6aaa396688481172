import { type Call, HaloError, isHaloError } from "halo-agent";
import type { VllmClient } from "./client.ts";
import { isUnanswered } from "./errors.ts";
import { selfTest, type Tested } from "./self-test.ts";

/** Which option names what is missing. */
const options: Readonly<Record<string, string>> = {
  HALO_VLLM_LOST: "url",
  HALO_VLLM_TIMEOUT: "url",
  HALO_VLLM_SERVER: "url",
  HALO_VLLM_KEY: "key",
  HALO_VLLM_MODEL: "model",
};

/** Asks once, without waiting for a server that may come, whether the server is there; names the option at fault. */
export async function checkReady(
  client: VllmClient,
  o: Call & Tested,
): Promise<void> {
  try {
    await selfTest(client, o);
  } catch (e) {
    const option = isHaloError(e) ? options[e.code] : undefined;
    if (!isHaloError(e) || option === undefined) throw e;
    if (isUnanswered(e)) {
      throw new HaloError("HALO_VLLM_UNREACHABLE", e.message, {
        hint:
          "start it with `halo serve PIPELINE`, as a rule with --profile gpu, or set HALO_VLLM_URL to where it listens",
        option,
        cause: e,
      });
    }
    throw new HaloError(e.code, e.message, { option, cause: e, ...(e.hint !== undefined && { hint: e.hint }) });
  }
}
