import { type Mood, moodOf, writtenOf } from "./mood.ts";
import { lead, polite } from "./polite.ts";
import { type Token, type Told, toldOf } from "./told.ts";
import { linked, verbFirst } from "./turned.ts";

/** A stretch of a goal that asks for one thing, or tells of something. */
export interface Unit {
  readonly told: Told;
  /** "Don't …", "no need to …", "I do not want to …". */
  readonly isDenied: boolean;
  /** Asks for something by its form: a command, a wish, what should be, or a bare phrase; others tell of something. */
  readonly isCommand: boolean;
  /** Begins with a question's word. */
  readonly asks: boolean;
  /** Begins with "if", "because", "when": says under what circumstances. */
  readonly isAside: boolean;
  /** Under what condition something is to be done: "if it rains". */
  readonly isCondition: boolean;
  /** Says what something else is for: "so that I can rest". */
  readonly isPurpose: boolean;
  readonly mood: Mood;
}

const mark = /^[.;!?–—]$/;
const joint = /^(?:,|:|-|and|then|but|so|or|also|plus|->|because|since|as|otherwise)$/;
const denied =
  /^(?:do not you dare|do not|never|under no circumstances|on no account|by no means|(?:it|that) would be (?:wrong|bad|silly|stupid|foolish|unwise|rude|premature|terrible|a (?:mistake|shame|pity)) to|(?:there (?:is|'s) )?no need (?:to|for)|(?:i|we) (?:do|did|would) not (?:really )?(?:want|need|have|like|wish|mean|plan|intend)(?: you)? to|(?:i|we) would rather not|you (?:need|must|should|do) not(?: have to| need to)?|let us not|(?:i|we) do not (?:think|believe|suppose|feel|see why|agree)|(?:i|we) (?:would|could|can|will|shall|should|must|may) not|(?:it is |there is )?(?:not necessary|unnecessary|no reason) to|hold off|refrain from|forget about(?! (?:it|that|this|them|what|the|my|our)\b| §)|no (?:new|further|additional|extra|changes?|more(?! than)|\p{L}+ing|\p{L}+ (?:yet|please|today|now|for me|thanks))|avoid|stop|without \p{L}+ing|rather than|instead of|\p{L}+ (?:nothing|nobody|none))(?= |$)/u;
/** Nothing of the kind is wanted. */
const unwanted =
  /^(?:that )?(?:nothing|nobody|none|no one)\b|^(?:i|we) (?:do|would|did) not (?:really )?(?:want|wish|like|need) (?!.*\b(?:any ?more|any longer)\b).* (?:to be )?(?:\p{L}+ed|gone|hidden|shown|taken|thrown|put)\b/u;
const question =
  /^(?:how|what|when|where|who|whom|whose|which|why|(?:should|shall|must|ought) (?:i|we|the|my|our|§\p{L}+)|would it (?:be better|make sense|help)|(?:is|are|was|were|do|does|did|am|has)(?! not)|have (?:i|we|you)|(?:show|tell|teach|explain)(?: to)?(?: me| us)? how(?= to| i| we| you))(?: |$)/u;
const aside =
  /^(?:if|unless|whenever|because|since|as|when|while|once|in case|until|although|though|given that|seeing that|now that)(?= )/;

/**
 * Cuts a goal at the ends of sentences, and at joints behind which a command of the site or another statement begins. What is
 * polite only is taken away; so is what is done instead of something. `begins` are words that begin a command. Pure.
 */
export function unitsOf(whole: Told, begins: RegExp): readonly Unit[] {
  const told = linked(whole);
  const parts: Token[][] = [[]];
  for (const [i, token] of told.tokens.entries()) {
    const last = parts.at(-1)!;
    const isAnnounced = announces.test(plainOf(last));
    if (mark.test(token.low)) parts.splice(isAnnounced && counted.test(plainOf(last)) ? -1 : parts.length, 1, []);
    else if (token.low === ":" && isAnnounced && isBoundary(told.tokens, i, begins)) parts.splice(-1, 1, [token]);
    else if (isRunOn(told.tokens.slice(i), last, begins)) parts.push([token]);
    else if (token.low === "so" && told.tokens[i + 1]?.low === "that" && generic.test(unledOf(last))) last.push(token);
    else if (
      joint.test(token.low) && last.length > 0 && isBoundary(told.tokens, i, begins) &&
      !isTextBehind(token, last, begins)
    ) parts.push([token]);
    else last.push(token);
  }
  const units = parts.map((part, i) => {
    const unit = unitOf({ goal: told.goal, part: verbFirst(told.goal, unthanked(part)), begins });
    const rest = plainOf(parts.slice(i + 1, i + 4).flat());
    // "I would love to see it, so save it" says why.
    return /^(?:, )?so (?!(?:please )?do\b)/.test(rest) && longing.test(plainOf(part))
      ? { ...unit, isAside: true, isCommand: false }
      : unit;
  });
  return units.map((unit, i) => {
    const before = units[i - 1];
    // "Do not find it and delete it" denies both.
    const isJoined = /^(?:and|or)$/.test(parts[i]?.[0]?.low ?? "") && begins.test(unit.told.plain);
    if (before === undefined || !isJoined) return unit;
    const { plain } = before.told;
    const mood = elsewhere.test(plain) ? before.mood : unit.mood;
    const carries = /^(?:nobody|no one|avoid)\b/.test(plain) ||
      [denied, asked].some((one) => one.test(plain) && begins.test(plain.replace(one, "").trim()));
    return carries ? { ...unit, isDenied: before.isDenied, asks: before.asks, mood } : { ...unit, mood };
  }).filter(({ told: { tokens } }) => tokens.length > 0);
}

/** Says only how many things follow: "change two things:". */
const announces =
  /^(?:(?:in|on|for|from|with) (?:(?!§)[^ ,]+ ){1,5}, )?(?:(?:please|do|change|fix|adjust|handle|swap|make|sort out|i|we|have|'ve|got|need|want|there|are) )*(?:two|three|2|3|both|a few|some|several|a couple of)(?: (?:small|quick|little|other|more))?(?: (?:things|changes|updates|corrections|jobs|requests|wishes))?(?: (?:of|in|on|to|for|with) (?:the |my |our )?(?:(?!§)\p{L}+ ?){1,4})?$/u;

const counted = /\b(?:things|changes|updates|corrections|jobs|requests|wishes)\b/;

/** Behind a whole statement a command follows without a joint: "I don't need it anymore take it out". */
const wholly =
  /\b(?:anymore|any more|any longer)$|\b(?:is|are|'s)(?: (?!not\b|never\b)[^ ]+)+ (?:now|today|already|anyway)$/;
function isRunOn(rest: readonly Token[], before: readonly Token[], begins: RegExp): boolean {
  if (/(?:ed|ing)$/.test(rest[0]!.raw) || before.length < 4 || !wholly.test(plainOf(before))) return false;
  const plain = plainOf(rest.slice(0, 6)).replace(/^please /, "");
  return begins.test(plain) && /^\p{L}+ (?:it|them|that|this|the|my|our|§\p{L}+)(?: |$)/u.test(plain);
}

/** The words of a unit without thanks behind them. */
function unthanked(part: readonly Token[]): readonly Token[] {
  const to = part.findLastIndex(({ low }) => !/^(?:,|please|thanks|thx|cheers)$/.test(low));
  return part.slice(0, to + 1);
}

const longing = /\b(?:i|we) (?:would (?:\p{L}+ )?(?:like|love)|want|wish|hope) to\b/u;
/** What is left to others, or to another time. */
const elsewhere = /\b(?:(?:i|we) (?:asked|told) \S+ to|will|wants to|had to|going to|i should|would never)\b/;
const asked =
  /^(?:(?:how|why|when|where) )?(?:do|did|does|should|shall|can|could|would) (?:i|we|you|they|he|she)(?= )|^(?:who (?:can|could|may)|is it (?:allowed|okay|ok|fine|safe|wise) to)(?= )/;

/** The words of a unit without what leads it. */
function unledOf(tokens: readonly Token[]): string {
  const at = tokens.findIndex(({ low }) => !lead.test(low));
  return at < 0 ? "" : plainOf(tokens.slice(at)).replace(polite, "").trim();
}

/** Behind a colon stands what to write, unless words before it only tell of something: "it is over: delete it". */
function isTextBehind({ low }: Token, before: readonly Token[], begins: RegExp): boolean {
  const said = before.map((one) => one.low).join(" ").replace(/^(?:[,:] )?(?:and|then|but|so|please) /, "");
  return low === ":" && (begins.test(said) || polite.test(said) || !(finite.test(said) || /\bmust be\b/.test(said)));
}

/** Subjects after which, behind a joint, something else is said. */
const subject = /^(?:it|they|that|this|he|she|i|we|you|there|these|those)$/;
const spoken =
  /^(?:is|are|was|were|can|could|should|must|will|would|has|have|had|may|might|shall|needs?|ought|do|does|did|am|'s|'re|'ve|'ll)$/;

/** "… , my son has …" says something else. */
const somebody =
  /^(?:my|our|the|his|her|their) (?!§)\p{L}+ (?:\p{L}+ )?(?:is|are|was|were|has|have|had|will|would|can|could|did|does|got|'s)\b/u;

/** "… , the kettle should go back" says something of another thing. */
const stated =
  /^(?:(?:the|my|our|that|this|these|those) (?=\S)|(?=§))(?:(?!(?:and|or|but|that|which|who|to|if|when)\b)[^ ,.;:!?]+ ){1,8}(?:should|must|has to|have to|needs? to|ought to|goes|belongs?|can (?:go|wait|be))\b/u;

function isBoundary(tokens: readonly Token[], at: number, begins: RegExp): boolean {
  let i = at;
  if (tokens[at]!.low === "and" && /^(?:go|ahead|come|try)$/.test(tokens[at - 1]?.low ?? "")) return false;
  // "The same day but at four" goes on.
  if (tokens[at]!.low === "but" && /^(?:at|in|on|from|to)$/.test(tokens[at + 1]?.low ?? "")) return false;
  if (/^(?:because|since|so|but|otherwise)$/.test(tokens[at]!.low) && tokens[at - 1]?.low !== "not") return true;
  while (i < tokens.length && (lead.test(tokens[i]!.low) || joint.test(tokens[i]!.low))) i++;
  const rest = tokens.slice(i, i + 8).map(({ low }) => low).join(" ");
  const plain = rest.replace(polite, "").trim().replace(/^(?:please|kindly|just) /, "").replace(
    /^(?:in|on|for|to|from|at) (?:the |my |our )?(?:\p{L}+ )?§\p{L}+ ,? ?(?=\p{L})/u,
    "",
  );
  // "Mark it as done" names what it is to be.
  const isVerb = polite.test(rest) || denied.test(rest) || begins.test(plain);
  if (isVerb && !/^(?:as|->)$/.test(tokens[at]!.low)) return true;
  const [first = "", second = ""] = rest.split(" ");
  if (/^(?:that|this) \p{L}+ (?:can|should|must|may|needs?|is|has|will)\b/u.test(rest)) return true;
  if (
    tokens[at]!.low !== "or" &&
    (somebody.test(rest) || stated.test(tokens.slice(i, i + 14).map(({ low }) => low).join(" ")))
  ) return true;
  return subject.test(first) && (spoken.test(second) || /^(?:i|we|you)$/.test(first));
}

/** What is asked for holds only then; "if you can" is polite. */
const condition =
  /^(?:if|unless|in case|whenever|as soon as|wait (?:until|till|for)|provided(?: that)?|should (?:it|he|she|they)\b)(?! (?:you|possible|necessary|need|needed|i (?:remember|recall|am not)|that (?:is|'s) (?:ok|okay|fine|possible)|so|not|and)\b)/;
/** Says what is to come of it. */
const purpose =
  /^(?:so|in order)(?: that (?:i|we|you|it|they|he|she|my|our|its|their|only|the|all|users?|nobody|everyone)|(?: only)? (?:i|we|you|it|they|he|she|nobody) (?:can|could|do not|does not|will|would|may|might|need not))\b/u;
/** Verbs that say only that something becomes different; "so that" behind them says how. */
const generic =
  /^(?:update|edit|change|adjust|modify|alter|make|set|set up|fix|correct|arrange|amend|revise|see|open)\b/;
const wished =
  /(?<=.)\bshall\b|\b(?:should|must|needs? to|has to|have to|ought to|can|could|may|want|wish|(?:would|'d) (?:really )?(?:like|love|prefer))\b/;
const finite =
  /\b(?:i|we|he|she|they|everybody|everyone|somebody|someone|people|is|are|was|were|am|has|have|had|will|would|does|did|'s|'m|'ve|'re)\b/;

function unitOf(
  { goal, part, begins }: { readonly goal: string; readonly part: readonly Token[]; readonly begins: RegExp },
): Unit {
  let from = 0;
  const isAside = isAsideAt(part);
  const isCondition = condition.test(plainOf(part).replace(/^(?:,|and|but|only) /, ""));
  const isPurpose = purpose.test(plainOf(part).replace(/^(?:,|and|but) /, ""));
  const skip = (): void => {
    while (from < part.length && (lead.test(part[from]!.low) || isNo()) && !isLimit() && !isContrast()) from++;
  };
  const plainFrom = (at = from): string => plainOf(part.slice(at));
  // "Only condos" limits, "only show condos" does not.
  const isLimit = (): boolean =>
    /^(?:just|only)$/.test(part[from]!.low) && !begins.test(plainFrom(from + 1)) && !polite.test(plainFrom(from + 1));
  const isContrast = (): boolean =>
    /^instead of \p{L}+ing\b|^instead of\b(?!.* (?:i|we|should|must|want|need|would|can|could|please)\b)/u
      .test(writtenOf(toldOf(goal, part.slice(from))));
  // "No, do not …" denies once.
  const isNo = (): boolean => part[from]!.low === "no" && /^(?:,|do|please)$/.test(part[from + 1]?.low ?? "");
  skip();
  let isDenied = false;
  let isCommand = false;
  let asks = question.test(plainFrom());
  for (let found = polite.exec(plainFrom()); found !== null; found = polite.exec(plainFrom())) {
    from += found[0].split(" ").length;
    asks = false;
    isCommand = true;
    skip();
  }
  if (denied.test(plainFrom()) || unwanted.test(writtenOf(toldOf(goal, part.slice(from))))) isDenied = true;
  const told = contrast(toldOf(goal, part.slice(from)));
  const mood = moodOf(told, toldOf(goal, part));
  isCommand ||= !isAside && (begins.test(told.plain) || wished.test(told.plain) || !finite.test(told.plain));
  return { told, isDenied: isDenied || mood === "keeps", isCommand, asks, isAside, isCondition, isPurpose, mood };
}

const plainOf = (tokens: readonly Token[]): string => tokens.map(({ low }) => low).join(" ");

const isAsideAt = (part: readonly Token[]): boolean => aside.test(plainOf(part).replace(/^(?:,|and|but) /, ""));

/** What is named only to say that it is not meant is taken away: "at four rather than ten", "without deleting it". */
function contrast(told: Told): Told {
  const found = / (?:rather than|instead of)(?: (?:just|only|simply))? \p{L}+ing\b[^,]*/u.exec(writtenOf(told)) ??
    / (?:(?:rather than|instead of)(?: \S+){1,4}?(?= (?:for|in|of|on|at|to|from) |$)|, not(?! (?:more|less|fewer|over|under|above|below)) [^,]+ (?=, )|(?:(?:and|,) not(?! (?:more|less|fewer|over|under|above|below))|without \p{L}+ing\b|,? (?:while )?(?:keeping|leaving) (?:the|its|all|everything|time|place|it)\b|,? (?:while )?(?:leaving out|hiding|excluding|ignoring|skipping|omitting) (?:(?:the|all|any|every|of) )*(?:everything else|anything else|others?|rest)\b)(?: .*|$))/u
      .exec(told.plain);
  if (found === null) return told;
  const from = found.input.slice(0, found.index).split(" ").length;
  const to = from + found[0].trim().split(" ").length;
  // "Instead" stays, "of one" goes.
  const kept = /^ (?:rather|instead)/.test(found[0]) ? from + 1 : from;
  return toldOf(told.goal, [...told.tokens.slice(0, kept), ...told.tokens.slice(to)]);
}
