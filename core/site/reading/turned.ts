import { indexAt, type Token, type Told, toldOf } from "./told.ts";

/** What only says in which order or beside what something is to be done, with the joint that stands for it. */
const links: readonly (readonly [RegExp, string])[] = [
  [/\bas well as\b/g, "and"],
  [
    /\b(?:while|since|as) (?:you|u) (?:are|'re|have|'ve) (?:at it|there|at that|on it|got it open)\b|\bon top of (?:that|this)\b|\bin addition(?: to (?:that|this))?\b|\bbesides(?= ,)/g,
    "also",
  ],
  [
    /\b(?:when|once|after|as soon as) (?:you|that|this|it|they|those)(?: (?:are|is|'re|'s|has|have|'ve))?(?: been)?(?: all)? (?:done|finished|ready|through|over|complete)(?: with (?:that|this|it|them))?\b|(?<=(?:^|[,.;:]|\band|\bthen) )after (?:that|this|which)\b(?! (?:\p{L}+day|week|month|time)\b)/gu,
    "then",
  ],
];

/** The words with each link between two errands as one joint: "and while you're at it" as "and also". Pure. */
export const linked = (told: Told): Told =>
  links.reduce((said, [pattern, low]) => {
    const found = [...said.plain.matchAll(pattern)].reverse();
    return found.reduce(({ goal, tokens }, { index, 0: words }) => {
      const from = indexAt(said, index);
      const own = tokens.slice(from, from + words.split(" ").length);
      const one = { low, raw: "", start: own[0]!.start, end: own[0]!.start };
      return toldOf(goal, [...tokens.slice(0, from), one, ...tokens.slice(from + own.length)]);
    }, said);
  }, told);

const wants = "(?:really |just |only )?(?:want|need|wish|would like|would love|ask)";
/** "The lamp is what I would like to buy". */
const thingFirst = new RegExp(
  `^(.+) (?:is|are) (?:what|the (?:ones?|things?|items?)(?: that| which)?) (?:i|we) ${wants}(?: you)? to (?=\\p{L})`,
  "u",
);
/** "Can the lamp be put aside", "the lamp you can put aside". */
const passive =
  /^(?:can|could|may|might) ((?:the|my|our|this|that|these|those|§\p{L}+) .+?|§\p{L}+) (?:please )?be (?=\p{L})/u;
const forYou =
  /^((?:(?:the|my|our|this|that) |(?=§))(?:(?!(?:is|are|was|would|will|has|have|if|that|which|who)\b)[^ ,]+ ){0,5}?[^ ,]+) (?:you (?:can|could|may|should)|i (?:want|need) you to)(?: (?:just|also|please|simply|now))* (?=\p{L}+(?!.*\b(?:is|are|was|has|should|must)\b))/u;
/** "What I want is to buy the lamp". */
const wishFirst = new RegExp(
  `^(?:what|all) (?:i|we) ${wants}(?: you to do| to do| from you| of you)? is (?:(?:for you )?to (?=\\p{L}))?`,
  "u",
);

/** The words of a unit with the verb before its thing: "buy the lamp". Pure. */
export function verbFirst(goal: string, part: readonly Token[]): readonly Token[] {
  const told = toldOf(goal, part);
  const asked = passive.exec(told.plain);
  if (asked !== null) {
    const n = indexAt(told, asked[0].length);
    return [
      ...part.slice(1, n - 1).filter(({ low }) => low !== "please"),
      { ...part[0]!, low: "should" },
      ...part.slice(n - 1),
    ];
  }
  const thing = thingFirst.exec(told.plain) ?? forYou.exec(told.plain);
  if (thing !== null) {
    const [is, verb] = [indexAt(told, thing[1]!.length), indexAt(told, thing[0].length)];
    return [part[verb]!, ...part.slice(0, is), ...part.slice(verb + 1)];
  }
  const wish = wishFirst.exec(told.plain);
  if (wish === null) return part;
  const rest = part.slice(wish[0].trim().split(" ").length);
  return /\b(?:to|do is) $/.test(wish[0]) ? rest : [part[1]!, { ...part[2]!, low: "want" }, ...rest];
}
