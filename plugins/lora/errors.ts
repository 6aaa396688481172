import { HaloError } from "halo-agent";

/** The body of a refusal. */
export interface Said {
  readonly error?: string;
  /** What FastAPI calls it. */
  readonly detail?: unknown;
  readonly category?: string;
  readonly x_halo?: { readonly code?: string; readonly hint?: string; readonly field?: string };
}

/** What a request was about did not outlive a restart of the sidecar: it starts again from saved weights. */
export class Gone extends Error {}

const hints: Readonly<Record<string, string>> = {
  out_of_memory: "lower serve.max_tokens_per_micro_batch, set serve.checkpointing: on, or give vLLM a smaller share",
  unknown_base: "sidecar and trainer must name one model: set HALO_MODEL alike for halo serve and halo run",
  missing_image: "the pictures' blobs folder must be beside the run",
};

/** The error that an answer of the sidecar stands for; `status` 200 is a request that was accepted and failed. */
export function errorOf(
  route: string,
  { status, said, url }: { readonly status: number; readonly said: Said; readonly url: string },
): Error {
  const { detail, category, x_halo: { code = "", hint = hints[code] } = {} } = said;
  const { error = typeof detail === "string" ? detail : detail ? JSON.stringify(detail) : `status ${status}` } = said;
  const text = error.length > 600 ? `${error.slice(0, 599)}…` : error;
  if (status === 410) return new Gone(text);
  const fail = (
    halo: HaloError["code"],
    message: string,
    o: { readonly hint?: string; readonly option?: string } = {},
  ) => new HaloError(halo, message, { ...(hint !== undefined && { hint }), ...o });
  if (status === 401 || status === 403) {
    return fail(
      "HALO_LORA_TOKEN",
      `the sidecar at ${url} refuses the trainer's token: ${text}`,
      {
        hint: "trainer.options.token must be the one it was started with: HALO_LORA_TOKEN, or HALO_LORA_TOKEN_FILE",
        option: "token",
      },
    );
  }
  const refusal = `the sidecar refuses ${route}: ${text}`;
  if (code === "unknown_path" || code === "bad_state") return fail("HALO_LORA_STATE", refusal);
  if (code === "unknown_base") return fail("HALO_LORA_SERVER", refusal, { option: "model" });
  if (code === "" && (status === 405 || (status === 404 && (detail === undefined || detail === "Not Found")))) {
    return fail(
      "HALO_LORA_SERVER",
      `${url} answers ${route} with ${status}: it is no sidecar`,
      { hint: "is `url` the sidecar's?", option: "url" },
    );
  }
  if (status < 500 && status !== 429 && category !== "server") return fail("HALO_LORA_REFUSED", refusal);
  return fail("HALO_LORA_FAILED", `the sidecar failed on ${route}: ${text}`);
}
