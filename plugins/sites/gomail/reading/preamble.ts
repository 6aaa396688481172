import { type Told, toldOf } from "halo-agent/site";

/** What comes before a wish and says nothing of it. */
const idle = [
  /^(?:task|todo|to-do|request|goal|job|next|step \d+|hint|p ?s) [:–-] /,
  /^do not (?=send it (?:right |just |already )*(?:now|today|yet|immediately|at once) ,? ?but )/,
  /(?<=^send it )(?:right |just |already )*(?:now|today|yet|immediately|at once) ,? ?but (?:only )?/,
  /(?<=^|[.;!?] )as (?:a|an|the) [\p{L}-]+(?: [\p{L}-]+){0,2} , /u,
  /(?<=^|[.;!?,] |^please )(?:make|be) (?:very |quite |absolutely )?sure to /,
  /(?<=^|[.;!?,] )(?:your (?:job|task) is to|the user (?:wants|needs|would like) (?:you )?to|i was wondering (?:if|whether) you (?:could|can|would)|(?:is there )?any chance (?:that )?you (?:could|can)|i would (?:really )?(?:appreciate|love) it if you (?:could|would)?|(?:it )?would be \p{L}+ (?:if you (?:could|would)?|to)|be (?:a dear|so kind|so good|an angel)(?: and| as to)?|do me a favou?r(?: and| ,)?|would you mind(?: to)?|(?:it is )?time to|i (?:ask|beg|urge) you to) /u,
];
/** What asks that something be so. */
const sure =
  /(?<=^|[.;!?,] |^please |\band |\bcan you |\bcould you )(?:(?:make|be) (?:very |quite |absolutely )?sure|ensure|see to it|take care|verify|check|test|arrange)(?: that)?(?: (?=the|this|no|every|all|there|my|any|it|they|\p{L}+ing\b|\p{L}+ (?:'s|is|are)))/u;
/** "Let the app know that … is spam" asks for what it says. */
const toSite =
  /(?<=^|[.,;!?] |\b(?:you|please|kindly|to|and) )(?:let|tell|inform|notify) (?:the |this |my )?(?:gomail|(?:mail )?(?:program|app|application|client|system|software|service|site|provider|inbox))(?: know)? (?:that )?(?!so\b)/;
/** "Prepare, but do not send, a mail to …" */
const aside = / , (?:but )?(?:do not|without|never) send(?:ing)?(?: it)?(?: off| out)?(?: yet)? ,(?= )/;

/** A goal without what only leads to its wishes; what is to be made sure of is wanted. Pure. */
export function withoutPreamble(told: Told): Told {
  let plain = told;
  for (const one of [...idle, aside]) plain = without(plain, one);
  const said = toSite.exec(plain.plain);
  const found = said ?? sure.exec(plain.plain);
  if (found === null) return plain;
  const [from, to] = [wordsIn(plain.plain.slice(0, found.index)), wordsIn(found[0])];
  const first = plain.tokens[from]!;
  // "Verify that clicking …" is to click.
  const isDoing = /ing$/.test(plain.tokens[from + to]?.low ?? "");
  return withoutPreamble(
    toldOf(told.goal, [
      ...plain.tokens.slice(0, from),
      ...(isDoing ? [] : [{ ...first, low: said ? "treat" : "want" }]),
      ...plain.tokens.slice(from + to),
    ]),
  );
}

function without(told: Told, pattern: RegExp): Told {
  const found = pattern.exec(told.plain);
  if (found === null) return told;
  const from = wordsIn(told.plain.slice(0, found.index));
  return toldOf(told.goal, [...told.tokens.slice(0, from), ...told.tokens.slice(from + wordsIn(found[0]))]);
}

const wordsIn = (text: string): number => text.split(" ").filter((one) => one !== "").length;
