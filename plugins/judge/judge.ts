import {
  type AnswerStore,
  type Call,
  type Chat,
  type ChatMessage,
  HaloError,
  isHaloError,
  type Json,
} from "halo-agent";
import { canonicalJson, jsonAnswer, sha256 } from "halo-agent/kit";
import { answerSchema } from "./question.ts";

/** How far a task has come, and why the model says so. */
export interface Progress {
  /** 0 to 100. */
  readonly percent: number;
  readonly reason: string;
}

export interface JudgeOptions {
  readonly max_tokens: number;
  /** Questions of a run, 0 = no limit of its own. */
  readonly max_calls: number;
  /** Dollars for answers of a run, 0 = no limit of its own. */
  readonly max_usd: number;
}

/** A model that is asked how far a task has come. */
export interface Judge {
  /** Throws HALO_JUDGE_REPLY for an answer that cannot be used, HALO_LIMIT_JUDGE at the end of its budget, and what its server throws. */
  ask(messages: readonly ChatMessage[], o: Call): Promise<Progress>;
  metrics(): Readonly<Record<string, number>>;
}

/** An answer as a run keeps it; `wrong` says what kept it from being used. */
interface Kept {
  readonly percent?: number;
  readonly reason?: string;
  readonly wrong?: string;
  readonly usd: number;
}

/** What the keys of kept answers begin with. */
const prefix = "judge/";
/** Earlier answers that a question quotes. */
const mostComplaints = 3;

/** A judge that asks each question once: answers are kept by the content of the question, for resumed runs too. */
export function judgeOf(chat: Chat, { answers, ...o }: JudgeOptions & { readonly answers: AnswerStore }): Judge {
  const known = new Map<string, Promise<Progress>>();
  const count = { calls: 0, cache_hits: 0, failures: 0, usd: 0 };
  let spent: { calls: number; usd: number } | undefined;

  /** Counts another question of the run, earlier attempts included. Throws when it would be one too many. */
  function admit(): { calls: number; usd: number } {
    if (spent === undefined) {
      const earlier = answers.list(prefix) as unknown as readonly Kept[];
      spent = { calls: earlier.length, usd: earlier.reduce((sum, { usd }) => sum + usd, 0) };
    }
    const { calls, usd } = spent;
    if (o.max_calls > 0 && calls >= o.max_calls) {
      throw atLimit(`${calls} questions were asked`, "max_calls", o.max_calls);
    }
    if (o.max_usd > 0 && usd >= o.max_usd) throw atLimit(`$${usd.toFixed(4)} are spent`, "max_usd", o.max_usd);
    spent.calls++;
    count.calls++;
    return spent;
  }

  async function answered(key: string, messages: readonly ChatMessage[], { signal }: Call): Promise<Progress> {
    const earlier = answers.list(key) as unknown as readonly Kept[];
    const last = earlier.at(-1);
    if (last?.percent !== undefined) {
      count.cache_hits++;
      return { percent: last.percent, reason: last.reason ?? "" };
    }
    const tally = admit();
    const complaints = earlier.flatMap(({ wrong }) => wrong ?? []).slice(-mostComplaints);
    let usd = 0;
    try {
      const schema = { name: "progress", json: answerSchema };
      const asked = { messages: complaining(messages, complaints), schema, maxTokens: o.max_tokens, temperature: 0 };
      const reply = await chat.complete(asked, { signal });
      usd = reply.costUsd;
      const { progress, reason } = jsonAnswer(reply.text, answerSchema) as unknown as {
        readonly progress: number;
        readonly reason: string;
      };
      await answers.put(key, { percent: progress, reason, usd });
      return { percent: progress, reason };
    } catch (e) {
      count.failures++;
      if (!isHaloError(e, "HALO_MODEL_REPLY")) throw e;
      await answers.put(key, { wrong: e.message, usd });
      throw new HaloError("HALO_JUDGE_REPLY", e.message, { cause: e });
    } finally {
      tally.usd += usd;
      count.usd += usd;
    }
  }

  return {
    async ask(messages, call) {
      const key = `${prefix}${questionKey(chat.model, messages)}`;
      const asked = known.get(key);
      if (asked) {
        count.cache_hits++;
        return await asked;
      }
      const asking = answered(key, messages, call);
      known.set(key, asking);
      try {
        return await asking;
      } catch (e) {
        known.delete(key);
        throw e;
      }
    },
    metrics() {
      const seen = Object.fromEntries(Object.entries(count).map(([name, n]) => [`judge/${name}`, n]));
      Object.assign(count, { calls: 0, cache_hits: 0, failures: 0, usd: 0 });
      return seen;
    },
  };
}

/** Names a question by its content, pictures by their sha256. */
function questionKey(model: string, messages: readonly ChatMessage[]): string {
  const plain = messages.map(({ role, content }) => ({
    role,
    content: content.map((part) => part.type === "text" ? part.text : { image: part.image.sha256 }),
  }));
  return sha256(canonicalJson({ model, schema: answerSchema as unknown as Json, messages: plain }));
}

/** The question with what was wrong with earlier answers: a model asked the same at temperature 0 says the same. */
function complaining(messages: readonly ChatMessage[], complaints: readonly string[]): readonly ChatMessage[] {
  if (complaints.length === 0) return messages;
  const text = complaints.map((wrong) => `An earlier answer could not be used: ${wrong}`).join("\n");
  return messages.map((message, i) =>
    i === messages.length - 1 ? { ...message, content: [...message.content, { type: "text", text }] } : message
  );
}

function atLimit(what: string, option: string, limit: number): HaloError {
  return new HaloError("HALO_LIMIT_JUDGE", `${what} for progress, \`${option}\` is ${limit}`, {
    hint: "the run can be resumed with a higher limit; finished episodes and answers are kept",
    option,
  });
}
