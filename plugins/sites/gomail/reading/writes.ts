import { indexAt, type Objects, phrasesAfter, spelled, type Told } from "halo-agent/site";

/** Ends a recipient's name. */
const personStop =
  /^(?:about|regarding|concerning|with|to|in|on|at|until|that|which|who|as|for|under|into|saying|say|says|then|but|is|are|was|i|you|he|she|they|it|me|if|whether|when|what|where|why|how|asking|ask|telling|tell|subject|titled|know|mail|mails|note|line|message|tomorrow|today|tonight|next|this|later|a|an|by|from|send|cc|bcc|let|wish|schedule|draft|please|thanks|thank|notifying|informing|letting|inviting|re|because|since|the|explaining|reminding|thanking|wishing|scheduled|so|of|do|has|have|will|would|could|can|not|and (?:tell|ask|say)|'s|monday|friday|sunday|tuesday|wednesday|thursday|saturday|reply|using|keep|copying|copy|put|save|leave|happy|our|my|your|his|her|their|back|up|confirming|quick|out|over)$/;

const time =
  "(?:later (?:today|this week|tonight)|tonight|(?:tomorrow|today|this|next|on|for|the)?(?: ?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weekend|month|tomorrow|today|morning|afternoon|evening|night|noon|midnight))+(?: (?:at|around|by) (?:\\d{1,2}(?:[:.]\\d\\d)?(?: ?[ap]\\.?m\\.?)?|noon|midnight|nine|eight|seven|ten))?|tomorrow|at (?:\\d{1,2}(?:[:.]\\d\\d)?(?: ?[ap]\\.?m\\.?)?|noon|midnight)(?: (?:tomorrow|today|on \\w+))?|(?:in|for(?: the next)?|after) (?:a|an|one|two|three|four|five|six|seven|\\d+|the next) (?:\\d+ )?(?:hours?|days?|weeks?|months?)|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec) \\d+(?:st|nd|rd|th)?(?: at \\S+(?: [ap]m)?)?|(?:the )?\\d+(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: at \\S+(?: [ap]m)?)?|\\d+(?:[/.-]\\d+)+|\\d{1,2}(?:[:.]\\d\\d)? ?[ap]m(?: tomorrow| today)?)";
const ledTime = new RegExp(`\\b(?:until|for|to|on|at|in) (?:the )?(${time})(?![\\w-])`);
const freeTime = new RegExp(`(?<!\\S)${time}(?![\\w-])`, "g");

/** When something is put off to, as it is said: "tomorrow morning". */
export function timeOf(told: Told): string | undefined {
  const quoted = /\b(?:until|for|on|at|choose|pick|with)(?: the (?:option|time))? (§q)/.exec(told.plain);
  if (quoted !== null) return at(told, quoted.index + quoted[0].length - 2, quoted.index + quoted[0].length);
  const led = ledTime.exec(told.plain);
  if (led !== null) {
    const from = led.index + led[0].length - led[1]!.length;
    return at(told, from, led.index + led[0].length).replace(/^(?:until|for|to|on|for the) /i, "");
  }
  const free = [...told.plain.matchAll(freeTime)].at(-1);
  return free && at(told, free.index, free.index + free[0].length).replace(/^(?:on|for|the) /i, "");
}

const at = (told: Told, from: number, to: number): string =>
  spelled(told.goal, told.tokens.slice(indexAt(told, from), indexAt(told, to + 1)));

/** What the words of a command say of the mail it writes. */
export function writtenOf(told: Told): Objects {
  const body = bodyOf(told);
  const head = body.from < 0 ? told : cut(told, body.from);
  const title = titleOf(told, head);
  const cc = copies(head, "cc|carbon copy|copy|copying");
  const bcc = copies(head, "bcc|blind copy");
  const isCopied = (one: string): boolean => cc.includes(one) || bcc.includes(one);
  const people = peopleOf(head).filter((one) => !isCopied(one));
  // "Drop Elena a line at elena@…": one person, with her address.
  const given = head.tokens.flatMap(({ low, raw }) => low === "§a" && !isCopied(raw) ? [raw] : []);
  const addresses = people.length === 1 && given.length === 1 ? given : people;
  return {
    ...(addresses.length > 0 && { addresses }),
    ...(cc.length > 0 && { cc }),
    ...(bcc.length > 0 && { bcc }),
    ...(title !== undefined && { title }),
    ...(body.text !== "" && { text: body.text }),
  };
}

const cut = (told: Told, from: number): Told => ({
  ...told,
  plain: told.plain.slice(0, from).trimEnd(),
  tokens: told.tokens.slice(0, indexAt(told, from)),
});

function copies(head: Told, word: string): readonly string[] {
  return [
    ...phrasesAfter(head, new RegExp(`\\b(?:${word})(?: (?:it|to|goes to|this))*(?: :)?(?= (?!of\\b|in\\b|on\\b))`), {
      stop: personStop,
      isList: true,
      most: 4,
    }),
    ...phrasesAfter(
      head,
      new RegExp(`\\bwith(?= (?:§a|[\\p{L}-]+(?: [\\p{L}-]+)?) (?:in|on|as) (?:the )?(?:${word})\\b)`, "u"),
      { stop: personStop, isList: true, most: 4 },
    ),
  ];
}

/** To whom a mail goes. */
function peopleOf(told: Told): readonly string[] {
  const rules = { stop: personStop, isList: true, most: 4 } as const;
  const verb =
    /^(?:mail|message|text|tell|ask|inform|notify|thank|congratulate|wish|contact|reach out to|ping|apologize to|invite|remind|let|update|write|drop|shoot|send|schedule mail|draft)(?: to)?(?= (?!(?:a|an|the|this|it|out|off|mail|mails|quick|new|my|back|some|to)\b))/;
  const direct = phrasesAfter(told, verb, rules).filter(isPerson);
  if (direct.length > 0 && !/^(?:send|write|draft|drop|shoot)\b/.test(told.plain)) return direct;
  const toOthers = phrasesAfter(
    told,
    /(?<!\b(?:like|want|need|reply|due|have|used|going|asks|asking|remember|how|ready|up|able|got|about|happy|has|free|over|back|moved|what)) (?:to|for)(?= (?!(?:let|ask|tell|say|know|be|see|send|the (?:trash|archive|inbox|spam)|trash|archive|me\b|it\b|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|tonight|next|\d|inform|notify|remind|thank|invite|confirm|later|get|find|check|arrange|schedule|wish|congratulate|lunch|dinner|a|an|request|apologize|update|come|go|bring|pick|make|set)\b))/,
    rules,
  ).filter(isPerson);
  return withAddress(
    [...new Set([...direct, ...toOthers])].slice(0, direct.length > 0 ? direct.length : 4),
  );
}

/** "my brother leo@example.com" is that address. */
export function withAddress(people: readonly string[]): readonly string[] {
  return people.map((one) => /\S+@\S+/.exec(one)?.[0] ?? one);
}

const isPerson = (one: string): boolean =>
  !/^(?:\d.*|him|her|them|us|me|it|that|this|everyone|everybody|someone|people|now|whoever)$/i.test(one) &&
  one.trim() !== "";

function titleOf(told: Told, head: Told): string | undefined {
  const named = phrasesAfter(
    told,
    /\b(?:(?:with )?(?:the |a )?subject(?: line)?(?: (?:is|should be|being|as|of|reads?))?(?: :)?|titled|entitled|with the title|title(?: is)?|headed)(?= )/,
    {
      stop: /^(?:and|with|body|say|saying|then|says|that|text|message|mail|ask|asking|as|which|is|but|,)$/,
      most: 10,
    },
  )[0];
  if (named !== undefined) return named;
  const about = phrasesAfter(head, /\b(?:about|regarding|concerning|re|on the subject of)(?: :)?(?= )/, {
    stop:
      /^(?:then|saying|but|until|and then|tomorrow|tonight|scheduled|asking|telling|do|save|keep|leave|;|,|that says|for|at \d)$/,
    most: 12,
  })[0];
  return about;
}

/** Where the words to write begin, and what they are. */
function bodyOf(told: Told): { readonly from: number; readonly text: string } {
  const patterns = [
    /\b(?:saying|says|say|that says|telling (?:him|her|them|\p{L}+(?: \p{L}+)?)|tell (?:him|her|them)|that reads|reading|with (?:the )?(?:message|text|body|words|reply|note|answer|response)(?: (?:being|is|of|that))?|(?:the )?(?:message|text|body)(?: (?:is|should be|should say|being|reads?))?|to (?:the )?(?:effect|tune) that|(?<!^)(?:write|writing)|the words)(?: that)?(?: :)?(?= )/u,
    /\bwith(?= §q)/,
    /^(?:reply|respond|answer|write back|get back to|shoot back|send back)\b.*?\bwith(?: a)?(?= )/,
    /^(?:tell|inform|notify|let|remind|mail|message|text|reply|respond|answer|write back|get back to)\b.*?\b(?:that|know(?: that)?)(?= )/,
    /^(?:turn|switch|set|enable|activate|make|update|change|use|start|create|add|put|vacation)\b.*?\b(?:vacation|responder|office)\b.*?\b(?:with(?! (?:the )?subject)|(?:the )?(?:message|text)(?: is| be)?|so (?:that )?it (?:says|reads|sends)|to(?= :)|to (?:say|send|tell people|reply))(?: that)?(?: :)?(?= )/,
    /\b(?:asking|ask|to (?:ask|see|check|find out))(?: (?:him|her|them|for|\p{L}+(?: \p{L}+)?(?= (?:if|whether|when|what|where|how|for|to))))?(?= )/u,
    / : (?=\S)(?!to §a|subject\b)/,
    /^(?:tell|ask|remind|mail|message|beg|urge) \S+(?: \S+)?? (?=to )/,
    /\b(?:thanking|thank|inviting|invite|congratulating|congratulate|wish|wishing|notifying|informing|letting|reminding|explaining|confirming)(?: (?:him|her|them|\p{L}+))(?: (?:know|that|of))?(?= )/u,
  ];
  for (const pattern of patterns) {
    const found = pattern.exec(told.plain);
    if (found === null) continue;
    const from = found.index + found[0].length;
    const { tokens } = told;
    const start = indexAt(told, from);
    const whole = tokens[start]?.low === "§q"
      ? tokens.slice(start, start + 1)
      : tokens.slice(start, endOf(told, start));
    const text = spelled(told.goal, whole).replace(/^[:,]\s*/, "").replace(/[.\s]+$/, "");
    if (text !== "") return { from: found.index === 0 ? from : found.index, text };
  }
  const quoted = told.tokens.findLastIndex(({ low }) => low === "§q");
  if (quoted > 0 && !/\b(?:subject|titled|about|called|title|named)(?: (?:is|line|of))? §q$/.test(told.plain)) {
    const from = told.tokens.slice(0, quoted).reduce((sum, { low }) => sum + low.length + 1, 0);
    return { from, text: told.tokens[quoted]!.raw };
  }
  return { from: -1, text: "" };
}

/** Words to write end with their sentence where something else is said after it. */
function endOf({ tokens }: Told, start: number): number {
  for (let i = start; i < tokens.length; i++) {
    if (tokens[i]!.low === ";") return i;
    const rest = tokens.slice(i).map(({ low }) => low).join(" ");
    if (
      /^(?:\.|,|and|,? but)(?: and)? (?:do not send|use|with (?:the )?subject|schedule|save|keep it|leave it|the subject|subject|send it|cc|with cc|then)\b/
        .test(rest)
    ) return i;
    if (/^as (?:a|my|the) (?:reply|answer|response|signature|vacation|draft)\b/.test(rest)) return i;
  }
  return tokens.length;
}
