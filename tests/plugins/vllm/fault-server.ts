import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Rng } from "halo-agent";
import { exp, log } from "halo-agent/kit";

/** What the server can be made to do with a request for samples; what a real vLLM does only by accident. */
export const faults = [
  "refused", // the connection is closed without an answer
  "cut", // the answer breaks off
  "engine", // the engine died
  "failed", // another 500
  "proxy", // 503 with HTML
  "limited", // 429
  "silent", // no answer at all
  "garbage", // 200 that is no JSON
  "forgotten", // a restart: adapters are gone
  "fewer", // n - 1 choices
  "not_a_number", // a log-probability of null
  "positive", // a log-probability above 0
  "uneven", // fewer log-probabilities than ids
  "tokenless", // no ids of the prompt
  "other_model", // samples of the base
  "aborted", // every sample aborted
  "padded", // half of the samples hold a picture placeholder
] as const;

export type Fault = (typeof faults)[number];

/** What may be wrong with a server from its start on; canaries find it. */
export const defects = [
  "drops a projection", // tensors of down_proj are left out of every adapter
  "drops adapters", // every adapter answers as the base
  "halves adapters", // they are scaled otherwise
  "stale adapter", // what was loaded first answers for all
  "ignores pictures",
  "one picture for all", // the first that was seen
  "resizes pictures",
  "hides text", // in reasoning_content
  "moves calls", // into tool_calls
  "error in body", // with HTTP 200
  "full disk in body", // at a load
  "limits for long", // 429 with Retry-After
  "other weights",
  "ignores temperature",
  "ignores salt",
  "stale cache",
  "drops the task", // the template leaves the user's text out
  "thinks first", // the template opens <think>
  "forgets loads", // says success and does not list it
] as const;

export type Defect = (typeof defects)[number];

/** Ids of the picture and the video placeholder. */
export const [pad, videoPad] = [900, 901];

interface Body {
  readonly model: string;
  readonly n: number;
  readonly temperature: number;
  readonly prompt: string | readonly number[] | readonly (readonly number[])[];
  readonly logprob_token_ids?: readonly number[];
  readonly messages?: readonly {
    readonly content: string | readonly { readonly text?: string; readonly image_url?: { readonly url: string } }[];
  }[];
  readonly tools?: readonly object[];
  readonly cache_salt?: string;
  readonly top_logprobs?: number;
  readonly lora_name: string;
  readonly lora_path: string;
}

/** Speaks vLLM's routes; every sample that it hands out in a whole answer carries a serial number of its own in its ids. */
export class FaultServer {
  /** The fault of the next request for samples; undefined for none. */
  nextFault: () => Fault | undefined = () => undefined;
  /** Serial numbers of samples in whole answers. */
  readonly served = new Set<number>();
  readonly seen = new Map<string, number>();
  readonly adapters = new Map<string, string>();
  /** What is wrong with it. */
  defect: Defect | undefined;
  /** How its template tells of tools; some do not. */
  toolFrame: (tools: readonly object[]) => string = () => "";
  /** Added to each log-probability: rounding. */
  noise: () => number = () => 0;
  /** Which folder answers for the one that was loaded. */
  redirect: (location: string) => string = (location) => location;
  #firstAdapter: string | undefined;
  #firstPicture: string | undefined;
  #serial = 0;
  readonly #server = createServer((request, response) =>
    void this.#answer(request, response).catch(() => response.destroy())
  );

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = (chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}) as Body;
    switch (request.url) {
      case "/health":
        return void response.end();
      case "/version":
        return json(response, { version: "0.32.0" });
      case "/openapi.json":
        return json(response, openapi);
      case "/tokenize":
        return json(response, { tokens: body.messages ? this.#template(body) : tokens(body.prompt as string) });
      case "/v1/models":
        return json(response, {
          data: [
            { id: "tiny", root: "tiny", parent: null, max_model_len: 4096 },
            ...[...this.adapters].filter(() => this.defect !== "forgets loads")
              .map(([id, root]) => ({ id, root, parent: "tiny" })),
          ],
        });
      case "/v1/load_lora_adapter":
        if (this.defect === "full disk in body") {
          return json(response, { error: { message: "No space left on device" } });
        }
        this.#firstAdapter ??= body.lora_path;
        if (this.adapters.has(body.lora_name)) {
          return error(response, 400, `The lora adapter '${body.lora_name}' has already been loaded.`);
        }
        this.adapters.set(body.lora_name, body.lora_path);
        return void response.end(`Success: LoRA adapter '${body.lora_name}' added successfully.`);
      case "/v1/unload_lora_adapter":
        if (!this.adapters.delete(body.lora_name)) return error(response, 404, "The lora adapter cannot be found.");
        return void response.end("Success");
    }
    if (body.model !== "tiny" && !this.adapters.has(body.model)) {
      return error(response, 404, `The model \`${body.model}\` does not exist.`);
    }
    if (request.url === "/v1/completions") return json(response, this.#completion(body));
    if (this.defect === "error in body") {
      return json(response, { error: { message: "queue is full, try again", code: 503 } });
    }
    if (this.defect === "limits for long") return error(response, 429, "slow down", { "retry-after": "3600" });
    const fault = body.n === 2 || body.top_logprobs ? undefined : this.nextFault();
    if (fault) this.seen.set(fault, (this.seen.get(fault) ?? 0) + 1);
    switch (fault) {
      case "refused":
        return void request.socket.destroy();
      case "silent":
        return;
      case "engine":
        return error(response, 500, "EngineCore encountered an issue. See stack trace (above) for the root cause.");
      case "failed":
        return error(response, 500, "list index out of range");
      case "limited":
        return error(response, 429, "slow down");
      case "proxy":
        return void response.writeHead(503, { "content-type": "text/html" }).end("<h1>no upstream</h1>");
      case "garbage":
        return void response.writeHead(200, { "content-type": "application/json" }).end("<h1>hello</h1>");
      case "forgotten":
        this.adapters.clear();
        return error(response, 404, `The model \`${body.model}\` does not exist.`);
    }
    const reply = this.#chat(body, fault);
    if (fault === "cut") {
      const text = JSON.stringify(reply);
      response.writeHead(200, { "content-type": "application/json", "content-length": text.length });
      response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
      return;
    }
    for (const { token_ids: [, serial] = [] } of reply.choices) if (serial !== undefined) this.served.add(serial);
    json(response, reply);
  }

  /** A prompt: bytes of its texts, placeholders of its pictures. */
  #template({ messages = [], tools }: Body): readonly number[] {
    const parts = messages.flatMap(({ content }) => typeof content === "string" ? [{ text: content }] : content);
    const shrink = this.defect === "resizes pictures" ? 2 : 1;
    const ids = parts.flatMap((part) => {
      if ("image_url" in part && part.image_url) {
        return [2, ...Array.from({ length: tokensOf(part.image_url.url) / shrink }, () => pad), 3];
      }
      return this.defect === "drops the task" && part.text?.startsWith("Task:") ? [] : tokens(part.text ?? "");
    });
    return [
      1,
      ...tokens(tools ? this.toolFrame(tools) : ""),
      ...ids,
      ...(this.defect === "thinks first" ? tokens("<think>") : []),
    ];
  }

  #chat(body: Body, fault: Fault | undefined) {
    const promptIds = this.#template(body);
    const count = fault === "fewer" ? body.n - 1 : body.n;
    const text = '<tool_call>\n{"name": "computer_use", "arguments": {"action": "noop"}}\n</tool_call>';
    const message = this.defect === "hides text"
      ? { content: null, reasoning_content: text }
      : this.defect === "moves calls"
      ? { content: null, tool_calls: [{ function: { name: "computer_use", arguments: "{}" } }] }
      : { content: text };
    const choices = Array.from({ length: count }, (_, index) => {
      const ids = [10, 1_000 + this.#serial++, ...(fault === "padded" && index % 2 === 0 ? [pad] : [])];
      const logprobs = ids.map(() => fault === "not_a_number" ? null : fault === "positive" ? 0.5 : -1);
      return {
        index,
        message: { role: "assistant", ...message },
        finish_reason: fault === "aborted" ? "abort" : "stop",
        token_ids: fault === "aborted" ? [] : ids,
        logprobs: {
          content: logprobs.slice(fault === "uneven" ? 1 : 0)
            .map((logprob) => ({ token: "x", logprob, ...(body.top_logprobs && this.#colour(body)) })),
        },
      };
    });
    return {
      model: fault === "other_model" ? "tinier" : body.model,
      choices,
      ...(fault !== "tokenless" && { prompt_token_ids: promptIds }),
      usage: {
        prompt_tokens: promptIds.length,
        completion_tokens: 2 * count,
        prompt_tokens_details: { cached_tokens: 0 },
      },
    };
  }

  /** What it says first about a picture. */
  #colour({ messages = [] }: Body) {
    const [picture = ""] = messages.flatMap(({ content }) => typeof content === "string" ? [] : content)
      .flatMap(({ image_url }) => image_url?.url ?? []);
    this.#firstPicture ??= picture;
    const seen = this.defect === "ignores pictures"
      ? ""
      : this.defect === "one picture for all"
      ? this.#firstPicture
      : picture;
    const logits = Array.from({ length: 20 }, (_, i) => 2 * part(`${seen} ${i}`));
    const sum = log(logits.reduce((total, z) => total + exp(z), 0));
    return { top_logprobs: logits.map((z, i) => ({ token: `token_id:${i}`, logprob: z - sum + this.noise() })) };
  }

  #completion({ model, prompt, logprob_token_ids: wanted, temperature, cache_salt: salt = "" }: Body) {
    if (wanted) {
      const values = this.#scored(model, [0, ...wanted]);
      const top = Object.fromEntries(wanted.map((id, i) => [`token_id:${id}`, values[i]! + this.noise()]));
      return {
        choices: (prompt as readonly unknown[]).map((_, index) => ({ index, logprobs: { top_logprobs: [top] } })),
      };
    }
    // Logits 0, -0.3, -0.6, …
    const step = this.defect === "stale cache" && model !== "tiny" && salt === model ? -0.4 : -0.3;
    const t = this.defect === "ignores temperature" ? 1 : temperature;
    const logits = Array.from({ length: 20 }, (_, i) => step * i / t);
    const sum = log(logits.reduce((total, z) => total + exp(z), 0));
    const top = Object.fromEntries(logits.map((z, i) => [`token_id:${i}`, z - sum + this.noise()]));
    return {
      choices: [{ index: 0, logprobs: { top_logprobs: [top] } }],
      usage: { prompt_tokens_details: { cached_tokens: this.defect === "ignores salt" ? 256 : 0 } },
    };
  }

  #scored(model: string, ids: readonly number[]): readonly number[] {
    const loaded = this.adapters.get(model);
    const base = scored("tiny", ids);
    if (loaded === undefined) return base;
    const location = this.redirect(loaded);
    const towards = (values: readonly number[], share: number) => base.map((b, i) => b + share * (values[i]! - b));
    switch (this.defect) {
      case "drops adapters":
        return base;
      case "drops a projection":
        return towards(scored(location, ids), location.endsWith("/down_proj") ? 0 : 1);
      case "halves adapters":
        return towards(scored(location, ids), 0.5);
      case "stale adapter":
        return scored(this.#firstAdapter!, ids);
      case "other weights":
        return scored(location, ids).map((x, i) => x + scored("another", ids)[i]! - base[i]!);
      default:
        return scored(location, ids);
    }
  }
}

/**
 * What the server says of a text under an adapter's folder or the base's name; for a manifest. `~0.05` at the end of a
 * folder's name makes its adapter move by that much of a loud one.
 */
export function scored(model: string, ids: readonly number[]): readonly number[] {
  const effect = model === "tiny" ? 0 : Number(/~([\d.]+)$/.exec(model)?.[1] ?? 1);
  return ids.slice(1).map((id) => -4 + part(`tiny ${id}`) + effect * 1.5 * part(`${model} ${id}`));
}

/** A number from -1 to 1 that a text stands for. */
const part = (text: string): number => createHash("sha256").update(text).digest()[0]! / 127.5 - 1;

/** A fault for about one request in three. */
export function randomFaults(rng: Rng): () => Fault | undefined {
  return () => rng.next() < 0.35 ? faults[rng.int(faults.length)] : undefined;
}

const openapi = {
  components: {
    schemas: {
      ChatCompletionRequest: {
        properties: { return_token_ids: {}, cache_salt: {}, include_stop_str_in_output: {}, logprob_token_ids: {} },
      },
    },
  },
};

function tokens(text: string): readonly number[] {
  return text === "<|image_pad|>" ? [pad] : text === "<|video_pad|>" ? [videoPad] : [...Buffer.from(text)];
}

/** 32×32 pixels a token, as the header of the PNG has them; 720 becomes 704. */
function tokensOf(url: string): number {
  const png = Buffer.from(url.split(",")[1]!, "base64");
  return Math.floor(png.readUInt32BE(16) / 32) * Math.floor(png.readUInt32BE(20) / 32);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function error(response: ServerResponse, code: number, message: string, headers: object = {}): void {
  response.writeHead(code, { "content-type": "application/json", ...headers })
    .end(JSON.stringify({ error: { message, type: "Error", param: null, code } }));
}
