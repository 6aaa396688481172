const noVerb =
  /^(?:i|you|we|he|she|they|it|there|here|this|that|these|those|the|a|an|my|our|your|his|her|their|its|some|any|no|not|of|from|to|in|on|at|by|for|with|about|is|are|was|were|be|am|has|have|had|will|would|can|could|should|must|may|might|do|does|did|if|when|while|because|since|as|until|than|so|too|also|only|just|both|all|what|which|who|how|why|where|thanks|thank|sorry|mum|dad|one|two|three|four|five|six|seven|eight|nine|ten|not|never|nothing|nobody|like|unlike|cheapest|newest|largest|biggest|latest|best|highest|lowest|oldest|dearest|top|most|among|amongst|across|through|throughout|beyond|against|along|beside|besides|behind|inside|outside|out|off|up|down|into|onto|via|per|towards?|despite|except|than|whether|whose|then|and|but|or|even|still|instead|(?:mon|tues|wednes|thurs|fri|satur|sun)day|between|under|over|near|around|after|before|during|without|within|once|maybe|perhaps|hopefully|otherwise|well|let|lets)$/;
const things = "(?:the|my|our|a|an|all|every|each|it|them|me|us|him|her|this|that|these|those|everything|§\\p{L}+)";
const verbed = new RegExp(`^(\\p{L}[\\p{L}'-]*) ${things}(?: |$)`, "u");
const particled = new RegExp(`^(\\p{L}[\\p{L}'-]*) (off|about|with|away|from) ${things}(?: |$)`, "u");

/** A command by a verb that no frame knows: "print the month". */
export function strangeVerb(plain: string, begins: RegExp): string | undefined {
  if (begins.test(plain)) return plain.split(" ").slice(0, 3).join(" ");
  const found = verbed.exec(plain);
  if (found === null || noVerb.test(found[1]!) || /(?:ed|ly|(?<!s)s)$/.test(found[1]!)) return undefined;
  return found[0].trim();
}

/** Verbs that lead to a thing, whatever is done with it then. */
const leading = /^(?:use|click|tap|press|hit|choose|select|pick|find|look|see|go)\b/;
const ownWords = new WeakMap<RegExp, ReadonlySet<string>>();

/** The verb with which words begin where the frame has it not in its own words: "close the page" is not to open it. */
export function otherVerb(
  plain: string,
  { says, begins }: { readonly says: RegExp; readonly begins: RegExp },
): string | undefined {
  const [phrase, verb, particle] = particled.exec(plain) ?? [];
  const found = phrase === undefined || noVerb.test(verb!) ? strangeVerb(plain, begins) : phrase.trim();
  let own = ownWords.get(says);
  if (own === undefined) {
    const words = says.source.replace(/\(\?<?!(?:[^()]|\([^()]*\))*\)/g, " ").replace(/\\p\{L\}|\\./g, " ");
    own = new Set(words.match(/[\p{L}-]+/gu));
    ownWords.set(says, own);
  }
  if (found === undefined || (particle === undefined && leading.test(found))) return undefined;
  return own.has(found.split(" ")[0]!) && (particle === undefined || particle === "with" || own.has(particle))
    ? undefined
    : found;
}

const settings = new RegExp(
  "^(?!(?:set|change|apply|use|choose|select|pick|adjust|switch|put|add|enter|type|make|raise|lower|increase|reduce|" +
    "update|click|tap|tick|check|open|sort|order|filter|limit|narrow|restrict|keep|leave|show|find|list|search|look|" +
    "get|give|have|want|i|we|for|in|from|with|on|by|save|store|remember|come|run|start|do|begin|view|see|browse|display)\\b(?! (?:off|not|no longer)\\b))" +
    "(?:(?!should|must|decides?|sets?)\\p{L}+ ){1,4}?(?:the|my|this|that) (?!others? )(?:[^ ]+ ){0,2}?(?:sort|order|filter|brand|range|limit|status|search|results)\\b",
  "u",
);

/** What is done to a setting of a list where that does not set it: "hide the price limit", "what is the order". */
export const unsets = (plain: string): string | undefined => settings.exec(plain)?.[0];
