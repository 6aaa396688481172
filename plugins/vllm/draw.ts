import {
  type BlobReader,
  type Call,
  type Draw,
  HaloError,
  isHaloError,
  type Sample,
  type SampleRequest,
} from "halo-agent";
import { computerUseTool, parseOutput, sayingOf } from "halo-agent/kit";
import type { Adapters, Serving } from "./adapters.ts";
import type { VllmClient } from "./client.ts";
import type { Figures } from "./figures.ts";
import { imageTokens } from "./image-tokens.ts";
import { drawCandidates } from "./candidate-draw.ts";
import { candidatesOf } from "./candidates.ts";
import type { VllmOptions } from "./options.ts";
import { checkImages, checkWords } from "./prompt-canaries.ts";
import { harmlessText, type PromptMessages, promptOf } from "./prompt.ts";
import { reloading } from "./reloading.ts";
import { type Choice, readReply, type Reply } from "./reply.ts";
import { samplingBody } from "./request.ts";
import type { Server } from "./self-test.ts";

/** What a draw goes through: the server, the adapter in force and the figures it counts. */
export interface DrawTools {
  readonly client: VllmClient;
  readonly adapters: Adapters;
  readonly server: Server;
  readonly options: VllmOptions;
  readonly blobs: BlobReader;
  readonly figures: Figures;
}

/** How often a prompt is made shorter before its length is an error. */
const mostCuts = 3;

/** Draws n samples of one prompt from the version in force: one request, and further ones for what had to be dropped. */
export function drawSamples(r: SampleRequest, d: DrawTools & Call): Promise<Draw> {
  const { answers, candidates: most } = d.options;
  const candidates = answers === "candidates" ? candidatesOf(r.at, { most }) : undefined;
  const choices = candidates?.map(({ text }) => text);
  return d.adapters.lease(async (serving) => {
    for (let cut = 0;; cut++) {
      const toolInTemplate = tellsTool(d);
      const told = { ...shortened(d.options, cut), toolInTemplate, blobs: d.blobs, ...(choices && { choices }) };
      const prompt = await promptOf(r.at, told);
      try {
        return candidates
          ? await drawCandidates(r, { ...d, serving, prompt, candidates })
          : await new DrawRequest(r, { ...d, serving, prompt }).samples();
      } catch (e) {
        if (!isHaloError(e, "HALO_VLLM_CONTEXT") || cut === mostCuts) throw e;
        d.figures.add("prompts_shortened");
      }
    }
  });
}

/** Whether the tool is handed to the chat template, in the frame that the model was trained in. */
const tellsTool = ({ options: { answers, dialect, system }, server }: DrawTools): boolean =>
  dialect.startsWith("qwen") && answers === "text" && system === undefined && server.tellsTools;

/** Less of what a prompt tells: older screenshots and half the history first, then all history, then the page in words. */
function shortened(o: VllmOptions, cut: number): VllmOptions {
  if (cut === 0) return o;
  const history = cut === 1 ? Math.floor(o.history / 2) : 0;
  const screenshots = Math.min(1, o.screenshots);
  // What is the only sight of the page stays.
  const tells = cut < 3 || screenshots === 0;
  return { ...o, screenshots, history, elements: o.elements && tells, axtree: o.axtree && tells };
}

/** A draw that was asked for: every request to vLLM for its samples has the same prompt and the same version. */
class DrawRequest {
  readonly #r: SampleRequest;
  readonly #d: DrawTools & Call & { readonly serving: Serving; readonly prompt: PromptMessages };
  readonly #expected: readonly number[];
  #promptIds: readonly number[] | undefined;
  #requests = 0;

  constructor(r: SampleRequest, d: DrawTools & Call & { readonly serving: Serving; readonly prompt: PromptMessages }) {
    this.#r = r;
    this.#d = d;
    this.#expected = d.prompt.images.map((image) => imageTokens(image, d.options.image));
  }

  async samples(): Promise<Draw> {
    const { n, mode, temperature } = this.#r;
    const { options: { model }, serving, prompt } = this.#d;
    const samples = mode === "greedy"
      ? await this.#greedy(n)
      : mode === "distinct"
      ? await this.#distinct(n)
      : await this.#fill(n);
    const images = prompt.images.map(({ sha256 }) => sha256);
    return {
      prompt: { kind: "tokens", model, ids: this.#promptIds!, images },
      samples,
      policyVersion: serving.version,
      // vLLM reports greedy log-probabilities at 1.
      temperature: mode === "greedy" ? 1 : temperature,
    };
  }

  /** n independent samples; what is dropped is asked for anew. */
  async #fill(n: number): Promise<readonly Sample[]> {
    const samples: Sample[] = [];
    while (samples.length < n) {
      if (this.#requests > this.#d.options.refills) {
        throw new HaloError(
          "HALO_VLLM_REPLY",
          `${samples.length} of ${n} samples could be used after ${this.#requests} requests; the others held picture placeholders or were aborted`,
          {
            hint:
              "a paused vLLM aborts; a model that samples <|image_pad|> often is broken or untrained: raise refills",
          },
        );
      }
      samples.push(...await this.#ask(n - samples.length));
    }
    return samples;
  }

  /** Up to n samples of different actions, in the order they came. */
  async #distinct(n: number): Promise<readonly Sample[]> {
    const found = new Map<string, Sample>();
    while (found.size < n && this.#requests <= this.#d.options.refills) {
      for (const sample of await this.#ask(n)) {
        const key = sayingOf(sample);
        if (!found.has(key) && found.size < n) found.set(key, sample);
      }
    }
    if (found.size > 0) return [...found.values()];
    return this.#fill(1);
  }

  /** The most probable output, n times. Asking again would give the same, so nothing is dropped for its tokens. */
  async #greedy(n: number): Promise<readonly Sample[]> {
    for (;;) {
      const [sample] = await this.#ask(1);
      if (sample) return Array.from({ length: n }, () => sample);
      if (this.#requests > this.#d.options.refills) return this.#fill(1);
    }
  }

  /** One request's usable samples. */
  async #ask(n: number): Promise<readonly Sample[]> {
    const { server, figures } = this.#d;
    if (this.#requests > 0) figures.add("refills");
    const { promptIds, choices } = await this.#reply(n);
    if (!this.#promptIds) await this.#checkPrompt(promptIds);
    this.#promptIds ??= promptIds;
    if (promptIds.length !== this.#promptIds.length || promptIds.some((id, i) => id !== this.#promptIds![i])) {
      throw new HaloError("HALO_VLLM_REPLY", "vLLM made two different prompts of the same messages");
    }
    return choices.flatMap((choice) => {
      figures.add("completion_tokens", choice.ids.length);
      if (choice.finish === "abort") {
        figures.add("dropped_abort");
        return [];
      }
      if (choice.finish === "length") figures.add("cut_off");
      const { pads } = server;
      const holdsPad = pads !== undefined && choice.ids.some((id) => id === pads.image || id === pads.video);
      if (holdsPad && this.#r.mode !== "greedy") {
        figures.add("dropped_pad");
        return [];
      }
      return [this.#sample(choice, holdsPad)];
    });
  }

  /** The canaries of a prompt: pictures as many tokens as the trainer makes of them, and the task's words. */
  async #checkPrompt(promptIds: readonly number[]): Promise<void> {
    const { server: { pads, words }, options: { image }, signal } = this.#d;
    if (pads) {
      checkImages(promptIds, { pad: pads.image, expected: this.#expected, isTiled: image.tokens !== undefined });
    }
    const { text } = this.#r.at.task;
    checkWords(promptIds, await words(harmlessText(`Task: ${text}`), { signal }), JSON.stringify(text));
  }

  async #reply(n: number): Promise<Reply> {
    const { client, serving, adapters, figures, options, prompt, signal } = this.#d;
    const { mode, temperature, rng } = this.#r;
    const { model } = serving;
    const body = samplingBody({
      model,
      salt: model,
      messages: prompt.messages,
      tools: tellsTool(this.#d) ? [computerUseTool(options)] : undefined,
      n,
      temperature: mode === "greedy" ? 0 : temperature,
      seed: rng.derive("request", this.#requests++).int(2 ** 31),
      maxTokens: options.max_completion_tokens,
    });
    const ask = async () => readReply(await client.send("/chat/completions", { body, signal }), { n, model });
    const reply = await reloading(ask, { serving, adapters, figures, signal });
    figures.add("prompt_tokens", reply.promptIds.length);
    figures.add("cached_tokens", reply.cachedTokens);
    return reply;
  }

  #sample({ text, ids, logprobs }: Choice, holdsPad: boolean): Sample {
    const { options: { dialect, repair } } = this.#d;
    const { screenshot: shot } = this.#r.at.observation;
    const screen = shot && { screen: { width: shot.widthPx, height: shot.heightPx } };
    const parsed = parseOutput(text, { dialect, repair, ...screen });
    const logprob = logprobs.reduce((sum, value) => sum + value, 0);
    // The trainer could not tell a sampled placeholder from a picture.
    return { text, parsed, logprob, trace: holdsPad ? { kind: "none" } : { kind: "tokens", ids, logprobs } };
  }
}
