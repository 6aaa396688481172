import type { Call, Draw, Mode, Rng, Sample, SampleRequest } from "halo-agent";
import { categorical, exp, gumbel } from "halo-agent/kit";
import type { Serving } from "./adapters.ts";
import { forksOf, scoreAnswers } from "./answer-tree.ts";
import type { Candidate } from "./candidates.ts";
import type { DrawTools } from "./draw.ts";
import { scoreNext } from "./probes.ts";
import { checkWords } from "./prompt-canaries.ts";
import { harmlessText, type PromptMessages } from "./prompt.ts";
import { reloading } from "./reloading.ts";
import { wireMessages } from "./request.ts";

interface Asked extends DrawTools, Call {
  readonly serving: Serving;
  readonly prompt: PromptMessages;
  readonly candidates: readonly Candidate[];
}

/**
 * Draws from the listed candidates by the probability that the model gives their lines: at each fork of their tokens the
 * likelihoods of what may follow, normalised over these alone. One request scores all forks, the draw is made here, so
 * that log-probabilities are exact in every mode and the trainer's, over the same tokens, are equal.
 */
export async function drawCandidates({ at, n, mode, temperature: asked, rng }: SampleRequest, d: Asked): Promise<Draw> {
  const { server, serving: { model, version }, candidates, prompt, signal } = d;
  const { tokens: ids } = await d.client.send("/tokenize", {
    isRoot: true,
    body: { model: d.options.model, messages: wireMessages(prompt.messages), add_generation_prompt: true },
    signal,
  }) as { readonly tokens: readonly number[] };
  checkWords(ids, await server.words(harmlessText(`Task: ${at.task.text}`), { signal }), JSON.stringify(at.task.text));
  // The end of its line ends an answer: no other begins with it.
  const answers = await Promise.all(candidates.map(({ text }) => server.line(`${text}\n`, { signal })));
  const forks = forksOf(answers);
  const wanted = forks.map(({ path, next }) => ({ ids: [...ids, ...path], next }));
  d.figures.add("prompt_tokens", wanted.reduce((sum, one) => sum + one.ids.length, 0));
  // On a page where nothing can be done but `done` there is nothing to ask.
  const values = wanted.length === 0
    ? []
    : await reloading(() => scoreNext(d.client, { model, salt: model, wanted, signal }), d);
  const temperature = mode === "greedy" ? 1 : asked;
  const scored = scoreAnswers(answers, { forks, values, temperature });
  const samples = picked(scored.map(({ logprob }) => logprob), { n, mode, rng }).map((i): Sample => {
    const { text, action } = candidates[i]!;
    const { logprob, logprobs, among } = scored[i]!;
    return {
      text,
      parsed: { ok: true, action, repairs: 0 },
      logprob,
      trace: { kind: "tokens", ids: answers[i]!, logprobs, among },
    };
  });
  return {
    prompt: { kind: "tokens", model: d.options.model, ids, images: [] },
    samples,
    policyVersion: version,
    temperature,
  };
}

/** Numbers of the candidates that are drawn; each from a generator of its own, so that draw i does not depend on n. */
function picked(
  logprobs: readonly number[],
  { n, mode, rng }: { readonly n: number; readonly mode: Mode; readonly rng: Rng },
): readonly number[] {
  switch (mode) {
    case "greedy": {
      const best = logprobs.indexOf(Math.max(...logprobs));
      return Array.from({ length: n }, () => best);
    }
    case "sample": {
      const p = logprobs.map((l) => exp(l));
      return Array.from({ length: n }, (_, i) => categorical(rng.derive(i), p));
    }
    case "distinct": {
      const scores = logprobs.map((l, i) => ({ i, score: l + gumbel(rng.derive(i)) }));
      return scores.sort((a, b) => b.score - a.score || a.i - b.i).slice(0, n).map(({ i }) => i);
    }
  }
}
