import type { Element, Observation, Point } from "halo-agent";
import type { Candidate } from "./candidates.ts";
import { hashOf, join } from "./hashing.ts";
import { emitPast, type Past, pastOf, plainControl } from "./ends.ts";
import { type Found, pageTexts } from "./page-texts.ts";
import { emitHead, emitPhrase, type Phrases, phrasesOf } from "./phrases.ts";
import { type GoalParts, type Span, wordsOf } from "./spans.ts";

/**
 * Families of features that a pipeline may add. `words`: what the goal's words and quoted texts say of a control by its name and kind.
 * `counts`: how many controls that the goal names are still to be chosen. `places`: rank of a control among those of its kind against
 * the goal's ordinals, and clicks into fields. `texts`: texts of the page and other cases of the goal's texts, to be typed.
 * `phrases`: words and clauses of the goal that stand without quotation marks, to be typed. `ends`: what was done and the goal's words
 * against what comes next, to tell when all is done. `named`: which of several controls of a kind the goal names, whatever they are
 * called; heavier than what is learned of single names, so that it holds for names that were never met. `empties`: how many fields are
 * empty. `lookups`: what a page says beside a field's caption, as in a table, is all of the page that is typed there. `blanks`: only fields
 * that hold nothing are typed into. `selects`: the goal's texts are chosen from native lists, which a click does not open for an agent.
 */
export const extraNames = [
  "words",
  "counts",
  "places",
  "texts",
  "phrases",
  "ends",
  "named",
  "empties",
  "lookups",
  "blanks",
  "selects",
] as const;
export type Extra = typeof extraNames[number];
export type Extras = ReadonlySet<Extra>;
export const noExtras: Extras = new Set();

/** What the added families know of a page, once per observation. */
export interface Known {
  readonly extras: Extras;
  /** Hashes of the goal's words, those inside its quoted texts too. */
  readonly goalHashes: readonly number[];
  /** Hashes of the goal's quoted texts. */
  readonly quotedHashes: readonly number[];
  readonly skeleton: number;
  /** Controls whose whole name stands in the goal. */
  readonly named: ReadonlySet<Element>;
  /** How many of them can be chosen and are not, at most 3. */
  readonly left: number;
  /** Place of a control among those of its kind, from 0, at most 9. */
  readonly ranks: ReadonlyMap<Element, number>;
  /** Ordinals that the goal names, from 0. */
  readonly ordinals: ReadonlySet<number>;
  /** Kinds of which the page has several controls, of which the goal names one at least. */
  readonly contrasted?: ReadonlySet<string>;
  /** How many fields hold nothing, at most 3; 4 where none can be written in. */
  readonly empties?: number;
  readonly found: Found;
  readonly phrases?: Phrases;
  readonly past?: Past;
}

/** Looks at a page for the families asked for. */
export function knownOf(at: Point, goal: GoalParts, extras: Extras): Known {
  const { elements } = at.observation;
  const said = ` ${wordsOf(at.task.text).join(" ")} `;
  const named = new Set(elements.filter(({ name }) => {
    const words = wordsOf(name).join(" ");
    return words !== "" && said.includes(` ${words} `);
  }));
  const left = [...named].filter((e) => isChoosable(e) && !isChosen(e)).length;
  return {
    extras,
    goalHashes: [...new Set(wordsOf(at.task.text))].slice(0, 24).map(hashOf),
    quotedHashes: goal.spans.filter(({ kind }) => kind === "quoted").map(({ text }) => hashOf(text.toLowerCase())),
    skeleton: hashOf(goal.skeleton),
    named,
    left: Math.min(3, left),
    ranks: ranksIn(at.observation),
    ordinals: ordinalsIn(at.task.text),
    ...(extras.has("named") && { contrasted: contrastedIn(elements, named) }),
    ...(extras.has("empties") && { empties: emptiesIn(elements) }),
    found: extras.has("texts") ? pageTexts(at, goal) : { spans: [], captions: new Map() },
    ...(extras.has("phrases") && { phrases: phrasesOf(at, goal) }),
    ...(extras.has("ends") && { past: pastOf(at) }),
  };
}

const isChoosable = ({ role }: Element): boolean => /^(checkbox|radio|switch|option|menuitemcheckbox)$/.test(role);
const isChosen = ({ states }: Element): boolean => states.includes("checked") || states.includes("selected");
/** Role and, of a field, whether it takes lines: what kind of control a person sees. */
const kindOf = ({ role, states }: Element): string => states.includes("multiline") ? `${role} of lines` : role;

function contrastedIn(elements: readonly Element[], named: ReadonlySet<Element>): ReadonlySet<string> {
  const kinds = Map.groupBy(elements, kindOf);
  return new Set([...kinds].flatMap(([kind, all]) => all.length > 1 && all.some((e) => named.has(e)) ? [kind] : []));
}

function emptiesIn(elements: readonly Element[]): number {
  const fields = elements.filter(({ states }) => states.includes("editable"));
  return fields.length === 0 ? 4 : Math.min(3, fields.filter(({ value }) => !value).length);
}

function ranksIn({ elements }: Observation): ReadonlyMap<Element, number> {
  const counts = new Map<string, number>();
  return new Map(elements.map((element) => {
    const kind = kindOf(element);
    const rank = counts.get(kind) ?? 0;
    counts.set(kind, rank + 1);
    return [element, Math.min(9, rank)];
  }));
}

const ordinalWords = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

function ordinalsIn(text: string): ReadonlySet<number> {
  const numbers = [...text.matchAll(/(?<![\p{L}\p{N}])(\d{1,2})(?:st|nd|rd|th)(?![\p{L}\p{N}])/gu)].map(([, n]) =>
    Number(n) - 1
  );
  return new Set([...numbers, ...wordsOf(text).map((word) => ordinalWords.indexOf(word)).filter((i) => i >= 0)]);
}

const family = (name: string): number => hashOf(`extra ${name}`);
const F = {
  wordName: family("goal word, name"),
  wordKind: family("goal word, kind"),
  quotedKind: family("quoted text, kind"),
  quotedName: family("quoted text, name"),
  named: family("named by the goal, kind, chosen"),
  left: family("left to choose, name"),
  leftNamed: family("left to choose, named"),
  rank: family("rank, kind"),
  ordinal: family("rank is an ordinal of the goal"),
  spanRank: family("rank of field, order of span"),
  spanKind: family("kind of text, kind of field"),
  wordSpan: family("goal word, kind of text"),
  skeletonSpan: family("skeleton, kind of text, rank of field"),
  caption: family("caption of text is caption of field"),
  captionGoal: family("word before text is in caption of field"),
  source: family("text is from the field of the goal's ordinal"),
  same: family("text is the field's own"),
  contrast: family("named among its kind, verb"),
  contrastLeft: family("named among its kind, verb, chosen, left to choose"),
  empties: family("empty fields, kind"),
  emptiesName: family("empty fields, name"),
} as const;

/** Value of the features of `named`: a dozen others speak of a control's own name, each with 1. */
const namedWeight = 3;
/** Value of the features of `empties`: they stand against as many of a control's own. */
const emptiesWeight = 2;

/** Emits the features of the families asked for. */
export function emitExtras(
  c: Candidate,
  { known, goal }: { readonly known: Known; readonly goal: GoalParts },
  emit: (hash: number, value?: number) => void,
): void {
  const { extras } = known;
  const { element } = c;
  const verb = hashOf(c.verb);
  if (extras.has("counts")) emit(join(join(F.left, known.left), join(verb, hashOf(element?.name.toLowerCase() ?? ""))));
  if (known.empties !== undefined) {
    const kind = hashOf(element ? kindOf(element) : "");
    emit(join(join(F.empties, known.empties), join(verb, kind)), emptiesWeight);
    emit(join(join(F.emptiesName, known.empties), join(verb, hashOf(element?.name.toLowerCase() ?? ""))));
  }
  if (known.past) {
    emitPast(join(verb, hashOf(plainControl(element))), { past: known.past, words: known.goalHashes }, emit);
  }
  if (!element) return;
  if (known.phrases) emitHead(element, { verb, words: known.phrases.words }, emit);
  if (known.phrases && c.span) emitPhrase(c.span, { element, verb, phrases: known.phrases }, emit);
  const kind = join(verb, hashOf(kindOf(element)));
  const choice = (known.named.has(element) ? 2 : 0) + (isChosen(element) ? 1 : 0);
  if (extras.has("words")) {
    const name = hashOf(element.name.toLowerCase());
    for (const word of known.goalHashes) {
      emit(join(join(F.wordName, word), join(verb, name)), 0.5);
      emit(join(join(F.wordKind, word), kind), 0.5);
    }
    for (const quoted of known.quotedHashes) {
      emit(join(join(F.quotedKind, quoted), kind));
      emit(join(join(F.quotedName, quoted), join(verb, name)));
    }
    emit(join(join(F.named, kind), choice));
  }
  if (extras.has("counts")) emit(join(join(F.leftNamed, known.left), join(kind, choice)));
  if (known.contrasted?.has(kindOf(element))) {
    const left = known.left > 0 ? 1 : 0;
    emit(join(join(F.contrast, verb), known.named.has(element) ? 1 : 0), namedWeight);
    emit(join(join(F.contrastLeft, verb), join(choice, join(isChoosable(element) ? 1 : 0, left))), namedWeight);
  }
  const rank = known.ranks.get(element) ?? 0;
  if (extras.has("places")) {
    emit(join(join(F.rank, rank), kind));
    if (known.ordinals.size > 0) emit(join(join(F.ordinal, kind), known.ordinals.has(rank) ? 1 : 0));
    if (c.span) emit(join(join(F.spanRank, rank), join(verb, goal.spans.indexOf(c.span))));
  }
  if (extras.has("texts") && c.span) emitText({ span: c.span, element }, { known, kind, rank }, emit);
}

function emitText(
  { span, element }: { readonly span: Span; readonly element: Element },
  { known, kind, rank }: { readonly known: Known; readonly kind: number; readonly rank: number },
  emit: (hash: number, value?: number) => void,
): void {
  const { source, caption = "", before } = span;
  const of = hashOf(span.kind);
  emit(join(join(F.spanKind, of), kind));
  for (const word of known.goalHashes) emit(join(join(F.wordSpan, word), join(of, kind)), 0.5);
  emit(join(join(F.skeletonSpan, known.skeleton), join(of, join(kind, rank))));
  const fieldCaption = known.found.captions.get(element) ?? "";
  if (caption !== "") emit(join(join(F.caption, of), caption === fieldCaption ? 1 : 0));
  if (fieldCaption !== "" && before !== "") {
    emit(join(join(F.captionGoal, of), wordsOf(fieldCaption).includes(before) ? 1 : 0));
  }
  if (source === undefined) return;
  emit(
    join(join(F.source, of), known.ordinals.size === 0 ? 2 : known.ordinals.has(known.ranks.get(source) ?? 0) ? 1 : 0),
  );
  emit(join(F.same, source === element ? 1 : 0));
}
