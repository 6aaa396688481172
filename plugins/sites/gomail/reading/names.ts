import { phrasesAfter, type Told } from "halo-agent/site";

const stop =
  /^(?:to|on|onto|for|and|label|labels|folder|mail|mails|please|since|because|so|as|from|in|with|then|that|which|is|are|it|them|,|where|when|if|there|about|'s|into)$/;

/** What ends a name behind "called". */
const called =
  /^(?:to|on|onto|for|and|please|since|because|so|as|from|then|that|which|is|are|it|them|,|where|when|if|there)$/;

/** Names of labels in a command's words. */
export function labelsOf(told: Told): readonly string[] {
  const rules = { stop, most: 5 } as const;
  const named = phrasesAfter(
    told,
    /\b(?:(?:label|folder|labels)(?: (?:called|named|is|as|it|them|:|,|name|titled))+|name (?:is|(?:shall|should|must|is to) be|being|:))(?= )/,
    {
      stop: called,
      most: 5,
    },
  );
  if (named.length > 0) return clean(named);
  const before = [...told.plain.matchAll(/\b(?:label|labels|folder)\b/g)].flatMap((found) =>
    nameBefore(told, found.index)
  );
  const tagged = phrasesAfter(told, /\b(?:under|as(?! well)|into|in|with)(?= )/, rules);
  const after = phrasesAfter(
    told,
    /\b(?:the )?(?:label|folder)(?= (?!to\b|on\b|for\b|the\b|it\b|them\b|all\b|my\b|every|that\b|this\b|mails?\b|a\b|from\b))/,
    rules,
  );
  const quoted = told.tokens.filter(({ low }) => low === "§q").map(({ raw }) => raw);
  for (const found of [before, quoted.length === 1 ? quoted : [], tagged.slice(-1), after]) {
    const names = clean(found);
    if (names.length > 0) return names;
  }
  const last = told.tokens.length - 1;
  if (/^(?:label|file|categorize|put)\b/.test(told.plain) && last > 1 && /^\p{Lu}/u.test(told.tokens[last]!.raw)) {
    let from = last;
    while (from - 1 > 1 && /^\p{Lu}/u.test(told.tokens[from - 1]!.raw)) from--;
    return [told.goal.slice(told.tokens[from]!.start, told.tokens[last]!.end)];
  }
  return clean(phrasesAfter(told, /^(?:put|add|apply|attach|give|stick|slap|assign)(?= )/, rules));
}

const noName =
  /^(?:existing|brand|the|a|an|new|my|this|that|called|named|another|it|them|of|put|add|apply|attach|give|create|make|under|as|with|in|into|on|and|set|up|to|stick|slap|want|need|get|have|start|use|assign|mail|mails|label|fresh|custom|some|one|her|his|same|,|:|for|file|move)$/;

/** The name that stands before the word label: "the Personal label". */
function nameBefore({ tokens, plain, goal }: Told, place: number): readonly string[] {
  const at = plain.slice(0, place).split(" ").length - 1;
  let from = at;
  while (from - 1 >= 0 && at - from < 4 && !noName.test(tokens[from - 1]!.low)) from--;
  if (from === at) return [];
  return [from + 1 === at ? tokens[from]!.raw : goal.slice(tokens[from]!.start, tokens[at - 1]!.end)];
}

const clean = (names: readonly string[]): readonly string[] =>
  names.filter((one) => one !== "" && !/^(?:it|them|this|that|well|new|mails?|the)$/i.test(one));
