import { HaloError } from "halo-agent";
import { hiddenIn } from "halo-agent/kit";

/** One choice of a reply. */
export interface Choice {
  readonly text: string;
  readonly ids: readonly number[];
  /** Natural log-probabilities at the request's temperature, one a token. */
  readonly logprobs: readonly number[];
  readonly finish: "stop" | "length" | "abort";
}

/** A reply whose invariants hold. */
export interface Reply {
  /** With picture placeholders expanded. */
  readonly promptIds: readonly number[];
  readonly choices: readonly Choice[];
  readonly cachedTokens: number;
}

interface WireChoice {
  readonly index?: unknown;
  readonly message?: { readonly content?: unknown };
  readonly finish_reason?: unknown;
  readonly token_ids?: unknown;
  readonly logprobs?: { readonly content?: unknown } | null;
}

interface Wire {
  readonly model?: unknown;
  readonly choices?: unknown;
  readonly prompt_token_ids?: unknown;
  readonly usage?: {
    readonly prompt_tokens?: unknown;
    readonly prompt_tokens_details?: { readonly cached_tokens?: unknown } | null;
  };
}

/** Float32 rounding may put the log of a probability of 1 this far above 0. */
const rounding = 1e-5;
/** Stands for minus infinity on the wire; nothing sampled has it. */
const impossible = -9999;

/** Reads a reply to a sampling request and checks all that training rests on. Throws HALO_VLLM_REPLY. */
export function readReply(json: unknown, { n, model }: { readonly n: number; readonly model: string }): Reply {
  const { choices, prompt_token_ids: promptIds, usage, model: served } = (json ?? {}) as Wire;
  if (served !== model) throw broken(`expected samples of "${model}", got them of ${JSON.stringify(served)}`);
  if (!Array.isArray(choices) || choices.length !== n) {
    const got = Array.isArray(choices) ? choices.length : "none";
    throw broken(`expected ${n} choices, got ${got}`, "a server that ignores `n` or `return_token_ids` is no vLLM");
  }
  if (!isIds(promptIds) || promptIds.length === 0) {
    throw broken("expected `prompt_token_ids`, got none", "vLLM 0.10.2 or later returns them");
  }
  if (usage?.prompt_tokens !== promptIds.length) {
    throw broken(`expected ${promptIds.length} prompt tokens, usage says ${usage?.prompt_tokens}`);
  }
  const sorted = (choices as readonly WireChoice[]).toSorted((a, b) => Number(a.index) - Number(b.index));
  if (sorted.some(({ index }, i) => index !== i)) throw broken(`expected choices 0 to ${n - 1}, each once`);
  const cached = usage.prompt_tokens_details?.cached_tokens;
  return { promptIds, choices: sorted.map(readChoice), cachedTokens: typeof cached === "number" ? cached : 0 };
}

function readChoice({ message, finish_reason: finish, token_ids: ids, logprobs }: WireChoice, index: number): Choice {
  const where = `choice ${index}`;
  if (finish !== "stop" && finish !== "length" && finish !== "abort") {
    throw broken(`${where} ended with ${JSON.stringify(finish)}, expected stop, length or abort`);
  }
  const text = typeof message?.content === "string" ? message.content : "";
  if (finish === "abort") return { text, ids: [], logprobs: [], finish };
  const hidden = hiddenIn(message);
  if (hidden !== undefined || typeof message?.content !== "string") {
    throw broken(
      `${where} has ${hidden === undefined ? "no text" : `text in \`${hidden}\``} beside its tokens`,
      "start vLLM without --reasoning-parser and --tool-call-parser: what the model wrote must stand in `content`",
    );
  }
  const content = logprobs?.content;
  if (!isIds(ids) || ids.length === 0) throw broken(`${where} has no \`token_ids\``);
  if (!Array.isArray(content) || content.length !== ids.length) {
    const got = Array.isArray(content) ? content.length : "no";
    throw broken(`${where} has ${ids.length} token ids and ${got} log-probabilities`);
  }
  const values = content.map((token: { readonly logprob?: unknown } | null) => token?.logprob);
  const odd = values.find((v) => typeof v !== "number" || !(v <= rounding) || v <= impossible);
  if (odd !== undefined || values.includes(undefined)) {
    throw broken(`${where} has a log-probability of ${odd}, expected finite numbers <= 0`);
  }
  return { text, ids, logprobs: (values as number[]).map((v) => Math.min(0, v)), finish };
}

const isIds = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((id) => Number.isInteger(id) && id >= 0);

function broken(
  message: string,
  hint = "if it repeats, look at vLLM's log; docs/vllm.md lists what replies must hold",
) {
  return new HaloError("HALO_VLLM_REPLY", `vLLM's reply cannot be trained on: ${message}`, { hint });
}
