import { definePlugin, type Draw, type Policy, type Rng, type Sample, type SampleRequest } from "halo-agent";
import { categorical, exp, gumbel } from "halo-agent/kit";
import { extraNames, type Extras } from "./extras.ts";
import { choicesAt } from "./features.ts";
import { logProbabilities } from "./model.ts";
import { base, readWeights, startingWeights } from "./weights-file.ts";

/** The embedded default: a log-linear policy over visible elements × verbs × spans of the goal. Exact log-probabilities. */
export default definePlugin({
  kind: "policy",
  name: "linear",
  summary: "Log-linear policy over visible elements, verbs and spans of the goal; learns anywhere, needs no download.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      adapter: {
        type: "string",
        "x-path": true,
        description:
          "Folder of a published linear adapter to start from; without it all weights are zero and sampling is uniform.",
      },
      features: {
        type: "array",
        items: { type: "string", enum: extraNames },
        description:
          "Families beyond the usual: words (goal words × names and kinds), counts (named and not yet chosen), places (ordinals, clicks into fields), texts (of the page, to type), phrases (words and clauses of the goal without quotation marks, to type), ends (what was done against what comes next), named (which of several controls of a kind the goal names), empties (how many fields are empty), lookups (a field takes what the page says at its caption), blanks (only empty fields are typed into), selects (the goal's texts are chosen from native lists).",
      },
    },
  },
  pairsWith: ["linear"],
  async create({ adapter, features }): Promise<Policy> {
    const extras: Extras = new Set(features ?? []);
    let weights = await startingWeights({ adapter });
    let version = 0;
    return {
      need: extras.has("texts") ? { axtree: true } : {},
      can: { trace: "choice", maxN: 1024, deterministic: true, adapters: { format: "linear", base } },
      sample: (request) => Promise.resolve(draw(request, { weights, version, extras })),
      async adopt(published) {
        weights = (await readWeights(published.dir)).weights;
        version = published.version;
      },
      close: () => Promise.resolve(),
    };
  },
});

interface Held {
  readonly weights: Float64Array;
  readonly version: number;
  readonly extras: Extras;
}

function draw(
  { at, n, mode, temperature, rng }: SampleRequest,
  { weights, version: policyVersion, extras }: Held,
): Draw {
  const { candidates, prompt } = choicesAt(at, extras);
  const logps = logProbabilities(weights, prompt);
  const picked = mode === "greedy"
    ? repeat(greedy(logps, rng), n)
    : mode === "distinct"
    ? distinct(logps, { n, temperature, rng })
    : independent(logps, { n, temperature, rng });
  const samples = picked.map((index): Sample => {
    const { action } = candidates[index]!;
    const logprob = logps[index]!;
    return {
      text: JSON.stringify(action),
      parsed: { ok: true, action, repairs: 0 },
      logprob,
      trace: { kind: "choice", index, logprob },
    };
  });
  return { prompt, samples, policyVersion, temperature };
}

interface DrawOptions {
  readonly n: number;
  readonly temperature: number;
  readonly rng: Rng;
}

/** n independent draws; each from a generator of its own, so that draw i does not depend on n. */
function independent(logps: Float64Array, { n, temperature, rng }: DrawOptions): readonly number[] {
  // The best stands at 1, so that a low temperature cannot round every weight to 0.
  const best = logps.reduce((a, b) => Math.max(a, b));
  const p = logps.map((l) => exp((l - best) / temperature));
  return Array.from({ length: n }, (_, i) => categorical(rng.derive(i), p));
}

/** Up to n different candidates: a sample without replacement (Gumbel top-n). */
function distinct(logps: Float64Array, { n, temperature, rng }: DrawOptions): readonly number[] {
  const scores = Array.from(logps, (l, i) => ({ i, score: l / temperature + gumbel(rng.derive(i)) }));
  return scores.sort((a, b) => b.score - a.score || a.i - b.i).slice(0, n).map(({ i }) => i);
}

/** The most probable candidate; ties are drawn, so that zero weights act like the uniform policy. */
function greedy(logps: Float64Array, rng: Rng): number {
  const best = logps.reduce((a, b) => Math.max(a, b));
  const ties = Array.from(logps.keys()).filter((i) => logps[i] === best);
  return ties[rng.int(ties.length)]!;
}

const repeat = (value: number, n: number): readonly number[] => Array.from({ length: n }, () => value);
