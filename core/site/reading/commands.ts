import { thanks } from "./polite.ts";
import { indexAt, type Token, type Told, toldOf } from "./told.ts";

/** How a site's goals name what is to be done. */
export interface Commands {
  /** Verbs and phrases that begin a command, in their plain form: `delete`, `get rid of`. */
  readonly verbs: readonly string[];
  /** Verbs after which words to write or to say follow; what they hold is no command of its own. */
  readonly writing: RegExp;
  /** What may be asked for as done: "I want them archived"; the verbs' participles. */
  readonly done: RegExp;
  /** Words for the site's things, by which a command behind "and" is told from words to write. */
  readonly things: RegExp;
  /** What is said of a thing as if a verb stood there, with that verb: "… goes in the bin" is "put". */
  readonly states?: readonly (readonly [says: RegExp, verb: string])[];
  /** True where a verb names a thing, from it and the words around it: "move it to the archive". */
  isThing?(verb: string, before: string, after: string): boolean;
}

/** One command of a goal with the words that belong to it. */
export interface Command extends Told {
  /** The verb in its plain form. */
  readonly verb: string;
  /** The same words with the verb in its plain form at their front. */
  readonly acts: string;
  /** "Don't …", "no need to …". */
  readonly isNot: boolean;
  /** What is said of it stands before the verb: "… should be deleted". */
  readonly isPassive: boolean;
  /** Words before the verb that belong to no other command. */
  readonly lead: Told;
}

/** Cuts a goal into its commands, in their order. What belongs to no command leads the one after it. */
export function commandsOf(told: Told, o: Commands): readonly Command[] {
  const found = thanks.exec(told.plain);
  if (found !== null && found.index > 0) {
    const n = told.plain.slice(0, found.index).trim().split(" ").length;
    return commandsOf(toldOf(told.goal, told.tokens.slice(0, n)), o);
  }
  const heads = headsOf(told, o);
  const cuts = heads.map(({ from }) => from);
  return heads.map(({ at, verb, form, isNot, isPassive }, i) => {
    const start = i === 0 ? 0 : cuts[i]!;
    const end = heads[i + 1]?.from ?? told.tokens.length;
    const part = (from: number, to: number): readonly Token[] => trimmed(told.tokens.slice(from, to));
    const own = toldOf(told.goal, part(isPassive ? start : at, end));
    const acts = isPassive ? `${verb} ${own.plain}` : `${verb}${own.plain.slice(form.length)}`;
    return { ...own, acts, verb, isNot, isPassive, lead: toldOf(told.goal, isPassive ? [] : part(start, at)) };
  });
}

interface Head {
  /** Token at which the verb stands, and token at which its words begin. */
  readonly at: number;
  readonly from: number;
  readonly verb: string;
  /** The verb as it stands there. */
  readonly form: string;
  readonly isNot: boolean;
  readonly isPassive: boolean;
}

const connector =
  /(?:^|[.,;:!?()–—-]|\b(?:and|then|or|but|also|now|please|kindly|just|only|to|you|i|we|can|could|would|will|should|shall|may|must|let|lets|us|go|instead|simply|quickly|next|first|second|finally|plus|so|that|afterwards|later|ahead|ok|okay|hey|hi|hello|mind|start|by|immediately|afterward|not|never|without|try|me|all|quick|again|which|after|before|gonna|wanna|permanently|once|done|hence|therefore|thus|too|well|it|them|mail|mails|(?:once|when|while|after) (?:it|that) (?:is|'s) \w+))$/;
/** What may stand between a denial and the verb it denies. */
const denied =
  /\b(?:do not|does not|did not|never|no longer|without|no need to|not|rather than|instead of|avoid|except|stop|refrain from|hold off(?: on)?|under no circumstances|on no account|by no means|no one|nobody|neither|nor)(?: (?:just|even|actually|bother|mean|want|you|have|need|to|ever|please|yet|be|been|allowed|supposed|meant|going|feel|like|dare|try|necessary|needed|required|should|must|may|can|let|me|us))*$/;
/** What is not to happen says what for: "so I do not lose it". */
const purpose = /\b(?:so|lest|otherwise)(?: that)? (?:i|we|you|it|he|she|they)(?: \w+)? not(?: \w+)?$/;
/** "No archiving", and what no thing is to become: "nothing should be deleted". */
const deniedThing = /\b(?:nothing|none|no \p{L}+)\b[^.,;:!?]* (?:be|being|get|gets)(?: \p{L}+)?$/u;
/** Ends words to write whatever follows. */
const strong = /(?:[.;!?]|\b(?:but|then|afterwards|afterward|after that|once done|when done|finally|also|plus))$/;
const weak = /(?:,|\band|,? and)$/;
/** The verb is something that somebody did, or a thing of its own. */
const noCommand = /\b(?:i|we|(?<!after )that|who|which|they|he|she)(?: (?:have|had|just|already|did|never|not))*$/;
/** "I no longer want it starred" */
const unwanted = /\b(?:not|no longer|never) (?:want|need|like|wish|have)\b[^.;!?]*$/;
/** The verb tells what was to be, or what somebody else does: "I was going to", "so that she can", "how to". */
const unreal = new RegExp(
  [
    "\\b(?:was|were|been)(?: \\p{L}+)? (?:going|about|supposed|meant|planning|intending|hoping|thinking|trying|tempted|asked|told|ready|allowed|able) to$",
    "\\b(?:meant|planned|tried|intended|used|managed|decided|offered|promised|refused|hoped|failed|began|started|came|went|had|likes|loves|hates|tends|seems|somewhere|something|wants|tries|plans|intends|promises|allowed|how|where|when|whether|what|which|whom) to$",
    "\\b(?:wants|expects|asked|asks|told|tells|forces|helps) (?:me|us|him|her|them|you|\\p{L}+) to$",
    "\\b(?:wanted) to$(?<!\\bi (?:just )?wanted to)",
    "\\b(?:so|until|how|where|what|before|because|whether) (?:that )?(?:i|we|you|he|she|they|it|\\p{L}+) (?:can|could|may|might|will|would|should)$",
    "\\bif (?:i|we) (?:should|must)$",
    "\\b(?:i|we) (?:will|shall|might|may)(?: \\p{L}+)?$",
    "\\b(?:whatever|what|all|everything|anything|which|mails?|ones?) (?:you|i|we)(?: (?:can|could|have|did))?$",
    "\\b(?!(?:you|u|i|we|someone|somebody|anyone|and|then|or|but|please|so)\\b)\\p{L}+ (?:can|could|would|will|should|must|may|might)(?: (?:just|also|only|then|still|always))*$",
  ].join("|"),
  "u",
);
/** "Deleting mails is quick" says how it is. */
const telling = /^[^.,;:!?]*\b(?:works?|is|are|was|were|has|have|feels?|seems?|takes)\b/;
/** Set phrases with a verb that ask for nothing. */
const noRequest = /^(?:let (?:me|us)|thank (?:you|u|god))\b/;
/** "I keep getting coupons" tells what happens. */
const happens = /^keep \p{L}+ing\b/u;
const somebody = /\b(?:i|we|they)$/;

interface Patterns {
  /** Forms of verbs, and their participles, with the verbs they are of. */
  readonly forms: ReadonlyMap<string, string>;
  readonly passives: ReadonlyMap<string, string>;
  readonly find: RegExp;
  /** First words of the forms. */
  readonly firsts: ReadonlySet<string>;
}

const compiled = new WeakMap<readonly string[], Patterns>();

function patternsOf(verbs: readonly string[]): Patterns {
  const known = compiled.get(verbs);
  if (known !== undefined) return known;
  const forms = new Map(verbs.flatMap((verb) => formsOf(verb).map((form) => [form, verb] as const)));
  const passives = new Map(verbs.map((verb) => [passiveOf(verb), verb] as const));
  const longest = (words: Iterable<string>): string => [...words].sort((a, b) => b.length - a.length).join("|");
  const find = new RegExp(`(?<![^ ])(?:(${longest(forms.keys())})|(${longest(passives.keys())}))(?![^ ])`, "g");
  const made = { forms, passives, find, firsts: new Set([...forms.keys()].map((form) => form.split(" ")[0]!)) };
  compiled.set(verbs, made);
  return made;
}

function headsOf(told: Told, o: Commands): readonly Head[] {
  const { verbs, writing, things, done, isThing } = o;
  const { forms, passives, find } = patternsOf(verbs);
  const heads: Head[] = [];
  let writes = false;
  let past = 0;
  for (const found of [...told.plain.matchAll(find), ...statesIn(told, o)].sort((a, b) => a.index - b.index)) {
    if ("verb" in found) {
      const isWish = /^(?:want|need|like|see|have)$/.test(heads.at(-1)?.verb ?? "");
      const head = stateHead(told, { ...found, last: heads.at(isWish ? -2 : -1), writes, things });
      if (head === undefined) continue;
      if (isWish) heads.pop();
      heads.push(head);
      writes = !head.isNot && writing.test(`${head.verb} ${told.plain.slice(found.index)}`);
      past = found.index + found.says.length;
      continue;
    }
    if (found.index < past) continue;
    const before = told.plain.slice(0, found.index).trimEnd();
    const after = told.plain.slice(found.index + found[0].length).trimStart();
    // "Put" and "set" are their own participles.
    const isPassive = passives.has(found[0]) &&
      (!forms.has(found[0]) || /\b(?:should|must|can|to|please) be$|\bbeing$/.test(before));
    const verb = (isPassive ? undefined : forms.get(found[0])) ?? passives.get(found[0])!;
    const isNot = denied.test(before) || (isPassive && deniedThing.test(before)) ||
      (/ing$/.test(found[0]) && /\bno$/.test(before)) || (isPassive && unwanted.test(before));
    if (
      isPassive
        ? !isDone({ word: found[0], before, after, done })
        : !(connector.test(before) || isNot) || noRequest.test(`${found[0]} ${after}`) ||
          (somebody.test(before) && happens.test(`${found[0]} ${after}`)) || isThing?.(found[0], before, after)
    ) continue;
    // "A mail saying that …" is told by what it says.
    if (/ing$/.test(found[0]) && /\b(?:mails?|notes?|letters?|ones?)$/.test(before) && heads.length === 0) continue;
    if (isNot && purpose.test(before)) continue;
    if (!isPassive && !isNot && (unreal.test(before) || (/ing$/.test(found[0]) && telling.test(after)))) continue;
    if (
      !isPassive && noCommand.test(before) && !/\b(?:can|want|need|like|so|should|must)\b.*$/.test(before.slice(-24))
    ) {
      if (!/(?:^|[.;!?] )(?:i|we)$/.test(before)) continue;
    }
    const since = sinceLast(heads, told);
    if (
      writes &&
      (/^(?:text|message|body)$/.test(found[0]) ||
        !goesOn(isPassive ? ownOf(before, things) : before, { verb, after, writing, things, since }))
    ) continue;
    if (isPassive && /^(?:want|need|have|get|like|see)$/.test(heads.at(-1)?.verb ?? "")) heads.pop();
    const last = heads.at(-1);
    const at = indexAt(told, found.index);
    // "Parking permit" is a name.
    if (/^\p{Lu}/u.test(told.tokens[at]!.raw) && /ing$/.test(found[0]) && /\p{L}$/u.test(before)) continue;
    const own = isPassive && last !== undefined ? ownOf(before, things).length : before.length;
    const from = own < before.length
      ? indexAt(told, own)
      : isPassive
      ? Math.max(boundary(told, at), last === undefined ? 0 : passiveFrom(told, last, at))
      : leadFrom(told, at, last);
    heads.push({ at, from, verb, form: found[0], isNot, isPassive });
    writes = !isNot && !(/^(?:want|need|like|wish)$/.test(verb) && /^to\b/.test(after)) &&
      writing.test(`${verb} ${after}`);
  }
  return heads;
}

interface State {
  readonly index: number;
  /** The words that say it. */
  readonly says: string;
  readonly verb: string;
}

function statesIn({ plain }: Told, { states = [] }: Commands): readonly State[] {
  const found: State[] = [];
  for (const [says, verb] of states) {
    for (const one of plain.matchAll(new RegExp(says, `g${says.flags}`))) {
      const [index, end] = [one.index, one.index + one[0].length];
      if (found.every((other) => end <= other.index || index >= other.index + other.says.length)) {
        found.push({ index, says: one[0], verb });
      }
    }
  }
  return found;
}

const plainBefore = ({ tokens }: Told, at: number): string => tokens.slice(0, at).map(({ low }) => low).join(" ");

const clauseEnd = /^(?:[.,;:!?()–—-]|and|then|but|so|or|because|since)$/;

/** What is said of a thing in a clause without a command of its own. */
function stateHead(
  told: Told,
  { index, says, verb, last, writes, things }: State & {
    readonly last: Head | undefined;
    readonly writes: boolean;
    readonly things: RegExp;
  },
): Head | undefined {
  const at = indexAt(told, index);
  const start = boundary(told, at);
  let from = at;
  while (from > 0 && from - 1 > (last?.at ?? -1) && !clauseEnd.test(told.tokens[from - 1]!.low)) from--;
  if (last !== undefined && !last.isPassive && from - 1 <= last.at) return undefined;
  if (last === undefined || start > last.at) from = start;
  const own = told.tokens.slice(from, at).map(({ low }) => low).join(" ");
  const isClosed = /§q(?: ,)?(?: (?:and|but|then|,))+$/.test(plainBefore(told, from));
  if (writes && !((start > (last?.at ?? -1) || isClosed) && things.test(own))) return undefined;
  const isNot = /\b(?:not|never|nothing|none)\b/.test(own);
  return { at, from, verb, form: says, isNot, isPassive: true };
}

/**
 * A request by a verb that the site does not know, such as "please frobnicate the …"; undefined when there is none. What
 * stands behind a verb of writing is no request.
 */
export function strangeRequest(told: Told, o: Commands): string | undefined {
  const { firsts: known } = patternsOf(o.verbs);
  const heads = headsOf(told, o);
  for (const { 1: word = "", index, 0: found } of told.plain.matchAll(request)) {
    const at = indexAt(told, index);
    const last = heads.findLast((head) => head.at <= at);
    const since = last === undefined ? "" : told.tokens.slice(last.at).map(({ low }) => low).join(" ");
    if (known.has(word) || plainWords.test(word) || /(?:ed|s|ly)$/.test(word) || o.writing.test(since)) continue;
    return found.trim().replace(/^[.,;:!?] /, "");
  }
  return undefined;
}

const request =
  /(?:^|[.;!?:,] (?:and |then |please )*|\b(?:please|then|can you|could you|would you|will you|i want to|i would like to|i want you to|i need you to|need to|kindly|and) )(\p{L}[\p{L}-]+)(?= (?:the|my|all|every|this|that|it|them|those|these|both|any(?! (?:longer|more)\b)|each|§q)\b)/gu;
const plainWords =
  /^(?:subject|title|name|body|is|are|was|were|from|about|to|with|in|of|for|then|also|i|you|we|he|she|they|have|has|had|do|does|not|that|which|who|if|when|while|because|since|as|by|at|on|after|before|but|or|and|now|only|just|all|both|please|until|so|what|where|how|why|than|like|except|into|under|out|up|off|over|maybe|here|there|once|sure|ok|okay|hi|hey|hello|dear|thanks|thank|can|could|would|should|will|may|might|must|am|be|been|being|without|regarding|concerning|within|during|instead|rather|even|still|hope|think|believe|know|guess|well|yes|no|lets|let|want|need|every|any|my|the|leave|tidy|help|try|go|carry|finish|follow|finally|first|next|later|afterwards|immediately|quickly|again|same|one|two|three|four|five|whoever|whatever)$/;

/** A text in quotation marks, and joints behind it. */
const closed =
  /\b(?:message|mail|text|saying|says?|body|words|reply|respond|answer|read|with|to|as) (?:is |be |: )?§q(?:(?<=^(?:reply|respond|answer) §q) to [^.,;:!?]*)?(?: [.,;!?])?(?: ,)?(?: (?:and|then|also|please|after that|while you (?:'re|are) at it|,))*$/;

/** True when a command may begin here though words to write are going on. */
function goesOn(
  before: string,
  o: { readonly verb: string; readonly after: string; readonly since: string } & Pick<Commands, "writing" | "things">,
): boolean {
  const isClosed = closed.test(before);
  const writesToo = o.writing.test(`${o.verb} ${o.after}`);
  if (writesToo && /^(?:him|her|them|he|she|they|it|that)\b/.test(o.after)) return false;
  if (isClosed && !writesToo) return true;
  const plain = before.replace(/(?: (?:please|just|also|can you|could you|you can))+$/, "");
  if (strong.test(plain)) return !writesToo || !/^(?:me|us)\b/.test(o.after);
  if (!weak.test(plain)) return false;
  if (/ it\b/.test(o.verb)) return true;
  // "ask her to check the plan and send it": she is to send it.
  if (
    /^(?:ask|tell|remind|invite|urge|beg)\b.* to \p{L}/u.test(o.since) &&
    !/\b(?:mails?|inbox|label|star|spam|trash|archive)\b/.test(o.after)
  ) return false;
  const near = o.after.split(" ").slice(0, 7).filter((one, i) => i < 2 || !/^(?:it|them)$/.test(one)).join(" ");
  return o.things.test(near);
}

/** The words before what is said of a thing of its own, "…, and the mail should be", else all. */
function ownOf(before: string, things: RegExp): string {
  const found = /^(.*(?:,|\band)) ((?:(?:the|that|this|my|it|they|§q)\b)(?: (?!and\b)[^ ,.;:!?]+)*)$/.exec(before);
  return found !== null && things.test(found[2]!) ? found[1]! : before;
}

/** The words since the last command began. */
function sinceLast(heads: readonly Head[], { tokens }: Told): string {
  return tokens.slice(heads.at(-1)?.at ?? 0).map(({ low }) => low).join(" ");
}

/** "be deleted", "want … archived", "gets starred". */
function isDone(
  o: { readonly word: string; readonly before: string; readonly after: string; readonly done: RegExp },
): boolean {
  if (!o.done.test(o.word)) return false;
  if (/\b(?:be|being|get|gets|got)(?: (?:all|just|please|immediately|permanently|also))*$/.test(o.before)) return true;
  return /\b(?:want|wanted|like|have|need|get|see|wish)\b [^.;!?]*$/.test(o.before) &&
    !/\b(?:the|my|all|any|every|i|i have|just|was|were|been|already|that|who|which)$/.test(o.before) &&
    !/\b(?:that|who|which|what|get rid of)\b[^,]*$/.test(o.before) && !/^(?:mail|mails)\b/.test(o.after);
}

/** The token after the last end of a sentence or joint before a place. */
function boundary({ tokens }: Told, at: number): number {
  for (let i = at - 1; i >= 0; i--) if (/^(?:[.;!?:]|then)$/.test(tokens[i]!.low)) return i + 1;
  return 0;
}

/** What is said of one thing ends where, behind a joint, something is said of the next. */
function passiveFrom({ tokens }: Told, { at, isPassive }: Head, end: number): number {
  const joint = tokens.findIndex(({ low }, i) => i > at && i < end && /^(?:and|but|,)$/.test(low));
  return isPassive && joint > 0 ? joint : at + 1;
}

/** Words between the last full stop and a command lead it, but not those that belong to the command before. */
function leadFrom(told: Told, at: number, last: Head | undefined): number {
  if (last === undefined) return 0;
  const from = boundary(told, at);
  return from > last.at ? from : at;
}

const edge = /^(?:[.,;:!?()–—-]|and|then|or|but|also|now|please|plus|so|to|just|finally|afterwards|next)$/;

/** What denies the command after. */
const dangling = /^(?:do|not|never|without|instead|rather)$/;

function trimmed(tokens: readonly Token[]): readonly Token[] {
  let [from, to] = [0, tokens.length];
  while (from < to && edge.test(tokens[from]!.low)) from++;
  while (to > from && (edge.test(tokens[to - 1]!.low) || dangling.test(tokens[to - 1]!.low))) to--;
  return tokens.slice(from, to);
}

/** A verb's plain form and its -ing form. */
function formsOf(verb: string): readonly string[] {
  const [first = "", ...rest] = verb.split(" ");
  const ing =
    /(?:^(?:put|get|drop|bin|set|tag|star|ship|flag|cc|chuck|ditch|dump)$)/.test(first) && !/ch$|mp$|cc$/.test(first)
      ? `${first}${first.at(-1)}ing`
      : /[^e]e$/.test(first)
      ? `${first.slice(0, -1)}ing`
      : `${first}ing`;
  return [verb, [ing, ...rest].join(" ")];
}

/** A verb's form in "should be …". */
function passiveOf(verb: string): string {
  const odd: ReadonlyMap<string, string> = new Map(Object.entries({
    send: "sent",
    write: "written",
    read: "read",
    put: "put",
    throw: "thrown",
    get: "gotten",
    take: "taken",
    tell: "told",
    set: "set",
    bring: "brought",
    make: "made",
    give: "given",
    show: "shown",
    hide: "hidden",
    keep: "kept",
    find: "found",
    reply: "replied",
    empty: "emptied",
    star: "starred",
    unstar: "unstarred",
    tag: "tagged",
    flag: "flagged",
    bin: "binned",
    drop: "dropped",
  }));
  const [first = "", ...rest] = verb.split(" ");
  return [odd.get(first) ?? (first.endsWith("e") ? `${first}d` : `${first}ed`), ...rest].join(" ");
}
