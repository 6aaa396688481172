import { HaloError } from "../../util/errors.ts";
import type { FreeReader, ReadErrand } from "./errand.ts";
import { type GoalExample, none } from "./examples.ts";
import { type GoalClassifier, type LabelledWords, mostWords, trainClassifier } from "./goal-classifier.ts";
import { isPlain } from "./mood.ts";
import { unwrapped } from "./polite.ts";
import { tell, type Told, type Vocabulary } from "./told.ts";

/** How a reader is taught by examples. */
export interface Teaching {
  /** Goals with their kinds, some of none among them; asked for when the first goal is weighed. Else HALO_CONFIG_INVALID is thrown. */
  readonly examples: () => readonly GoalExample[];
  /** A goal's words as they are compared: mended, canonical, names and texts masked. Pure. */
  readonly told: (goal: string) => Told;
  /** The errand of a kind, with what the whole goal says of it; undefined where it says what the kind leaves out. */
  readonly errand: (kind: string, told: Told) => Omit<ReadErrand, "decided"> | undefined;
}

/** Below it the kinds that rules read are not believed, all of a goal together. */
const leastTogether = 0.25;
/** Below it one of several kinds is not. */
const leastOfSeveral = 0.02;
/** From these on examples decide, by the words as rules see them and by the words as they are written. */
const sure = { told: 0.6, written: 0.5 };
/** From these on they decide against rules that are not believed. */
const sureAgainst = { told: 0.85, written: 0.6 };
/** From it a part that rules did not understand is held for an errand that the site cannot do. */
const sureStrange = 0.7;

/**
 * A reader with a second opinion, by two classifiers of labelled goals: one of the words that rules see, one of the words as they are
 * written. What `read` finds is believed unless they speak against it. Where it finds nothing, or what they speak against, they decide
 * if both are sure of one kind, nothing turns the goal round, and its first word is not one that begins goals of other kinds only. What
 * `read` refuses surely stays refused.
 */
export function taughtBy(read: FreeReader, { examples, told, errand }: Teaching): FreeReader {
  let learned: Learned | undefined;
  return (goal) => {
    const found = read(goal);
    if ("unread" in found && found.isSure) return found;
    const { byTold, byWritten, beginsOthers } = learned ??= learnedFrom(examples(), told);
    const whole = told(goal);
    const words = wordsOf(whole);
    const [likely, other] = [byTold.probabilities(words), byWritten.probabilities(writtenIn(goal))];
    const own = "errands" in found ? [...new Set(found.errands.map(({ kind }) => kind))] : [];
    if (own.length > 0 && isBelieved()) return found;
    if ("unread" in found && found.beside && byTold.probabilities(wordsOf(found.beside)).get(none)! >= sureStrange) {
      return found;
    }
    const [best, p] = topOf(likely);
    const one = decides() ? errand(best, whole) : undefined;
    const decided = one === undefined ? "" : byTold.reasons(words, best).join(", ");
    if (one !== undefined && decided !== "") return { errands: [{ ...one, decided: `examples with: ${decided}` }] };
    if (own.length === 0) return found;
    const said = best === none ? "nothing this site can do" : `"${best}"`;
    return { unread: `its words say "${own.join(" + ")}", but examples like it ask for ${said}` };

    function isBelieved(): boolean {
      const mean = new Map([...likely].map(([kind, p]) => [kind, (p + other.get(kind)!) / 2]));
      // A kind without examples is left to the rules.
      const beliefs = own.map((kind) => mean.get(kind) ?? 1);
      const together = beliefs.reduce((sum, one) => sum + one, 0);
      const isLess = [...mean].some(([kind, p]) => kind !== none && !own.includes(kind) && p > together);
      return together >= leastTogether && Math.min(...beliefs) >= leastOfSeveral && !isLess;
    }

    function decides(): boolean {
      const bounds = own.length === 0 ? sure : sureAgainst;
      const [second, q] = topOf(other);
      return best !== none && best === second && p >= bounds.told && q >= bounds.written && own.length < 2 &&
        isPlain(whole) && !beginsOthers(words[0]!, best);
    }
  };
}

const topOf = (likely: ReadonlyMap<string, number>): readonly [kind: string, p: number] =>
  [...likely].reduce((one, other) => other[1] > one[1] ? other : one);

interface Learned {
  readonly byTold: GoalClassifier;
  readonly byWritten: GoalClassifier;
  /** True where goals of other kinds begin with a word, and none of this kind. */
  beginsOthers(word: string, kind: string): boolean;
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
  return {
    byTold: trainClassifier(all),
    byWritten: trainClassifier(examples.map(({ goal, kinds }) => ({ words: writtenIn(goal), kinds }))),
    beginsOthers: beginnings(all),
  };
}

/** So many goals of one errand must begin with a word before it is held against other kinds. */
const leastBegun = 3;

function beginnings(all: readonly LabelledWords[]): Learned["beginsOthers"] {
  const begun = new Map<string, string[]>();
  for (const { words: [first = ""], kinds } of all) {
    if (kinds.length > 1) continue;
    if (!begun.has(first)) begun.set(first, []);
    begun.get(first)!.push(kinds[0]!);
  }
  return (word, kind) => {
    const kinds = begun.get(word) ?? [];
    return kinds.length >= leastBegun && !kinds.includes(kind);
  };
}

const wordsOf = ({ tokens }: Told): readonly string[] => unwrapped(tokens.slice(0, mostWords).map(({ low }) => low));
const noSynonyms: Vocabulary = { same: {}, known: new Set() };
/** The words as they are written, in lower case, names and texts masked. */
const writtenIn = (goal: string): readonly string[] => wordsOf(tell(goal, noSynonyms));
