import {
  indexAt,
  numberWords,
  type Objects,
  phraseAt,
  phrasesAfter,
  type Quantity,
  spelled,
  spelledIn,
  type Told,
} from "halo-agent/site";

/** Ends the name of a person or firm. */
const nameStop =
  /^(?:about|regarding|concerning|with|to|in|on|at|until|that|which|who|whom|as|for|under|into|saying|say|says|and|then|or|but|be|is|are|was|were|has|have|had|i|you|he|she|they|it|me|him|them|us|unread|read|starred|out|back|by|from|received|sent|wrote|sends|writes|mailed|spam|trash|archive|inbox|folder|label|please|today|yesterday|tomorrow|tonight|this|last|next|before|after|since|older|newer|because|so|if|when|while|again|except|asking|telling|titled|called|named|subject|mail|mails|off|away|up|down|right|now|not|should|can|could|needs|need|deserves|goes|gets|belongs|star|whose|where|without|over|than|only|just|'s|also|too|do|does|reply|regards|archived|deleted|trashed|removed|marked|moved|restored|reported|labeled|labelled|tagged|snoozed|forwarded|gone|cleared|flagged|binned)$/;
/** Ends what a mail is about. */
const topicStop =
  /^(?:from|that|which|who|until|to|as|saying|by|then|but|is|are|was|were|i|in|under|into|back|out|unread|please|today|yesterday|tomorrow|with|and|because|so|if|mail|mails|should|can|could|needs|need|deserves|goes|gets|belongs|has|it|they|he|she|received|sent|off|away|on|label|star|forward|reply|spam|trash|archive|tell|telling|say|says|asking|again|right|now|when|while|'s|or|at|titled|called|not|do|does|may|might|will|would|whose)$/;
const titleStop = /^(?:from|then|please|and|but|until|to the|is|so)$/;

const things =
  "(?:mails?|notes?|ones?|letters?|newsletters?|notifications?|reminders?|invites?|invitations?|updates?|everything|anything|all|stuff|things|what|whatever|spam|receipts?|invoices?|requests?|alerts?|offers?|ads?|promos?|promotions?|reports?|news|reply|answer|bills?|statements?|newsletter|attachments?|drafts?|survey|something)";
const countedThings = new RegExp(
  `\\b(two|both|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\\d{1,3})(?: (?:most recent|newest|latest|oldest|last|first|top|unread|starred|old|new|recent|of|my|the|other))* ${things}\\b`,
);
const weekday = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const month =
  "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec";
const days = [
  new RegExp(
    String
      .raw`\b(?:(?:older|newer|earlier|later) than|before|after|since|prior to|from before|up to|over) (?:the )?(?:last |past |this )?(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: full)? (?:days?|weeks?|months?|years?)(?: ago| old)?|yesterday|today|last (?:week|month|year)|${weekday}|(?:${month})(?: \d+(?:st|nd|rd|th)?)?(?: (?:,? ?)?\d{4})?|\d+(?:[/.-]\d+)+|\d{4}|(?:week|month|year))\b`,
  ),
  /\b(?:more than |over )?(?:a|an|one|two|three|four|five|six|seven|\d+) (?:days?|weeks?|months?|years?) (?:old|ago)\b/,
  new RegExp(
    String
      .raw`\b(?:(?:in|from|within|over|during) )?(?:the )?(?:last|past|previous) (?:(?:two|three|four|five|six|seven|\d+|few|couple of) )?(?:days?|weeks?|months?|years?|night|${weekday})\b`,
  ),
  /\b(?:today|yesterday|this (?:morning|week|month|year|afternoon)|tonight)\b/,
  new RegExp(
    String
      .raw`\b(?:from|on|of|in|during) (?:${weekday}|(?:${month})\b(?: \d+(?:st|nd|rd|th)?)?|\d+(?:st|nd|rd|th) (?:of )?\w+)\b`,
  ),
];
const numbers: Readonly<Record<string, number>> = { ...numberWords, both: 2 };

/** What the words of a command say of the mails it means. */
export function whichOf(told: Told, verb?: string): Objects {
  const meant = withoutExcept(told);
  const senders = sendersOf(meant);
  const subjects = subjectsOf(meant, { senders, verb });
  const order =
    /\b(newest|latest|most recent|last|oldest|first|earliest|top|recent)\b(?! (?:week|month|year|night|day|days|name|few|time|one of|monday|tuesday|wednesday|thursday|friday|saturday|sunday|two weeks|three weeks|two days|three days))/
      .exec(told.plain)?.[1];
  const date = dateOf(told);
  const isVisible = /\b(?:visible|on (?:this|the) (?:page|screen)|i (?:can )?see|shown here|in view)\b/.test(
    told.plain,
  );
  const folder = isVisible
    ? "page"
    : /\b(?:in|from|out of|of|inside|on)(?: (?:the|my|our))* (inbox|trash|spam|archive|drafts|sent|starred)\b/.exec(
      told.plain,
    )?.[1];
  const state = stateOf(told.plain);
  const except = exceptOf(told);
  const query = queryOf(told);
  return {
    ...(senders.length > 0 && { senders }),
    ...(subjects.length > 0 && { subjects }),
    ...(query !== undefined && { query }),
    ...(state && { state }),
    ...(date !== undefined && { date }),
    ...(folder !== undefined && { folder }),
    ...(order !== undefined && { order }),
    ...(except.length > 0 && { except }),
    quantity: quantityOf(told.plain, order),
  };
}

/** The words before "except …". */
function withoutExcept(told: Told): Told {
  const at = told.plain.search(
    /\b(?:except|but not|apart from|other than|besides|excluding|leave out|but keep|all but)\b/,
  );
  if (at < 0) return told;
  return { ...told, plain: told.plain.slice(0, at).trimEnd(), tokens: told.tokens.slice(0, indexAt(told, at)) };
}

function sendersOf(part: Told): readonly string[] {
  const after = phrasesAfter(
    part,
    /\b(?:from|by)(?= (?!(?:the |my |our )?(?:inbox|trash|spam|archive|list|today|yesterday|last|this|before|\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|it|them|accident|mistake|tomorrow|now|then|saying|the past|the last|past|an? (?:minute|hour|day|week|month)\b|within\b|inside\b|there\b|its own|me\b|asking|telling|writing|thanking)\b))/,
    { stop: nameStop, isList: true, most: 4 },
  );
  const withThem = phrasesAfter(
    part,
    /\bmails? with(?= (?!the\b|a\b|an\b|subject|title|§q|attachments?|no\b|stars?|unread|label|my label|that|it|in\b|[\p{L}-]+ (?:in (?:the|their) (?:subject|title)|attach)))/u,
    { stop: nameStop, isList: true, most: 4 },
  );
  const owned = [...part.plain.matchAll(/'s\b/g)].flatMap((found) => ownerOf(part, found.index));
  const wrote = [
    ...part.plain.matchAll(
      /\b(?:that|what|which|everything|whatever|stuff|all|anything|mails?|note|the one|ones) ((?:§a|§q|[\p{L}-]+)(?: (?!and\b)[\p{L}-]+)??(?: and (?:[\p{L}-]+)(?: [\p{L}-]+)?)?) (?:has |had |just |have )?(?:sent|wrote|sends|mailed|writes|written|send|keeps sending|forwarded|wrote me)\b/gu,
    ),
  ]
    .flatMap((found) => {
      const at = found.index + found[0].indexOf(found[1]!);
      return /^(?:i|you|they|he|she|it|was|were|that)\b/.test(found[1]!)
        ? []
        : phraseAt(part, indexAt(part, at), { stop: nameStop, isList: true, most: 3 }).items;
    });
  return unique(
    [...after, ...withThem, ...owned, ...wrote].filter((one) =>
      !/^(?:me|him|her|them|us|it|you|that|this|person|address|sender|people|today|yesterday|week|who)$/i.test(one)
    ),
  );
}

/** Whose mail it is: the name before "'s", unless a time. */
function ownerOf(told: Told, place: number): readonly string[] {
  const at = indexAt(told, place);
  const words: number[] = [];
  const isPart = (i: number): boolean => {
    const one = told.tokens[i];
    return one !== undefined && /^[\p{L}-]+$/u.test(one.low) && !nameStop.test(one.low) &&
      !/^(?:the|a|an|my|all|any|every|both|to|of|delete|archive|star|unstar|reply|snooze|open|forward|label|restore|flag|put|move|give|mark|find|let|it|that|what|there|here|who|get|set|take|make|bring|trash|answer|report|respond|throw|spam|today|yesterday|tomorrow|week|month|year|pass|send|read|add|drop|latest|newest|last|oldest|bin|junk|toss|remove|clear|hide|share)$/
        .test(one.low);
  };
  for (let i = at - 1; i >= 0 && words.length < 3 && isPart(i); i--) words.unshift(i);
  const first = words[0];
  if (first === undefined) return [];
  const end = words.at(-1)!;
  const next = told.tokens[at + 1]?.low ?? "";
  if (/^(?:a|an|the|not|no|time|fine|okay|ok|done)$/.test(next)) return [];
  const name = told.goal.slice(told.tokens[first]!.start, told.tokens[end]!.end);
  const more = told.tokens[first - 1]?.low === "and" && isPart(first - 2) ? ownersBefore(told, first - 1, isPart) : [];
  return [...more, name];
}

function ownersBefore(told: Told, joint: number, isPart: (i: number) => boolean): readonly string[] {
  let from = joint;
  while (from - 1 >= 0 && joint - from < 2 && isPart(from - 1)) from--;
  return from === joint ? [] : [told.goal.slice(told.tokens[from]!.start, told.tokens[joint - 1]!.end)];
}

function subjectsOf(
  told: Told,
  { senders, verb }: { readonly senders: readonly string[]; readonly verb: string | undefined },
): readonly string[] {
  const titled = phrasesAfter(
    told,
    /\b(?:titled|entitled|called|named|headed|subject line|(?:with|the) subject(?: (?:is|of|line))?|subject(?: is)?|title(?: is)?) (?=[^ ])/,
    { stop: titleStop, most: 12 },
  );
  const about = phrasesAfter(
    told,
    /\b(?:about|regarding|concerning|re:|on the subject of|mentioning|mention|mentions|related to|to do with|that says|containing|contains)(?= )/,
    { stop: topicStop, most: 8 },
  );
  const inTitle = [
    ...told.plain.matchAll(
      /\b(?:with|having|have|has|containing|contain|contains|say|says) ((?:the words? )?(?:§q|[\p{L}\d-]+(?: [\p{L}\d-]+){0,2})) in (?:the |their |its )?(?:title|subject|subject line|name|heading)s?\b/gu,
    ),
  ]
    .map((found) =>
      spelledIn(
        told,
        found.index + found[0].indexOf(found[1]!),
        found.index + found[0].indexOf(found[1]!) + found[1]!.length,
      )
    );
  const quoted = told.tokens.filter(({ low }) => low === "§q").map(({ raw }) => raw);
  const on = phrasesAfter(
    told,
    /\b(?:mails?|note|notes|thing|one|stuff|reminder|invitation|newsletter) on(?= (?!monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d|top|my list|it\b|them\b|hold))/,
    { stop: topicStop, most: 8 },
  );
  const modified = [...modifiersOf(told, senders), ...on];
  const named = modified.length > 0 || verb === undefined ? modified : directOf(told, { senders, verb });
  const all = unique(
    [...titled, ...about, ...inTitle, ...named].map((one) => one.replace(/^(?:the |my )?words? /i, "")),
  );
  return all.length > 0 ? all.filter((one) => one !== "") : quoted;
}

const plainWords =
  /^(?:the|a|an|my|our|all|any|every|each|of|these|those|this|that|both|some|unread|read|starred|newest|latest|oldest|last|first|recent|most|next|new|old|older|top|other|only|just|received|two|three|four|five|six|seven|eight|nine|ten|\d+|visible|whole|entire|single|as|from|by|to|and|or|in|on|with|as well|incoming|sent|please|me|up|out|away|off|back|for|one|more|no|not|'s|,|at|it|them|also|such|follow|remaining|rest|lot|his|her|their|your|its|archived|deleted|trashed|yesterday|today|week|month|year|tomorrow|important|flagged|ever|spam|inbox|trash|archive|star|label|mail|mails|him|same|into|over|i|you|we|is|are|then|down|long|silly|stupid|annoying|boring|useless|pointless|damn|so|many|much)$/;

/** What stands before the word for a mail and tells which: "the invoice mail", "uber mails". */
function modifiersOf(told: Told, senders: readonly string[]): readonly string[] {
  return told.tokens.flatMap(({ low }, at) => {
    if (at < 2 || !/^mails?$/.test(low) || !isTold(told, at - 1)) return [];
    let from = at;
    while (from - 1 > 0 && at - from < 5 && isTold(told, from - 1)) from--;
    const to = /^(?:related|type|like|style|looking)$/.test(told.tokens[at - 1]!.low) ? at - 1 : at;
    // "no reply mails" come from senders of that name.
    if (/^(?:reply|replies)$/.test(told.tokens[from]!.low) && told.tokens[from - 1]?.low === "no") from--;
    const own = spelled(told.goal, told.tokens.slice(from, to)).replace(/["“”]/g, "");
    return own === "" || senders.includes(own) ? [] : [own];
  });
}

/** What the verb acts on, where it is called by its topic alone: "forward the boarding pass". */
function directOf(
  { tokens, goal }: Told,
  { senders, verb }: { readonly senders: readonly string[]; readonly verb: string },
): readonly string[] {
  let from = tokens.findIndex(({ low }, i) => i >= verb.split(" ").length && !plainWords.test(low));
  if (
    from < 0 ||
    tokens.slice(verb.split(" ").length, from).some(({ low }) =>
      /^(?:to|from|by|as|on|in|with|for|and|,|at|it|them|everything|mails?|off)$/.test(low)
    )
  ) return [];
  let to = from;
  while (to < tokens.length && !directStop.test(tokens[to]!.low)) to++;
  if (/^(?:'s|mails?)$/.test(tokens[to]?.low ?? "")) return [];
  if (/^(?:thing|things|stuff|one|ones|note|notes)$/.test(tokens[to - 1]?.low ?? "")) to--;
  if (tokens[from]?.low === "§q") return [];
  while (from < to && plainWords.test(tokens[from]!.low)) from++;
  const own = from < to ? goal.slice(tokens[from]!.start, tokens[to - 1]!.end) : "";
  return own === "" || senders.includes(own) || generic.test(own) ? [] : [own];
}

const directStop =
  /^(?:from|by|about|regarding|to|into|in|as|under|until|for|with|on|and|that|which|who|,|\.|;|:|\?|!|mails?|back|out|off|away|up|'s|§a|§q|please|so|then|but|because|is|are|i|he|she|they|again|now|tomorrow|today|next|at|of|label|labels|folder|or|since|if|via|inside|over|this|was|before|after|older|except|right|later)$/;
const generic =
  /^(?:(?:the )?(?:stars?|labels?|everything|all|anything|inbox|trash|spam|archive|folder|drafts?|reply|answer|two|three|things?|stuff|notes?|newsletters?|notifications?|reminders?|ones?|it|them|me|list|attention|mess|read|unread|back|rid|junk|clutter|contents?|quick|tab|room|page|rest))$/i;

const isTold = ({ tokens }: Told, i: number): boolean =>
  /^[\p{L}\d§-]/u.test(tokens[i]!.low) && !plainWords.test(tokens[i]!.low) && tokens[i]!.low !== "§a";

function dateOf(told: Told): string | undefined {
  for (const pattern of days) {
    const found = pattern.exec(told.plain);
    if (found !== null) {
      return spelledIn(told, found.index, found.index + found[0].length).replace(
        /^(?:from|on|of|in|during|within) (?!before)/i,
        "",
      );
    }
  }
  return undefined;
}

function stateOf(plain: string): string | undefined {
  if (
    /\b(?:everything|all|anything|whatever)(?: that is)? unread\b|\bunread(?= (?:mails?|ones?|newsletters?|notes?|messages?|stuff|notifications?|and|from|about|\w+ mails?)|$)(?<!(?:as|to|be|back to|mark|is|are|again) unread)|\b(?:not|n't|never) (?:been )?(?:read|opened|looked at)\b|\bunopened\b/
      .test(plain)
  ) return "unread";
  if (
    /\bstarred\b(?! folder$)/.test(plain) && !/\b(?:as|be|get|gets) starred\b/.test(plain) ||
    /\bwith (?:a )?stars?\b(?<=(?:mails?|everything|one|ones|all) with (?:a )?stars?)/.test(plain)
  ) return "starred";
  if (
    /\b(?:already|i have|i've|i 've|all|the|my|i) (?:already )?read (?:mails?|ones?)\b|\balready read\b|\bi (?:have|'ve) (?:already )?read\b/
      .test(plain)
  ) return "read";
  return undefined;
}

function exceptOf(told: Told): readonly string[] {
  return phrasesAfter(
    told,
    /\b(?:except(?: for)?|but not|apart from|other than|besides|excluding|leave out|but keep|all but)(?: (?:the|those|ones?|mails?|that|is|are|from|by|about|with|titled|called|any))*(?= )/,
    { stop: /^(?:mails?|please|and then|then|is|are|which|who)$/, isList: true, most: 5 },
  );
}

function queryOf(told: Told): string | undefined {
  return phrasesAfter(told, /\b(?:search(?: (?:my |the )?(?:mail|mails|inbox))?(?: for)?|look up|search for)(?= )/, {
    stop: /^(?:and|then|in|from|to|,|with)$/,
    most: 6,
  })[0];
}

function quantityOf(plain: string, order: string | undefined): Quantity {
  const counted = countedThings.exec(plain)?.[1] ??
    /\b(two|both|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?:from|about|by|of them|that|which)\b/.exec(plain)
      ?.[1] ??
    /\b(?:first|last|top|latest|newest|oldest|most recent)(?: the)? (two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3})\b(?! (?:days?|weeks?|months?|years?|hours?))/
      .exec(plain)?.[1];
  if (counted !== undefined) {
    const n = numbers[counted] ?? Number(counted);
    return n > 1 ? n : "one";
  }
  if (
    /\b(?:all|every|everything|any|each|anything|whatever|whole|entire|them|those|these|stuff)\b(?! (?:the best|star))/
      .test(plain)
  ) return "all";
  if (order !== undefined) return /\b(?:mails|ones|notes)\b/.test(plain) ? "all" : "one";
  if (
    /\b(?:mails|newsletters|notifications|ones|receipts|invoices|alerts|invitations|invites|reminders|updates|requests|offers|promos|ads|promotions|reports|bills|statements|surveys|notes|photos mails|stars from)\b/
      .test(plain)
  ) return "all";
  if (/\bempty\b|\b(?:clear|clean|sweep|wipe|tidy)\b.*\binbox\b/.test(plain)) return "all";
  return "one";
}

function unique(all: readonly string[]): readonly string[] {
  return [...new Set(all)];
}
