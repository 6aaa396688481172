import { type Action, definePlugin, type Element, type Policy, type Sample } from "halo-agent";
import { categorical, logSoftmax, shuffle, softmax } from "halo-agent/kit";

/** Clicks what shares words with the goal; learns nothing. A starting point for a policy of your own. */
export default definePlugin({
  kind: "policy",
  name: "my-policy",
  summary: "Clicks the control that shares most words with the goal.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      sharpness: { type: "number", default: 2, minimum: 0, description: "How much one more shared word counts." },
    },
  },
  create: ({ sharpness }): Policy => ({
    need: {},
    can: { trace: "none", maxN: 64, deterministic: true },
    sample({ at, n, mode, temperature, rng }) {
      const words = wordsOf(at.task.text);
      const elements = at.observation.elements.filter((e) => !e.states.includes("disabled"));
      const actions: readonly Action[] = [...elements.map((e): Action => ({ action: "click", el: e.id })), {
        action: "done",
      }];
      const scores = [...elements.map((e) => sharpness * shared(e, words)), 0];
      const logprobs = logSoftmax(scores);
      const best = scores.indexOf(Math.max(...scores));
      const p = softmax(scores.map((score) => score / temperature));
      // Randomness comes from the request's rng only, so that equal requests give equal draws.
      const picked = mode === "greedy"
        ? Array.from({ length: n }, () => best)
        : mode === "distinct"
        ? shuffle(rng, [...actions.keys()]).slice(0, n)
        : Array.from({ length: n }, (_, i) => categorical(rng.derive(i), p));
      const samples = picked.map((i): Sample => ({
        text: JSON.stringify(actions[i]),
        parsed: { ok: true, action: actions[i]!, repairs: 0 },
        logprob: logprobs[i]!,
        trace: { kind: "none" },
      }));
      return Promise.resolve({ prompt: { kind: "none" }, samples, policyVersion: 0, temperature });
    },
    close: () => Promise.resolve(),
  }),
});

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

function shared(element: Element, words: readonly string[]): number {
  const own = new Set(wordsOf(`${element.name} ${element.near}`));
  return words.filter((word) => own.has(word)).length;
}
