import { keyedRng } from "../../stats/rng.ts";
import { shuffle } from "../../stats/sampling.ts";
import { softmax } from "../../stats/softmax.ts";

/** A goal's words and the kinds it asks for, one or more. */
export interface LabelledWords {
  readonly words: readonly string[];
  readonly kinds: readonly string[];
}

/** Tells what goals ask for, by labelled ones it has learned from. */
export interface GoalClassifier {
  /** Probability of each kind that an example has; they add up to 1. */
  probabilities(words: readonly string[]): ReadonlyMap<string, number>;
  /** The words that speak most for a kind, the strongest first, three at most; none where only the number of examples speaks for it. */
  reasons(words: readonly string[], kind: string): readonly string[];
}

const epochs = 6;
/** Epochs at the end whose weights are averaged. */
const averaged = 4;
const rate = 0.5;
const decay = 2e-4;
/** Kinds that are wrong by less are left as they are. */
const leastError = 1e-3;
/** A feature of one example alone is left out. */
const leastExamples = 2;
/** Words of a goal that count; what follows them does not. */
export const mostWords = 200;

/**
 * Multinomial logistic regression over the words of a goal, pairs of them, and runs of letters. A goal of several kinds counts for
 * each in equal parts. Trained by AdaGrad (Duchi et al., 2011) with weight decay, the weights averaged over the last epochs; equal
 * examples in equal order give equal weights.
 */
export function trainClassifier(examples: readonly LabelledWords[]): GoalClassifier {
  const kinds = [...new Set(examples.flatMap((one) => one.kinds))].sort();
  const n = kinds.length;
  const features = examples.map(({ words }) => featuresOf(words));
  const ids = idsOf(features);
  const weights = new Float32Array(ids.size * n);
  const bias = new Float64Array(n);

  /** Probabilities of all kinds, for features by id. */
  function outputs(known: Int32Array): Float64Array {
    const z = Float64Array.from(bias);
    const scale = scaleOf(known);
    for (const id of known) {
      const at = id * n;
      for (let k = 0; k < n; k++) z[k]! += scale * weights[at + k]!;
    }
    return softmax(z);
  }

  function train(): void {
    const squares = new Float32Array(weights.length).fill(1e-8);
    const biasSquares = new Float64Array(n).fill(1e-8);
    let goals = examples.map(({ kinds: own }, i) => ({
      known: knownOf(features[i]!, ids),
      target: kinds.map((kind) => own.includes(kind) ? 1 / own.length : 0),
    }));
    const rng = keyedRng("goal classifier");
    const wrong = new Int32Array(n);
    const sums = new Float32Array(weights.length);
    for (let epoch = 0; epoch < epochs; epoch++) {
      goals = shuffle(rng, goals);
      for (const { known, target } of goals) {
        const errors = outputs(known);
        const scale = scaleOf(known);
        let m = 0;
        for (let k = 0; k < n; k++) {
          const error = errors[k] = target[k]! - errors[k]!;
          if (Math.abs(error) < leastError) continue;
          wrong[m++] = k;
          biasSquares[k]! += error * error;
          bias[k]! += rate * error / Math.sqrt(biasSquares[k]!);
        }
        for (const id of known) {
          for (let i = 0; i < m; i++) {
            const at = id * n + wrong[i]!;
            const gradient = errors[wrong[i]!]! * scale - decay * weights[at]!;
            squares[at]! += gradient * gradient;
            weights[at]! += rate * gradient / Math.sqrt(squares[at]!);
          }
        }
      }
      if (epoch >= epochs - averaged) { for (let at = 0; at < sums.length; at++) sums[at]! += weights[at]! / averaged; }
    }
    weights.set(sums);
  }

  train();
  return {
    probabilities(words) {
      const p = outputs(knownOf(featuresOf(words), ids));
      return new Map(kinds.map((kind, k) => [kind, p[k]!]));
    },
    reasons(words, kind) {
      const k = kinds.indexOf(kind);
      const weightOf = (feature: string): number => weights[ids.get(feature)! * n + k]!;
      const known = [...featuresOf(words)].filter((one) =>
        k >= 0 && ids.has(one) && !unreadable.test(one) && weightOf(one) > 0
      );
      return known.sort((a, b) => weightOf(b) - weightOf(a)).slice(0, 3);
    },
  };
}

function knownOf(features: ReadonlySet<string>, ids: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from([...features].flatMap((feature) => ids.get(feature) ?? []));
}

/** Keeps long goals from saying more than short ones. */
const scaleOf = (known: Int32Array): number => 1 / Math.sqrt(Math.max(1, known.length));

/** Marks features of how words are spelled. */
const spelling = "~";
/** Spellings, masks, beginnings and ends say nothing to a person. */
const unreadable = /^~|[§^$]/;

/** What goals are compared by: words, pairs of words in a row, two or three apart and anywhere, runs of four letters. */
function featuresOf(words: readonly string[]): ReadonlySet<string> {
  const all = ["^", ...plainWords(words.slice(0, mostWords)), "$"];
  const found = new Set(all);
  for (let i = 0; i < all.length; i++) {
    if (i + 1 < all.length) found.add(`${all[i]} ${all[i + 1]}`);
    for (let j = i + 2; j < Math.min(i + 4, all.length); j++) found.add(`${all[i]} … ${all[j]}`);
  }
  const long = [...new Set(all.filter((one) => one.length > 3 || isMask(one)))].sort();
  for (const [i, one] of long.entries()) for (const other of long.slice(i + 1)) found.add(`${one} & ${other}`);
  for (const one of all) {
    const marked = isMask(one) ? "" : `(${one})`;
    for (let i = 0; i + 4 <= marked.length; i++) found.add(spelling + marked.slice(i, i + 4));
  }
  return found;
}

/** Names and texts stand as one sign each, "§q", so that what they say does not count. */
const isMask = (word: string): boolean => word.startsWith("§");

/** Words with every number as one, and masks in a row as one. */
function plainWords(words: readonly string[]): readonly string[] {
  const plain = words.map((one) => /^[\d,.:]+(?:am|pm)?$/.test(one) ? "§number" : one);
  return plain.filter((one, i) => !(isMask(one) && plain[i - 1] === one));
}

function idsOf(all: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const features of all) for (const one of features) counts.set(one, (counts.get(one) ?? 0) + 1);
  const often = [...counts].filter(([, count]) => count >= leastExamples);
  return new Map(often.map(([feature], id) => [feature, id]));
}
