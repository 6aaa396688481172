import { type Call, HaloError, isHaloError } from "halo-agent";
import { computerUseTool, keepLatest } from "halo-agent/kit";
import { checkTemperature, type Precision } from "./canaries.ts";
import type { VllmClient } from "./client.ts";
import { imageTokens } from "./image-tokens.ts";
import type { VllmOptions } from "./options.ts";
import { probePicture } from "./picture-probe.ts";
import { plainPicture } from "./plain-png.ts";
import { nextTokens } from "./probes.ts";
import { checkImages } from "./prompt-canaries.ts";
import { readReply } from "./reply.ts";
import { samplingBody } from "./request.ts";

/** What the policy has to know of a server. */
export interface Server {
  readonly version: string;
  /** Placeholders of pictures and videos; none where prompts show no pictures. */
  readonly pads: { readonly image: number; readonly video?: number } | undefined;
  /** Ids of some text, longer than two blocks of any prefix cache. */
  readonly probeText: readonly number[];
  /** The chat template tells the model of tools. */
  readonly tellsTools: boolean;
  /** Ids of a text as a prompt holds it. */
  words(text: string, call: Call): Promise<readonly number[]>;
  /** The same of lines that come again and again. */
  line(text: string, call: Call): Promise<readonly number[]>;
}

/** What a server is tested with. */
export type Tested = Pick<VllmOptions, "model" | "image" | "screenshots"> & { readonly precision: Precision };

/** Lines whose ids are remembered. */
const mostLines = 10_000;

const fields = ["return_token_ids", "cache_salt", "include_stop_str_in_output", "logprob_token_ids"];
const probe =
  "A page lists the letters of a small office. The first one asks when the meeting begins, the second one " +
  "is a bill, the third one thanks for a book that came by post. Nobody has answered any of them yet. ";
/** Blocks of the prefix cache hold 16 tokens on a GPU and 128 on a CPU; with fewer none is kept. */
const probeTokens = 300;

/** Checks once, before the first sample, that the server is one the policy can train with. Throws typed errors. */
export async function selfTest(client: VllmClient, o: Tested & Call): Promise<Server> {
  const { model, signal } = o;
  const version = await versionOf(client, signal);
  const maxLength = await served(client, { model, signal });
  await knowsFields(client, signal);
  const tokens = (text: string, call: Call = { signal }) => tokenize(client, { model, text, ...call });
  const pads = o.screenshots > 0 ? await padsOf(tokens, o) : undefined;
  const ids = await tokens(probe);
  const repeats = Math.ceil(Math.min(probeTokens, maxLength - 8) / ids.length);
  const probeText = Array.from({ length: repeats }, () => ids).flat().slice(0, maxLength - 8);
  const tellsTools = await checkTemplate(client, { model, think: await tokens("<think>"), signal });
  await sampleOnce(client, { ...o, pad: pads?.image, maxLength });
  const ask = { model, salt: model, ids: probeText, signal };
  const [at1, atHalf] = [
    await nextTokens(client, { ...ask, temperature: 1 }),
    await nextTokens(client, { ...ask, temperature: 0.5 }),
  ];
  checkTemperature(at1, atHalf);
  if (pads) await probePicture(client, { model, salt: model, precision: o.precision, signal });
  const lines = keepLatest<readonly number[]>(mostLines);
  const line: Server["line"] = (text, call) => lines(text, () => tokens(text, call));
  return { version, pads, probeText, tellsTools, words: tokens, line };
}

/** Samples as training needs them, of a picture if prompts show any. */
async function sampleOnce(
  client: VllmClient,
  { model, image, pad, maxLength, signal }: Tested & Call & {
    readonly pad: number | undefined;
    readonly maxLength: number;
  },
): Promise<void> {
  const size = maxLength >= 1_000 ? { widthPx: 1280, heightPx: 720 } : { widthPx: 320, heightPx: 192 };
  const part = pad === undefined
    ? { type: "text" as const, text: probe }
    : { type: "image" as const, image: plainPicture(size, [255, 255, 255]) };
  const messages = [{ role: "user" as const, content: [part] }];
  const body = samplingBody({ model, salt: model, messages, n: 2, temperature: 1, seed: 0, maxTokens: 4 });
  const reply = readReply(await client.send("/chat/completions", { body, signal }), { n: 2, model });
  if (pad === undefined) return;
  checkImages(reply.promptIds, { pad, expected: [imageTokens(size, image)], isTiled: image.tokens !== undefined });
}

async function padsOf(
  tokens: (text: string) => Promise<readonly number[]>,
  { model, image: { placeholder } }: Tested,
): Promise<NonNullable<Server["pads"]>> {
  const [image, video] = await Promise.all([placeholder, "<|video_pad|>"].map((text) => tokens(text)));
  if (image!.length !== 1) {
    throw new HaloError("HALO_VLLM_SERVER", `"${model}" has no token ${placeholder}`, {
      hint: "name its own in image.placeholder; with a model that sees no pictures set `screenshots: 0`",
    });
  }
  return { image: image![0]!, ...(video!.length === 1 && { video: video![0]! }) };
}

/** Whether the chat template tells of tools. Throws for one that makes the model think first. */
async function checkTemplate(
  client: VllmClient,
  { model, think, signal }: Call & { readonly model: string; readonly think: readonly number[] },
): Promise<boolean> {
  const rendered = async (more: object): Promise<readonly number[]> => {
    const messages = [{ role: "user", content: "Hello" }];
    const body = { model, messages, add_generation_prompt: true, ...more };
    const { tokens } = await client.send("/tokenize", { isRoot: true, body, signal }) as {
      readonly tokens: readonly number[];
    };
    return tokens;
  };
  const plain = await rendered({});
  const tail = plain.slice(-think.length - 2);
  if (think.length > 0 && tail.some((_, at) => think.every((id, i) => tail[at + i] === id))) {
    throw new HaloError("HALO_VLLM_SERVER", `the chat template of "${model}" opens <think> before each answer`, {
      hint:
        "a model that thinks at length is cut off before it acts: serve an Instruct model, or a template without thinking",
    });
  }
  try {
    return (await rendered({ tools: [computerUseTool()] })).length > plain.length;
  } catch (e) {
    // A template that refuses tools gets them in words.
    if (isHaloError(e, "HALO_VLLM_REQUEST")) return false;
    throw e;
  }
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
