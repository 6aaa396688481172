import { type Call, HaloError, type Screenshot } from "halo-agent";
import { sha256 } from "halo-agent/kit";
import { blankPng } from "./blank-png.ts";
import { checkImages, checkTemperature } from "./canaries.ts";
import type { VllmClient } from "./client.ts";
import { type ImageSizing, imageTokens } from "./image-tokens.ts";
import { nextTokens } from "./probes.ts";
import { readReply } from "./reply.ts";
import { samplingBody } from "./request.ts";

/** What the policy has to know of a server. */
export interface Server {
  readonly version: string;
  readonly imagePad: number;
  readonly videoPad: number;
  /** Ids of some text, longer than two blocks of any prefix cache. */
  readonly probeText: readonly number[];
}

const fields = ["return_token_ids", "cache_salt", "include_stop_str_in_output", "logprob_token_ids"];
const probe =
  "A page lists the letters of a small office. The first one asks when the meeting begins, the second one " +
  "is a bill, the third one thanks for a book that came by post. Nobody has answered any of them yet. ";
/** Blocks of the prefix cache hold 16 tokens on a GPU and 128 on a CPU; with fewer none is kept. */
const probeTokens = 300;

/** Checks once, before the first sample, that the server is one the policy can train with. Throws typed errors. */
export async function selfTest(
  client: VllmClient,
  { model, image, signal }: Call & { readonly model: string; readonly image: ImageSizing },
): Promise<Server> {
  const version = await versionOf(client, signal);
  const maxLength = await served(client, { model, signal });
  await knowsFields(client, signal);
  const [imagePad, videoPad] = await Promise.all(["<|image_pad|>", "<|video_pad|>"].map(async (token) => {
    const ids = await tokenize(client, { model, text: token, signal });
    if (ids.length === 1) return ids[0]!;
    throw new HaloError("HALO_VLLM_SERVER", `"${model}" has no token ${token}`, {
      hint: "the policy speaks Qwen3-VL's prompt form: serve a model of that family, or use policy openai",
    });
  }));
  const ids = await tokenize(client, { model, text: probe, signal });
  const repeats = Math.ceil(Math.min(probeTokens, maxLength - 8) / ids.length);
  const probeText = Array.from({ length: repeats }, () => ids).flat().slice(0, maxLength - 8);
  const size = maxLength >= 1_000 ? { widthPx: 1280, heightPx: 720 } : { widthPx: 320, heightPx: 192 };
  const png = blankPng(size.widthPx, size.heightPx);
  const screenshot: Screenshot = { ...size, png, sha256: sha256(png) };
  const body = samplingBody({
    model,
    salt: model,
    messages: [{ role: "user", content: [{ type: "image", image: screenshot }] }],
    n: 2,
    temperature: 1,
    seed: 0,
    maxTokens: 4,
  });
  const reply = readReply(await client.send("/chat/completions", { body, signal }), { n: 2, model });
  checkImages(reply.promptIds, { pad: imagePad!, expected: [imageTokens(size, image)] });
  const ask = { model, salt: model, ids: probeText, signal };
  const [at1, atHalf] = [
    await nextTokens(client, { ...ask, temperature: 1 }),
    await nextTokens(client, { ...ask, temperature: 0.5 }),
  ];
  checkTemperature(at1, atHalf);
  return { version, imagePad: imagePad!, videoPad: videoPad!, probeText };
}

async function versionOf(client: VllmClient, signal: AbortSignal): Promise<string> {
  const { version } = (await client.send("/version", { isRoot: true, isFirst: true, signal }) ?? {}) as {
    readonly version?: unknown;
  };
  if (typeof version === "string") return version;
  throw new HaloError("HALO_VLLM_SERVER", "the server names no version, so it is no vLLM", {
    hint: "point `url` at vLLM, or use policy openai for other servers",
  });
}

/** Longest prompt of the model. Throws HALO_VLLM_MODEL when it is not served. */
async function served(client: VllmClient, { model, signal }: Call & { readonly model: string }): Promise<number> {
  const { data = [] } = await client.send("/models", { signal }) as {
    readonly data?: readonly {
      readonly id: string;
      readonly parent?: string | null;
      readonly max_model_len?: number;
    }[];
  };
  const bases = data.filter(({ parent }) => !parent);
  const found = bases.find(({ id }) => id === model);
  if (found) return found.max_model_len ?? 8_192;
  throw new HaloError("HALO_VLLM_MODEL", `vLLM serves ${bases.map(({ id }) => `"${id}"`).join(", ")}, not "${model}"`, {
    hint: "set `model` (HALO_MODEL) to a name it serves, or start it with --served-model-name",
  });
}

/** Looks into the server's own description of its routes: versions say less. */
async function knowsFields(client: VllmClient, signal: AbortSignal): Promise<void> {
  const api = await client.send("/openapi.json", { isRoot: true, signal }) as {
    readonly components?: { readonly schemas?: Readonly<Record<string, { readonly properties?: object }>> };
  };
  const known = api?.components?.schemas?.["ChatCompletionRequest"]?.properties ?? {};
  const missing = fields.filter((field) => !(field in known));
  if (missing.length === 0) return;
  throw new HaloError("HALO_VLLM_SERVER", `this vLLM does not know ${missing.join(", ")} in a chat request`, {
    hint: "install a version that halo was run with: see docs/vllm.md",
  });
}

async function tokenize(
  client: VllmClient,
  { model, text, signal }: Call & { readonly model: string; readonly text: string },
): Promise<readonly number[]> {
  const body = { model, prompt: text, add_special_tokens: false };
  const { tokens } = await client.send("/tokenize", { isRoot: true, body, signal }) as {
    readonly tokens: readonly number[];
  };
  return tokens;
}
