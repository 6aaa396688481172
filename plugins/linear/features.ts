import type { Element, Point, Prompt } from "halo-agent";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { emitExtras, type Extras, knownOf, noExtras } from "./extras.ts";
import { hashOf, join } from "./hashing.ts";
import { lookedUp } from "./page-texts.ts";
import { type GoalParts, goalParts, type Span, wordsOf } from "./spans.ts";

/** Size of the weight vector: 2^18. */
export const dims = 1 << 18;

/** Candidate actions at a point with their hashed features. */
export interface Choices {
  readonly candidates: readonly Candidate[];
  readonly prompt: Extract<Prompt, { kind: "choice" }>;
}

/** What is known of an element once per observation. */
interface Traits {
  readonly element: Element;
  readonly role: number;
  readonly region: number;
  /** Words of the name that its row does not also show and the goal does not name: what the control does. */
  readonly stem: readonly string[];
  readonly stemHash: number;
  /** Spans of the goal that its row or name contains, as a bit set, and how many. */
  readonly spans: number;
  readonly overlap: number;
  /** Index of the span that its name, less the stem of a twin, is; −1 if none. */
  readonly equals: number;
  readonly value: string;
}

/** What is known of the page once per observation. */
interface Page {
  readonly goal: GoalParts;
  readonly skeleton: number;
  readonly goalWords: ReadonlySet<string>;
  readonly goalHashes: readonly number[];
  readonly view: number;
  readonly best: number;
  readonly traits: ReadonlyMap<Element, Traits>;
  readonly filled: ReadonlySet<string>;
  /** Texts and addresses of the goal that no field or chip shows yet, at most 3; 0 when the page has no field to write in. */
  readonly missing: number;
  /** Spans of the goal that some field or chip shows. */
  readonly shown: ReadonlySet<Span>;
  readonly last: number;
  readonly lastVerb: number;
  readonly past: ReadonlySet<string>;
  readonly depth: number;
}

/** Lists the candidates at a point and computes their features: sparse, generic, nothing of any site. */
export function choicesAt(at: Point, extras: Extras = noExtras): Choices {
  const page = lookAt(at);
  const known = extras.size > 0 ? knownOf(at, page.goal, extras) : undefined;
  const wider = known
    ? {
      clicksFields: extras.has("places"),
      keepsFilled: extras.has("blanks"),
      selects: extras.has("selects"),
      texts: [...known.found.spans, ...known.phrases?.spans ?? []],
      ...(extras.has("lookups") && { takes: lookedUp(known.found) }),
    }
    : {};
  const candidates = candidatesOf(at.observation, page.goal, wider);
  const offsets = new Int32Array(candidates.length + 1);
  const index: number[] = [];
  const value: number[] = [];
  for (const [c, candidate] of candidates.entries()) {
    const emit = (hash: number, v = 1): void => {
      index.push(hash & (dims - 1));
      value.push(v);
    };
    emitFeatures(candidate, page, emit);
    if (known) emitExtras(candidate, { known, goal: page.goal }, emit);
    offsets[c + 1] = index.length;
  }
  return {
    candidates,
    prompt: { kind: "choice", dims, offsets, index: Int32Array.from(index), value: Float32Array.from(value) },
  };
}

function lookAt(at: Point): Page {
  const goal = goalParts(at.task.text);
  const goalWords = new Set(goal.words);
  const { elements } = at.observation;
  const traits = new Map(elements.map((e) => [e, traitsOf(e, goal)]));
  const regions = [...new Set(elements.map((e) => e.region))].sort();
  const best = [...traits.values()].reduce((most, l) => Math.max(most, l.overlap), 0);
  const last = at.history.at(-1);
  const lastStem = last?.target ? stemOf(last.target.name, "", goal) : [];
  return {
    goal,
    skeleton: hashOf(goal.skeleton),
    goalWords,
    goalHashes: [...goalWords].slice(0, 12).map(hashOf),
    view: hashOf(regions.map((r) => plainRegion(r, goal)).join("|")),
    best,
    traits,
    filled: new Set(elements.flatMap((e) => e.value ? [e.value] : [])),
    missing: missingFrom(elements, goal),
    shown: new Set(
      goal.spans.filter((s) => elements.some((e) => e.value === s.text || (e.near === "" && e.name.includes(s.text)))),
    ),
    last: hashOf(last ? `${last.target?.role ?? ""} ${lastStem.join(" ")}` : "(start)"),
    lastVerb: hashOf(last?.parsed.ok ? last.parsed.action.action : "(none)"),
    past: new Set(at.history.flatMap((h) => h.target ? [`${h.target.role} ${h.target.name}`] : [])),
    depth: Math.min(at.depth, 6),
  };
}

/** Counts the goal's texts and addresses that are not in any field's value or control's name. */
function missingFrom(elements: readonly Element[], goal: GoalParts): number {
  const fields = elements.filter((e) => e.states.includes("editable"));
  if (fields.length === 0) return 0;
  const shown = elements.map((e) => `${e.value ?? ""} ${e.name}`).join("\n");
  return Math.min(
    3,
    goal.spans.filter((s) => (s.kind === "quoted" || s.kind === "address") && !shown.includes(s.text)).length,
  );
}

function traitsOf(element: Element, goal: GoalParts): Traits {
  const stem = stemOf(element.name, element.near, goal);
  const text = ` ${wordsOf(`${element.name} ${element.near}`).join(" ")} `;
  const name = wordsOf(element.name).join(" ");
  let spans = 0;
  let overlap = 0;
  let equals = -1;
  for (const [i, span] of goal.spans.entries()) {
    const words = wordsOf(span.text).join(" ");
    if (words === "") continue;
    if (text.includes(` ${words} `)) {
      spans |= 1 << i;
      overlap++;
    }
    if (name === words || (equals < 0 && name.endsWith(` ${words}`) && stem.length <= 1)) equals = i;
  }
  return {
    element,
    role: hashOf(element.role),
    region: hashOf(plainRegion(element.region, goal)),
    stem,
    stemHash: hashOf(stem.join(" ")),
    spans,
    overlap,
    equals,
    value: element.value ?? "",
  };
}

/**
 * Up to eight words of a name that say what the control does: without the values that its row or the goal's spans show.
 * A value is a run of two or more words found there in the same order, or a capitalised word after the first.
 */
function stemOf(name: string, near: string, goal: GoalParts): readonly string[] {
  const written = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = written.map((w) => w.toLowerCase());
  const shown = ` ${[near, ...goal.spans.map((s) => s.text)].map((t) => wordsOf(t).join(" ")).join(" | ")} `;
  const isRun = (i: number) => i >= 0 && i + 1 < words.length && shown.includes(` ${words[i]} ${words[i + 1]} `);
  const isValue = (i: number) =>
    isRun(i) || isRun(i - 1) || (i > 0 && /\p{Lu}|\p{N}/u.test(written[i]![0]!) && shown.includes(` ${words[i]} `));
  const own = words.filter((_, i) => !isValue(i));
  const isWholeSpan = goal.spans.some((s) => wordsOf(s.text).join(" ") === words.join(" "));
  return (isWholeSpan ? [] : own.length === 0 && words.length <= 3 ? words : own).slice(0, 8);
}

/** A region's role and the words of its name that are not values of the goal. */
function plainRegion(region: string, goal: GoalParts): string {
  const spanWords = new Set(goal.spans.flatMap((s) => wordsOf(s.text)));
  return wordsOf(region).filter((w) => !spanWords.has(w)).slice(0, 4).join(" ");
}

type Emit = (hash: number, value?: number) => void;

const family = (name: string): number => hashOf(`family ${name}`);
const F = {
  verb: family("verb"),
  verbRole: family("verb role"),
  verbRegion: family("verb region"),
  verbView: family("verb view"),
  stem: family("stem"),
  word: family("word"),
  goalStem: family("goal word, stem"),
  skeletonStem: family("skeleton, stem"),
  skeletonView: family("skeleton, view, stem"),
  match: family("name matches goal"),
  row: family("row overlap"),
  rowStem: family("row overlap, stem"),
  bestRow: family("best row"),
  bestStem: family("best row, stem"),
  bestRole: family("best row, role"),
  onPage: family("overlap on page, stem"),
  equals: family("name is span"),
  equalsBefore: family("name is span after word"),
  state: family("state, stem"),
  stateBest: family("state, best row"),
  last: family("last, stem"),
  lastVerb: family("last verb, stem"),
  repeat: family("same target again"),
  missing: family("texts still to enter, stem"),
  missingRegion: family("texts still to enter, region, verb"),
  depth: family("depth, stem"),
  position: family("height, role"),
  spanField: family("span kind, field"),
  beforeField: family("word before span, field"),
  beforeMatch: family("word before span is in field name"),
  orderField: family("order of span, field"),
  rankField: family("order of span among its kind, field"),
  nearest: family("goal names the field near this span"),
  fits: family("field is empty, span stands nowhere"),
  filled: family("field holds a value"),
  filledThis: family("field holds this span"),
  used: family("span stands elsewhere"),
  skeletonSpan: family("skeleton, span, field"),
} as const;

function emitFeatures(c: Candidate, page: Page, emit: Emit): void {
  const verb = hashOf(c.verb);
  emit(join(F.verb, verb));
  emit(join(join(F.skeletonView, page.skeleton), join(verb, page.view)));
  emit(join(join(F.lastVerb, page.lastVerb), verb));
  const traits = c.element && page.traits.get(c.element);
  if (!traits) {
    emit(join(join(F.verbView, page.view), verb));
    emit(join(join(F.onPage, verb), page.best));
    emit(join(join(F.depth, page.depth), verb));
    emit(join(join(F.last, page.last), verb));
    return;
  }
  emitElement(traits, { verb, page, emit });
  if (c.span) emitSpan(c.span, traits, { verb, page, emit });
}

interface Context {
  readonly verb: number;
  readonly page: Page;
  readonly emit: Emit;
}

function emitElement(l: Traits, { verb, page, emit }: Context): void {
  const { element } = l;
  const kind = join(verb, l.role);
  const stem = join(kind, l.stemHash);
  const isBest = l.overlap > 0 && l.overlap === page.best;
  emit(join(F.verbRole, kind));
  emit(join(join(F.verbRegion, kind), l.region));
  emit(join(join(F.verbView, page.view), stem));
  emit(join(F.stem, stem));
  emit(join(join(F.skeletonStem, page.skeleton), stem));
  emit(join(join(F.skeletonView, page.skeleton), join(page.view, stem)));
  for (const g of page.goalHashes) emit(join(join(F.goalStem, g), l.stemHash), 0.5);
  let matches = 0;
  for (const w of l.stem) {
    emit(join(join(F.word, verb), hashOf(w)), 0.5);
    if (sharesStem(w, page.goalWords)) matches++;
  }
  if (matches > 0) {
    emit(join(F.match, verb), matches / l.stem.length);
    emit(join(join(F.match, kind), isBest ? 1 : 0));
  }
  emit(join(join(F.row, verb), Math.min(l.overlap, 3)));
  emit(join(join(F.rowStem, stem), Math.min(l.overlap, 3)));
  if (page.best > 0) {
    emit(join(join(F.bestRow, verb), isBest ? 1 : 0));
    emit(join(join(F.bestRole, kind), isBest ? 1 : 0));
    emit(join(join(F.bestStem, stem), isBest ? 1 : 0));
    emit(join(join(F.bestStem, page.skeleton), join(stem, isBest ? 1 : 0)));
  }
  emit(join(join(F.onPage, stem), Math.min(page.best, 3)));
  if (l.equals >= 0) {
    const span = page.goal.spans[l.equals]!;
    emit(join(join(F.equals, kind), hashOf(span.kind)));
    emit(join(join(F.equalsBefore, kind), hashOf(span.before)));
    emit(join(join(F.equals, page.skeleton), join(kind, l.equals)));
  }
  for (const state of element.states) {
    emit(join(join(F.state, stem), hashOf(state)));
    emit(join(join(F.stateBest, hashOf(state)), isBest ? 1 : 0));
  }
  emit(join(join(F.last, page.last), stem));
  emit(join(join(F.lastVerb, page.lastVerb), kind));
  if (page.past.has(`${element.role} ${element.name}`)) emit(join(F.repeat, kind));
  emit(join(join(F.missing, page.missing), stem));
  emit(join(join(F.missingRegion, page.missing), join(l.region, kind)));
  emit(join(join(F.depth, page.depth), stem));
  emit(join(join(F.position, Math.floor(element.centre[1] / 200)), kind));
}

function emitSpan(span: Span, l: Traits, { verb, page, emit }: Context): void {
  const kind = hashOf(span.kind);
  const before = hashOf(span.before);
  const order = page.goal.spans.indexOf(span);
  const isThis = l.value === span.text;
  emit(join(join(F.spanField, kind), join(verb, l.stemHash)));
  emit(join(join(F.beforeField, before), join(verb, l.stemHash)));
  emit(join(join(F.orderField, order), join(verb, l.stemHash)));
  emit(join(join(F.skeletonSpan, page.skeleton), join(order, join(verb, l.stemHash))));
  if (l.stem.some((w) => sharesStem(w, new Set([span.before])))) emit(join(F.beforeMatch, verb));
  emit(join(join(F.rankField, kind), join(span.rank, join(verb, l.stemHash))));
  const fit = (l.value === "" ? 2 : 0) + (page.shown.has(span) ? 0 : 1);
  emit(join(join(F.fits, kind), join(verb, fit)));
  emit(join(join(F.fits, kind), join(join(verb, l.stemHash), fit)));
  const distance = distanceTo(l.stem, span);
  if (distance !== undefined) {
    const isNearest = page.goal.spans.every((other) => (distanceTo(l.stem, other) ?? Infinity) >= distance);
    emit(join(F.nearest, verb), isNearest ? 1 : -1);
  }
  emit(join(join(F.filled, verb), l.value === "" ? 0 : 1));
  if (isThis) emit(join(F.filledThis, verb));
  else if (page.filled.has(span.text)) emit(join(F.used, verb));
}

/** Words between a span and the closest mention of one of these words; undefined when there is none around. */
function distanceTo(stem: readonly string[], { around }: Span): number | undefined {
  const found = stem.flatMap((word) => around.get(word) ?? []);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** True when a word and one of the others are equal or share their first four letters. */
function sharesStem(word: string, others: ReadonlySet<string>): boolean {
  if (others.has(word)) return true;
  if (word.length < 4) return false;
  const head = word.slice(0, 4);
  for (const other of others) if (other.length >= 4 && other.startsWith(head)) return true;
  return false;
}
