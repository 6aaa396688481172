import { type GoalReader, readGoal, type Wish } from "../wish.ts";
import { straightQuotes } from "../wording-doubt.ts";
import { type FreeReader, type FreeReading, type Objects, type ReadErrand, refusal, type Unread } from "./errand.ts";
import type { GoalExample } from "./examples.ts";
import { type NameFinder, nameFinder, type Names } from "./names.ts";
import { addressed, asksToKnow, endsTakenBack, isTakenBack, type Mood, turnedRound } from "./mood.ts";
import { referred, thingIn } from "./refer.ts";
import { taughtBy } from "./taught.ts";
import { spelled, tell, type Token, type Told, toldOf, type Vocabulary } from "./told.ts";
import { type Unit, unitsOf } from "./units.ts";
import { strangeVerb } from "./verbs.ts";

/** How one kind of errand is worded; the words of a unit of a goal are tried on it. */
export interface Frame {
  /** The site's name for the kind; "" is what the site cannot do. */
  readonly kind: string;
  readonly says: RegExp;
  /** Words with which it is not this kind. */
  readonly but?: RegExp;
  /** True where the words deny something by themselves: "don't show it". */
  readonly denies?: true;
  /** True where "all" and "every" mean the kind as it is: "all condos". */
  readonly many?: true;
  /** True where a question asks for it: "any homes in Oakland?". */
  readonly asks?: true;
  /** True where the words are tried on the whole goal first: "the tent I set aside … put it into the cart". */
  readonly whole?: true;
  /** True where words to write follow, which hold no errand of their own; a pattern where they do only if it fits "unit ¦ next unit". */
  readonly writes?: true | RegExp;
}

/** A unit with the kind that its words have. */
export interface Step {
  readonly kind: string;
  readonly decided: string;
  readonly told: Told;
  /** Asked for, not only told. */
  readonly isCommand: boolean;
}

/** How a site's goals are read by frames. */
export interface FrameRules {
  readonly vocabulary: Vocabulary;
  readonly names: Names;
  /** What the site's pages call their buttons and choices; in quotation marks it is no text. */
  readonly controls?: RegExp;
  /** The goal with numbers and signs in the form that the frames know; the same goal when absent. */
  readonly prepared?: (goal: string) => string;
  /** The words with values of several tokens as one: an address, a day. */
  readonly marked?: (told: Told) => Told;
  /** Words with which a command begins, in the vocabulary's form. */
  readonly begins: RegExp;
  /** Tried in order; the first that fits a unit decides. */
  readonly frames: readonly Frame[];
  /** Kinds that one unit can ask for several of, in the order of its words. */
  readonly several?: RegExp;
  /** By kind: how a unit of it begins that begins with a verb; with another verb it asks for something else. */
  readonly acts?: Readonly<Record<string, RegExp>>;
  /** Marks of names that "it" and "that one" may mean. */
  readonly things?: RegExp;
  /** Units that name what is made: "call it Lunch". */
  readonly titles?: RegExp;
  /** Units that say what is to stay as it is: "keep the lunch". */
  readonly keeps?: RegExp;
  /** Words without which what is only told asks for nothing; anything told asks when absent. */
  readonly tells?: RegExp;
  /** Why a step is not sure after all, by everything that its words say; undefined when it is. */
  readonly doubts?: (step: Step, whole: Told) => string | undefined;
  /** Units that only say more of an errand: "use the Visa card". */
  readonly more?: RegExp;
  /** Units that point back at what was told, "filter by that type", and the kinds that are asked for by them. */
  readonly pointsBack?: { readonly says: RegExp; readonly kinds: RegExp };
  /** What the site cannot do, wherever a goal speaks of it outside of names and quoted texts. */
  readonly foreign: RegExp;
  /** Why a unit is not read as the kind whose frame fits it, or as one of no kind; "" where it only tells of something. */
  readonly weighs?: (unit: Unit, frame: Frame | undefined) => string | undefined;
  /** Makes one of steps that are one errand, such as to find and to delete. */
  readonly joined?: (steps: readonly Step[], whole: Told) => readonly Step[];
  /** What a step is about, by name; what the goal does not say is undefined. */
  readonly objects: (step: Step, whole: Told) => Readonly<Record<string, string | undefined>>;
  /** Labelled goals, by which the reader is taught besides; none when absent. */
  readonly examples?: () => readonly GoalExample[];
}

/**
 * A reader of goals by frames. A goal is cut into units; each is told by the first frame that fits, tells of circumstances, or
 * makes the goal one that is not understood: where it asks by a verb that no frame knows, means many things where a frame
 * means one, or speaks of what the site cannot do. With `examples`, what it reads is weighed against them.
 */
export function frameReader(rules: FrameRules): FreeReader {
  const finder = nameFinder(rules.names);
  const told = (goal: string): Told => wholeOf(goal, rules, finder);
  const byFrames = readerByFrames(rules, told);
  if (rules.examples === undefined) return byFrames;
  return taughtBy(byFrames, {
    examples: rules.examples,
    told,
    errand: (kind, whole) => {
      const step = { kind, decided: "", told: whole, isCommand: true };
      const [one, other] = rules.joined?.([step], whole) ?? [step];
      return one?.kind === kind && other === undefined
        ? { kind, objects: onlyKnown(rules.objects(one, whole)) }
        : undefined;
    },
  });
}

function readerByFrames(rules: FrameRules, toldIn: (goal: string) => Told): FreeReader {
  return (goal) => {
    const whole = toldIn(goal);
    const strange = rules.foreign.exec(whole.plain);
    if (strange !== null) return refusal(`"${strange[0].trim()}" is nothing this site can do`);
    const turned = turnedRound(whole);
    if (turned !== undefined) return refusal(`it says "${turned}"`);
    if (endsTakenBack.test(whole.plain)) return refusal("it takes back what it asks for");
    let isAsked = false;
    let isTurned = false;
    let pointed: string | undefined;
    const spanning = rules.frames.find((frame) =>
      frame.whole && frame.says.test(whole.plain) && !frame.but?.test(whole.plain) &&
      !denies.test(whole.plain.replace(frame.says, " "))
    );
    if (spanning !== undefined) {
      const decided = shownOf(spanning.says.exec(whole.plain)![0]);
      return errandsOf([{ kind: spanning.kind, decided, told: whole, isCommand: true }]);
    }
    const units = unitsOf(whole, rules.begins);
    let steps: Step[] = [];
    let isWriting = false;
    const moods: Mood[] = [];
    let before: readonly Token[] = [];
    for (const [i, one] of units.entries()) {
      const unit = { ...one, told: referredIn(one.told, before) };
      const named = rules.things === undefined ? [] : thingIn(one.told, rules.things);
      if (named.length > 0) before = named;
      const isDropped = /^(?:forget|scratch|skip) (?:it|that)$/.test(one.told.plain) &&
        steps.some(({ isCommand }) => isCommand);
      if (isDropped || isTakenBack(one.told, moods)) {
        steps = [];
        continue;
      }
      if (!isWriting && asksToKnow.test(one.told.plain)) return refusal("it asks to be told something");
      if (unit.isCondition) return refusal("it asks under a condition");
      if (unit.isDenied && unfinished.test(one.told.plain)) return refusal("it is not to be finished");
      moods.push(unit.mood);
      isAsked ||= rules.more?.test(one.told.plain) === true;
      isTurned ||= (unit.isDenied || unit.mood !== "plain") && fitsIn(one.told.plain, rules);
      if (unit.isPurpose || unit.mood === "unreal" || unit.mood === "done" || rules.keeps?.test(one.told.plain)) {
        continue;
      }
      if (!isWriting && rules.pointsBack?.says.test(one.told.plain) === true) {
        steps = steps.map((step) => ({ ...step, isCommand: true }));
        pointed = one.told.plain;
        continue;
      }
      const meant = stepsOf(unit, rules);
      const found = unit.told === one.told || ("steps" in meant && meant.steps.length > 0)
        ? meant
        : stepsOf(one, rules);
      if ("unread" in found) {
        if (isWriting) continue;
        const isPart = units.some((other) => other !== one && fitsIn(other.told.plain, rules));
        return isPart && !found.isSure ? { ...found, beside: one.told } : found;
      }
      if (isWriting && !rules.begins.test(unit.told.plain)) continue;
      steps.push(...found.steps);
      // A text in quotation marks is over where they close.
      const { writes } = found;
      const isText = writes === true || writes?.test(`${unit.told.plain} ¦ ${units[i + 1]?.told.plain}`) === true;
      isWriting ||= isText && !/§q/u.test(unit.told.plain);
    }
    return errandsOf(steps);

    function referredIn(told: Told, named: readonly Token[]): Told {
      if (rules.things === undefined || rules.more?.test(told.plain) === true) return told;
      return referred(told, { before: named, things: rules.things, isVerb: rules.begins.test(told.plain) });
    }

    function errandsOf(found: readonly Step[]): FreeReading {
      if (
        rules.tells !== undefined && !isAsked && pointed === undefined && found.length > 0 &&
        !found.some(({ isCommand }) => isCommand)
      ) {
        if (!rules.tells.test(whole.plain)) return refusal("it only tells of something");
      }
      // What is told beside a command says why, or how things are to be.
      const counts = ({ isCommand, kind }: Step): boolean => isCommand || rules.several?.test(kind) === true;
      const asked = found.some(({ isCommand }) => isCommand) ? found.filter(counts) : found;
      const joined = rules.joined?.(asked, whole) ?? asked;
      if (pointed !== undefined && !joined.some(({ kind }) => rules.pointsBack!.kinds.test(kind))) {
        return { unread: `nothing says what is meant by "${pointed}"` };
      }
      for (const step of joined) {
        const doubt = rules.doubts?.(step, whole);
        if (doubt !== undefined) return { unread: doubt };
      }
      const errands = joined.map((step): ReadErrand => ({
        kind: step.kind,
        decided: step.decided,
        objects: onlyKnown(rules.objects(step, whole)),
      }));
      const [first, ...rest] = errands.filter(({ kind }, i) => kind !== errands[i - 1]?.kind);
      if (first !== undefined) return { errands: [first, ...rest] };
      const unread = "no word says what to do";
      return isTurned ? refusal(unread) : { unread };
    }
  };
}

/** Names or quoted texts of a mark, as the site or the goal spells them: those beside a step's words, else all of the goal. */
export function spelledAs(
  mark: string,
  { told, whole }: { readonly told: Told; readonly whole: Told },
): readonly string[] {
  const rawsIn = ({ tokens }: Told): readonly string[] =>
    tokens.filter(({ low }) => low === mark).map(({ raw }) => raw);
  const own = rawsIn(told);
  return own.length > 0 ? own : rawsIn(whole);
}

const onlyKnown = (values: Readonly<Record<string, string | undefined>>): Objects =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Objects;

/**
 * The same reader, with the quoted texts of a goal where a site's own patterns put them: which of two is the title, which the
 * note. Only where both find one errand of the same kind.
 */
export function quotedBy<W extends Wish>(read: FreeReader, patterns: readonly GoalReader<W>[]): FreeReader {
  return (goal) => {
    const found = read(goal);
    if (!("errands" in found) || found.errands.length > 1) return found;
    const [errand] = found.errands;
    const { kind, ...values }: Wish = readGoal(patterns, goal) ?? { kind: "" };
    if (kind !== errand.kind) return found;
    const text = straightQuotes(goal);
    const quoted = Object.entries(values).filter(([, value]) => text.includes(`"${value}"`));
    return { errands: [{ ...errand, objects: { ...errand.objects, ...Object.fromEntries(quoted) } }] };
  };
}

function wholeOf(goal: string, { controls, prepared, vocabulary, marked }: FrameRules, finder: NameFinder): Told {
  const plain = goal.replace(
    /(?<![\p{L}\p{N}])(["“„‘'])((?:(?!\1)[^"“”„‘’])+)["”“’']/gu,
    (all: string, _: string, said: string) => controls?.test(said) ? said : all,
  );
  const told = entitled(addressed(finder.masked(tell(prepared?.(plain) ?? plain, vocabulary))));
  return marked?.(told) ?? told;
}

/** What follows "called" with a capital is a name, as if it stood in quotation marks. */
function entitled({ goal, tokens }: Told): Told {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    out.push(tokens[i]!);
    let end = i + 1;
    if (!/^(?:called|named|titled|entitled)$/i.test(tokens[i]!.raw) || !/^\p{Lu}/u.test(tokens[end]?.raw ?? "")) {
      continue;
    }
    while (
      end < tokens.length &&
      !/^(?:[.,;:!?()–—]|for|on|at|and|with|in|to|from|instead|please|only|if|unless|because|without|is|are|was|has|should|must|shall|can|may|needs?|gets?)$/
        .test(tokens[end]!.low)
    ) end++;
    const own = tokens.slice(i + 1, end);
    if (own[0]!.low === "§q" || (own.length === 1 && own[0]!.low.startsWith("§"))) continue;
    out.push({ low: "§q", raw: spelled(goal, own), start: own[0]!.start, end: own.at(-1)!.end });
    i = end - 1;
  }
  return toldOf(goal, out);
}

/** What is begun only: "but don't send it". */
const unfinished =
  /^(?:do not|never) (?:(?:actually|really|yet) )?(?:send|submit|save|confirm|finish|complete|place)(?: (?:it|that|this|them|anything|(?:the|my|any) (?:orders?|form|message|requests?|event|changes?|invitations?)))?(?: (?:off|yet|now))*$/;

type UnitReading = { readonly steps: readonly Step[]; readonly writes?: Frame["writes"] } | Unread;

const fitsIn = (plain: string, { frames }: FrameRules): boolean =>
  frames.some(({ kind, says, but }) => kind !== "" && says.test(plain) && !but?.test(plain));

/** What turns a command round; a frame that denies by itself has it in its own words. */
const denies = /\b(?:not|never|no|nothing|nobody|stop|avoid|without|rather)\b/;
const nothing: UnitReading = { steps: [] };
const many = /\b(?:everything|everyone|everybody|all|both|each|every|any)\b/;
const notMany =
  /\b(?:all[- ]?day|at all|after all|all (?:of )?a sudden|all right|all the way|above all|all about|all this|all that|all (?:the|of the) day|not any|any ?more|any longer|every (?:\d|\p{L}+day|morning|evening|day|week|month|year|other|second|time)|each (?:\p{L}+day|morning|evening|day|week|month|year)|in any case)\b/gu;
const except = /\b(?:except|apart from|other than|but not|all but|everything but|save for)\b/;

function stepsOf(unit: Unit, rules: FrameRules): UnitReading {
  const { told, isDenied, isCommand, asks, isAside } = unit;
  const { plain } = told;
  const fits = rules.frames.filter((frame) =>
    (!isDenied || (frame.denies && denies.test(frame.says.exec(plain)?.[0] ?? ""))) && (!asks || frame.asks) &&
    frame.says.test(plain) && !frame.but?.test(plain)
  );
  const [first] = fits;
  const doubt = rules.weighs?.(unit, first);
  if (doubt !== undefined) return doubt === "" ? nothing : { unread: doubt };
  if (first === undefined) {
    if (isDenied || asks || isAside || rules.more?.test(plain) === true || rules.titles?.test(plain) === true) {
      return nothing;
    }
    const strange = strangeVerb(plain, rules.begins);
    return strange === undefined ? nothing : { unread: `"${strange}" asks for nothing this site knows` };
  }
  const decided = shownOf(first.says.exec(plain)![0]);
  if (first.kind === "") return refusal(`"${decided}" is nothing this site can do`);
  if (/\b(?:only if|unless)\b/.test(plain)) return refusal("it asks under a condition");
  if (first.many !== true && first.writes === undefined) {
    const found = many.exec(plain.replace(notMany, " ")) ?? except.exec(plain);
    if (found !== null) return refusal(`it says "${found[0]}"`);
  }
  const further = first.writes !== undefined || !isCommand ? undefined : furtherVerb(plain, rules);
  if (further !== undefined) return refusal(`"${further}" asks for nothing this site knows`);
  const acts = rules.acts?.[first.kind];
  if (acts !== undefined && !acts.test(plain)) {
    const other = strangeVerb(plain, rules.begins);
    if (other !== undefined) return refusal(`"${other}" is another request than "${decided}"`);
  }
  const all = rules.several?.test(first.kind) === true
    ? fits.filter(({ kind }, i) => rules.several!.test(kind) && fits.findIndex((one) => one.kind === kind) === i)
    : [first];
  const placed = all.map((frame) => ({ frame, at: frame.says.exec(plain)! })).sort((a, b) => a.at.index - b.at.index);
  const steps = placed.map(({ frame, at }) => ({ kind: frame.kind, decided: shownOf(at[0]), told, isCommand }));
  return { steps, writes: first.writes };
}

/** A second command behind a joint, by a verb that no frame knows: "… and count the lamps". */
function furtherVerb(plain: string, { more, titles }: FrameRules): string | undefined {
  const tails = [
    ...plain.matchAll(/(?<= (?:,|and|then|plus) )\p{L}+(?<!ing|ever) (?!§(?:money|phone|time|day|number))/gu),
  ].map(({ index }) => plain.slice(index).replace(/^(\p{L}+) (?:up|down) /u, "$1 "));
  return tails.filter((one) => !more?.test(one) && !titles?.test(one)).map((one) => strangeVerb(one, /^(?!)/))
    .find((one) => one !== undefined);
}

function shownOf(found: string): string {
  const words = found.trim().split(" ");
  return words.length <= 6 ? words.join(" ") : `${words.slice(0, 3).join(" ")} … ${words.slice(-2).join(" ")}`;
}
