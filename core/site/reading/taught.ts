import { HaloError } from "../../util/errors.ts";
import type { FreeReader, ReadErrand } from "./errand.ts";
import { type GoalExample, none } from "./examples.ts";
import { type GoalClassifier, type LabelledWords, trainClassifier } from "./goal-classifier.ts";
import { isPlain } from "./mood.ts";
import type { Told } from "./told.ts";

/** How a reader is taught by examples. */
export interface Teaching {
  /** Goals with their kinds, some of none among them; asked for when the first goal is weighed. Else HALO_CONFIG_INVALID is thrown. */
  readonly examples: () => readonly GoalExample[];
  /** A goal's words as they are compared: mended, canonical, names and texts masked. Pure. */
  readonly told: (goal: string) => Told;
  /** The errand of a kind, with what the whole goal says of it. */
  readonly errand: (kind: string, told: Told) => Omit<ReadErrand, "decided">;
}

/** Below it a kind that rules read is not believed; of several in one goal, below a fifth of it. */
const leastOwn = 0.06;
/** From it examples alone decide, where rules read nothing. */
const sureAlone = 0.85;
/** From it they decide against rules that are not believed. */
const sureAgainst = 0.9;
/** From it a part that rules did not understand is held for an errand that the site cannot do. */
const sureStrange = 0.7;

/**
 * A reader with a second opinion, by a classifier of labelled goals. What `read` finds is believed unless examples speak against
 * it. Where it finds nothing, or what they speak against, they decide if they are sure, nothing turns the goal round, and its first
 * word is not one that they use for other kinds only. What `read` refuses surely stays refused.
 */
export function taughtBy(read: FreeReader, { examples, told, errand }: Teaching): FreeReader {
  let learned: Learned | undefined;
  return (goal) => {
    const found = read(goal);
    if ("unread" in found && found.isSure) return found;
    const { probabilities, reasons, uses } = learned ??= learnedFrom(examples(), told);
    const whole = told(goal);
    const words = wordsOf(whole);
    const likely = probabilities(words);
    const own = "errands" in found ? [...new Set(found.errands.map(({ kind }) => kind))] : [];
    const least = own.length > 1 ? leastOwn / 5 : leastOwn;
    // A kind without examples is left to the rules.
    if (own.length > 0 && own.every((kind) => (likely.get(kind) ?? 1) >= least)) return found;
    if ("unread" in found && found.beside && probabilities(wordsOf(found.beside)).get(none)! >= sureStrange) {
      return found;
    }
    const [best, sure] = [...likely].reduce((one, other) => other[1] > one[1] ? other : one);
    const decided = reasons(words, best).join(", ");
    const isDecided = best !== none && own.length < 2 && sure >= (own.length === 0 ? sureAlone : sureAgainst) &&
      decided !== "" && isPlain(whole) && uses.get(words[0]!)?.has(best) !== false;
    if (isDecided) return { errands: [{ ...errand(best, whole), decided: `examples with: ${decided}` }] };
    if (own.length === 0) return found;
    const other = best === none ? "nothing this site can do" : `"${best}"`;
    return { unread: `its words say "${own.join(" + ")}", but examples like it ask for ${other}` };
  };
}

interface Learned extends GoalClassifier {
  /** By word: the kinds of goals that have it. */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>;
}

function learnedFrom(examples: readonly GoalExample[], told: Teaching["told"]): Learned {
  const all = examples.map(({ goal, kinds }) => ({ words: wordsOf(told(goal)), kinds }));
  const kinds = new Set(all.flatMap((one) => one.kinds));
  if (!kinds.has(none) || kinds.size < 2) {
    throw new HaloError(
      "HALO_CONFIG_INVALID",
      `a reader is taught by goals of at least one kind and by some of none, not by ${all.length} of ${
        [...kinds].join(", ") || "no kind"
      }`,
      {
        hint: `write goals that the site cannot do below "# ${none}", and some dozens below each kind`,
      },
    );
  }
  return { ...trainClassifier(all), uses: usesOf(all) };
}

function usesOf(all: readonly LabelledWords[]): Learned["uses"] {
  const uses = new Map<string, Set<string>>();
  for (const { words, kinds } of all) {
    for (const word of words) {
      const own = uses.get(word) ?? new Set();
      uses.set(word, own);
      for (const kind of kinds) own.add(kind);
    }
  }
  return uses;
}

const wordsOf = ({ tokens }: Told): readonly string[] => tokens.map(({ low }) => low);
