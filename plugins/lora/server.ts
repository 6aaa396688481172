import { HaloError } from "halo-agent";
import type { Reply } from "./client.ts";
import { type LoraOptions, precisionOf } from "./options.ts";

/** What a training server is: halo's sidecar, which says what it computes in, or any other with Tinker's API. */
export type Server =
  | { readonly kind: "halo"; readonly dtype: string; readonly imageToken: number; readonly isTiled: boolean }
  | { readonly kind: "tinker" };

/** Reads `get_server_capabilities`. Throws HALO_LORA_SERVER when the server cannot train what the options say. */
export function serverOf(
  said: Reply,
  { url, options: o }: { readonly url: string; readonly options: LoraOptions },
): Server {
  const { supported_models: models, x_halo: about } = said as {
    readonly supported_models?: readonly { readonly model_name?: string }[];
    readonly x_halo?: Readonly<Record<string, unknown>>;
  };
  const refuse = (message: string, hint: string, option = "url") =>
    new HaloError("HALO_LORA_SERVER", `${url} ${message}`, { hint, option });
  if (!Array.isArray(models)) throw refuse("is no server that halo can train with", "is `url` the sidecar's?");
  const names = models.map(({ model_name }) => model_name);
  if (!names.includes(o.model)) {
    throw refuse(
      `${names.length ? `trains "${names.join(", ")}"` : "names no model"}, the trainer's model is "${o.model}"`,
      "set HALO_MODEL alike for halo serve and halo run",
      "model",
    );
  }
  if (!about) {
    if (isRepeatable(o)) throw refuse("is no sidecar of halo, and promises no equal bits", "leave out serve", "serve");
    // Tinker has no name for it: servers take 32.
    if (o.alpha === 32 && !o.rslora) return { kind: "tinker" };
    throw refuse(
      "is no sidecar of halo, and scales adapters by 32 / rank",
      "leave out alpha and rslora",
      o.rslora ? "rslora" : "alpha",
    );
  }
  const { dtype, device, image_token_id: imageToken } = about;
  if (typeof dtype !== "string" || typeof device !== "string" || typeof imageToken !== "number") {
    throw refuse("is no sidecar that halo can train with", "is it of this version of halo?");
  }
  if (isRepeatable(o) && !(device === "cpu" && dtype === "float32")) {
    throw refuse(
      `computes in ${dtype} on ${device}, trainer.options.serve says float32 on cpu`,
      "make them equal",
      "serve",
    );
  }
  return { kind: "halo", dtype, imageToken, isTiled: about["image_tiles"] === true };
}

/** Whether equal requests give equal bits. */
export const isRepeatable = ({ serve }: LoraOptions): boolean =>
  serve.device === "cpu" && precisionOf(serve) === "float32";
