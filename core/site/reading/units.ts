import { type Token, type Told, toldOf } from "./told.ts";

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
}

const mark = /^[.;!?–—]$/;
const joint = /^(?:,|:|and|then|but|so|or|also|plus|->|because|since|as|otherwise)$/;
const lead =
  /^(?:[,:–—-]|and|then|but|so|or|also|plus|please|kindly|just|only|now|ok|okay|hey|hi|hello|well|yes|next|first|second|finally|afterwards|afterward|after|that|instead|simply|maybe|quickly|oh|oops|thanks|ta|cheers|too)$/;
const polite =
  /^(?:(?:could|can|would|will) you(?: (?:please|kindly|just|maybe|also|perhaps))*(?: mind)?|would (?:it be possible to|you be so kind as to)|is it possible to|may i ask you to|be so (?:kind|good) (?:as to|and)|(?:i|we) (?:would|'d) (?:really )?(?:like|love|want|prefer) (?:you )?to|(?:i|we) (?:want|need|wish|expect) you to|(?:i|we) (?:want|need|wish|have|ought|am going|intend|plan) to|go ahead and|go and|come on and|make sure(?: to| you| that you| that)?|be sure to|see to it that you|try to|remember to|help me(?: to)?|let us|it is time to|time to|you (?:can|could|should|may|must)|feel free to|do me a favou?r(?: and| ,)?|i (?:am )?asking you to|(?:can|could|may) (?:i|we)(?= (?:see|get|have|view|visit|tour|book|order|buy|look|come|go|do|hold|move|change|shift|please)\b)|i would be (?:glad|happy|grateful|pleased)(?: if(?: you (?:could|would))?)?)(?= )/;
const denied =
  /^(?:do not|never|no need to|there is no need to|(?:i|we) (?:do|did|would) not (?:really )?(?:want|need|have|like|wish|mean|plan|intend)(?: you)? to|(?:i|we) would rather not|you (?:need|must|should|do) not(?: have to| need to)?|avoid|stop|without|rather than|instead of|\p{L}+ (?:nothing|nobody|none))(?= |$)/u;
const question =
  /^(?:how|what|when|where|who|whom|whose|which|why|(?:is|are|was|were|do|does|did|am|has)(?! not)|have (?:i|we|you))(?: |$)/;
const aside =
  /^(?:if|unless|whenever|because|since|as|when|while|once|in case|until|although|though|given that|seeing that|now that)(?= )/;

/**
 * Cuts a goal at the ends of sentences, and at joints behind which a command of the site or another statement begins. What is
 * polite only is taken away; so is what is done instead of something. `begins` are words that begin a command. Pure.
 */
export function unitsOf(told: Told, begins: RegExp): readonly Unit[] {
  const parts: Token[][] = [[]];
  for (const [i, token] of told.tokens.entries()) {
    const last = parts.at(-1)!;
    if (mark.test(token.low)) parts.push([]);
    else if (
      joint.test(token.low) && last.length > 0 && isBoundary(told.tokens, i, begins) &&
      !isTextBehind(token, last, begins)
    ) parts.push([token]);
    else last.push(token);
  }
  return parts.map((part) => unitOf({ goal: told.goal, part, begins })).filter(({ told: { tokens } }) =>
    tokens.length > 0
  );
}

/** Behind a colon stands what to write, unless words before it only tell of something: "it is over: delete it". */
function isTextBehind({ low }: Token, before: readonly Token[], begins: RegExp): boolean {
  const said = before.map((one) => one.low).join(" ").replace(/^(?:[,:] )?(?:and|then|but|so|please) /, "");
  return low === ":" && (begins.test(said) || polite.test(said) || !finite.test(said));
}

/** Subjects after which, behind a joint, something else is said. */
const subject = /^(?:it|they|that|this|he|she|i|we|you|there|these|those)$/;
const spoken =
  /^(?:is|are|was|were|can|could|should|must|will|would|has|have|had|may|might|shall|needs?|ought|do|does|did|am|'s|'re|'ve|'ll)$/;

function isBoundary(tokens: readonly Token[], at: number, begins: RegExp): boolean {
  let i = at;
  if (tokens[at]!.low === "and" && /^(?:go|come|try)$/.test(tokens[at - 1]?.low ?? "")) return false;
  if (/^(?:because|since|so|but|otherwise)$/.test(tokens[at]!.low) && tokens[at - 1]?.low !== "not") return true;
  while (i < tokens.length && (lead.test(tokens[i]!.low) || joint.test(tokens[i]!.low))) i++;
  const rest = tokens.slice(i, i + 8).map(({ low }) => low).join(" ");
  const plain = rest.replace(polite, "").trim().replace(/^(?:please|kindly|just) /, "");
  // "Mark it as done" names what it is to be.
  const isVerb = plain !== rest || denied.test(rest) || begins.test(plain);
  if (isVerb && !/^(?:as|->)$/.test(tokens[at]!.low)) return true;
  const [first = "", second = ""] = rest.split(" ");
  return subject.test(first) && (spoken.test(second) || /^(?:i|we|you)$/.test(first));
}

const wished = /\b(?:should|must|needs? to|has to|have to|ought to|can|could|may|want|wish|like)\b/;
const finite = /\b(?:i|we|he|she|they|is|are|was|were|am|has|have|had|will|would|does|did|'s|'m|'ve|'re)\b/;

function unitOf(
  { goal, part, begins }: { readonly goal: string; readonly part: readonly Token[]; readonly begins: RegExp },
): Unit {
  let from = 0;
  const isAside = isAsideAt(part);
  const skip = (): void => {
    while (from < part.length && lead.test(part[from]!.low) && !isLimit()) from++;
  };
  const plainFrom = (at = from): string => part.slice(at).map(({ low }) => low).join(" ");
  // "Only condos" limits, "only show condos" does not.
  const isLimit = (): boolean =>
    /^(?:just|only)$/.test(part[from]!.low) && !begins.test(plainFrom(from + 1)) && !polite.test(plainFrom(from + 1));
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
  const denial = denied.exec(plainFrom());
  if (denial !== null) isDenied = true;
  const told = contrast(toldOf(goal, part.slice(from)));
  isCommand ||= !isAside && (begins.test(told.plain) || wished.test(told.plain) || !finite.test(told.plain));
  return { told, isDenied, isCommand, asks, isAside };
}

const isAsideAt = (part: readonly Token[]): boolean =>
  aside.test(part.map(({ low }) => low).join(" ").replace(/^(?:,|and|but) /, ""));

/** What is named only to say that it is not meant is taken away: "at four rather than ten", "without deleting it". */
function contrast(told: Told): Told {
  const found =
    / (?:(?:rather than|instead of)(?: \S+){1,4}?(?= (?:for|in|of|on|at|to|from) |$)|(?:(?:and|,) not(?! (?:more|less|fewer|over|under|above|below))|without \p{L}+ing\b)(?: .*|$))/u
      .exec(told.plain);
  if (found === null) return told;
  const from = told.plain.slice(0, found.index).split(" ").length;
  const to = from + found[0].trim().split(" ").length;
  // "Instead" stays, "of one" goes.
  const kept = /^ (?:rather|instead)/.test(found[0]) ? from + 1 : from;
  return toldOf(told.goal, [...told.tokens.slice(0, kept), ...told.tokens.slice(to)]);
}
