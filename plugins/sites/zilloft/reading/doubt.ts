import { type Frame, otherVerb, type Token, type Unit, unsets } from "halo-agent/site";
import { begins } from "./lexicon.ts";
import { isOwnWord, strangeTo } from "./words.ts";

const acted =
  "(?:saved|favorite[sd]?|removed|deleted|cancelled|booked|scheduled|requested|arranged|wrote|written|contacted|messaged|emailed|told|asked|called|sent|sorted|searched|looked|found|opened|saw|seen|visited|toured|took|taken|put|added|kept|dropped|filtered|bookmarked|viewed|checked|unsaved|set|done)";
/** Tells what was, what somebody has done, what is dreamed of: no errand. */
const tells = new RegExp(
  [
    "\\b(?:was|were|had been) (?:just )?(?:going|about|thinking|supposed|planning|considering|tempted|hoping)\\b",
    "\\bused to\\b|\\b(?:thought|think|thinking|thinks|talked|talking|considered|considering|wondered|wondering|debating|dreaming|dream|dreamed|toying) (?:about|of|whether|with|if)\\b",
    "\\b(?:have|has|had|'ve|'s|is|are) (?:just |now |all )?already\\b|\\balready (?:has|have|had|did|does|is|are)\\b",
    `\\b(?:i|we|he|she|they|you|somebody|someone|wife|husband|partner|brother|sister|mother|father|mom|dad|son|daughter|agent|landlord|friend) (?:(?:have|has|had|'ve|'s|just|already|only|never|then|once|finally) )*${acted}\\b`,
    `\\b(?:was|were|has been|have been|had been|got|is already|are already)(?: (?:just|already|only|finally|then|long))* ${acted}\\b`,
    `\\balready ${acted}\\b|\\byesterday\\b|\\blast (?:week|month|night|year|time|summer|winter|spring|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b|\\b(?:days?|weeks?|months?|years?|hours?) ago\\b`,
    "\\b(?:would|could|should|might|must) have (?!to\\b)\\p{L}+(?:ed|en|t)\\b|\\b(?:almost|nearly) \\p{L}+ed\\b|\\bdid (?!you)\\b|\\bwanted to\\b|\\bif only\\b|\\bsome ?day\\b|\\b(?:one|another) (?:fine )?day\\b|\\bin (?:my|our) dreams\\b|\\bi wish (?:i|we)\\b",
    "^how (?:i|we|nice|lovely|great|much i|often)\\b|(?<!(?:would|'d|really|i|we|also) )like (?:those|them|they) \\p{L}+\\b|\\bno (?:longer|more) than a dream\\b",
    "^(?:i|we|my \\p{L}+|he|she|they) (?:always|usually|often|sometimes|normally|regularly|keeps? \\p{L}+ing|tends?|rarely|hardly)\\b",
    "^(?:should|shall|must|may|might|ought) (?:i|we|one)\\b",
    "^(?:my|our|his|her|their|the) (?:\\p{L}+ )?(?:wife|husband|partner|brother|sister|mother|father|mom|dad|son|daughter|agent|landlord|friend|boss|neighbou?r|buyer|seller|owner|assistant|bank) (?:(?:will|'ll|is going to|is|has|had|can|could|did|does|wants to|may|might) (?!like|love|need|prefer|want|know|contact|call|write|message|email|reach|get back|reply)|saves?|cancels?)",
    "\\b(?:will|can|could|might) (?:\\p{L}+ )?(?:tomorrow|later|next week|next month|next year|another time)\\b|\\b(?:i|we|they|he|she) (?:will|'ll) (?:\\p{L}+ )?(?:save|cancel|book|write|contact|message|sort|remove|delete|search|look|decide|ask|do|call)\\b",
  ].join("|"),
  "u",
);
/** "The tour I asked for" names one. */
const relative = new RegExp(
  `\\b(tour|visit|appointment|request|search|home|house|message)(?: that| which)? (?:i|we)(?: have| had| 've)? ${acted}(?: for)?\\b`,
  "gu",
);
/** Behind these words stands why, or what is told by the way. */
const aside =
  / (?:because|since|so that|so (?:i|we|that|he|she|they)|as (?:i|we|it|he|she|they|my|our|the|there)|which|who|where|when|whenever|while|in order to|that (?:i|we|my|our|she|he|they|you|caught|looks|belongs|came|just|got)|in case|before|until|for when|even though|although|though|if (?:possible|you (?:can|could|would|please|do not mind|will)|there (?:is|are)(?: any| one| some)?|any|that is (?:ok|okay|fine|possible)|it is (?:possible|free|open|available))) .*| (?:if possible|if you can|if you please|if any)$/u;
/** Behind these stands what the agent is to read. */
export const text =
  / (?:about|regarding|concerning|re|whether|if|that|asking|saying|:|to (?:ask|say|know|find|tell|see|learn|call|write|phone|ring|contact|reach|get)|because|and (?:ask|say|tell)|how|what|when|why|is|are|does|could|for more|i am|we are) .*/u;
/** Behind these words stands what an errand is for. */
const purpose =
  / (?:because|since|so (?:that|i|we|he|she|they)|as (?:i|we|it|he|she|they|my|our|there)|in order to|before|until|for when|even though|although|though)(?: .*|$)/u;
const condition = /\b(?:if|unless|provided|assuming|whenever|in case|as long as)\b/;
const conditional =
  /^(?:if|unless|whenever|in case|provided|once|when|as soon as|until)\b(?! (?:possible|you (?:can|could|would|please|do not mind|will|have|like|get|find|are)|that is (?:ok|okay|fine|possible)|it is (?:possible|still (?:there|available))|there (?:is|are)))/;
/** Says that something does not hold, not that it is to end. */
const unable =
  /(?:^|, |and |but |\b(?:i|we|he|she|they) )(?:(?:can|could|will|would|do|did|may|am|are|is) not|no longer|never)\b(?! (?:want|need|wish)\b)/;
/** Tells what something has or costs, not what somebody looks for. */
const states =
  /^(?:the|this|that|these|those|my|our|his|her|their|§home|\p{L}+ing|most|all)\b(?!.*\b(?:budget|limit|maximum|minimum|max|min|ceiling|cap|floor|range|bank|family|kids|clients?|wife|husband|parents|savings|should|must|needs?)\b).* (?:says?|said|shows?|price|has|have|is|are|was|were|returned?|starts?|goes|sells?)\b|^(?:homes?|house|places?|condo|townhome|apartment) (?:in|around|near) §place (?:price|are|is|have|has|go|sell|start)\b/u;
const needs =
  /\b(?:interested|is to|are to|to be|would|'d|needs?|must|should|shall|has to|have to|looking|off|no longer|not|wants?|wish|hop(?:e|ing)|keen|business|whoever|'s|want)\b/;
const finite =
  /\b(?:i|we|he|she|they|is|are|was|were|am|has|have|had|will|would|does|did|'s|'m|'ve|'re|looks?|seems?|says?|said|wants?|needs?|likes?|loves?|got|gets|gave)\b/;
const harmless =
  /\bno (?:hurry|rush|problem|worries|doubt|matter)\b|\bwhy not\b|\bif not too much trouble\b|\bnot yet\b/gu;
const denial = /\b(?:not|never|no|nothing|none|nobody|without|neither|nor|stop|avoid|instead of|rather than)\b/u;

/** What a site like this cannot do, asked for by words or by what is asked of it. */
const foreign = new RegExp(
  [
    "\\b(?:mortgages?|loans?|lenders?|pre-?approv\\p{L}+|financing|finance|refinance|down ?payment|deposit|estimates?|zestimate|appraisals?|appraise|worth|valuation|value|safest|jobs|crime|schools?|commute|walk score|walkable|noise)\\b",
    "\\b(?:make (?:an|a) (?:\\p{L}+ )?(?:offer|bid)|(?:put in|submit|place|send) (?:an |a |my |our )(?:\\p{L}+ )?(?:offer|bid)|offer (?:\\d|§money|on|the|him|her)|counter-?offer|negotiate|haggle|lower (?:the|their|his|her) (?:asking )?price|asking price (?:of|to)|purchase contract|sign (?:the|a|my|our|this)|contracts?|lease agreement|escrow|closing)\\b",
    "\\b(?:draw|circle|polygon|map|satellite|street view|zoom|share|print|download|export|upload|pdf|screenshot|photos? of|pictures? of|video|3d|virtual|floor ?plans?|forward|post|publish|compare|comparison|side by side|calculator|calculate|measure|count|how many|how much|how far|how long|how old|distance|directions|route|navigate)\\b",
    "\\b(?:insurance|taxes|tax|hoa|sign (?:in|up for an|out)|log (?:in|out)|password|profile|(?:my|an|the|our) account|notifications?|alerts?|notify me|email me|text me|message me|tell me (?:when|if|whenever|as soon)|let me know|remind|reminders?|calendar|call (?!off|it|that|this|them|the tour|the visit|my|our|me|back)|phone (?:the|them|him|her|up)|weather|dark mode|language|currency|units?)\\b",
    "\\b(?:report (?:this|the|a|that|it)|flag|block|review|rate|rating|ratings|reviews|feedback|complain|complaint|move-in|moving (?:company|truck|van)|movers|application|apply for|background check|credit|price history|price (?:drops?|falls|changes)|trends?|statistics|average|median|open houses?|inspections?|inspector|inspect(?:ed|or)|contractor|plumber|lawyer|notary|cleaner|photographer|sell (?:my|our)|do i have|have i got|undo|history|archive|folder|rename|label|tag|comment|private note|annotate|hide (?:the )?§home|reschedule|postpone|push back|swap)\\b",
    "\\b(?:find out|know|learn|see|check|explain|understand|remember)(?: \\p{L}+)? (?:who|when|why|whether|if|how)\\b|\\b(?:my|our|their|his|her) (?:\\d|one|two|three|four|five|six) (?:bed|bath)\\b|^(?:build|construct|paint|clean|repair|renovate|furnish|decorate|design|knock|install|bake) (?:me |us )?(?:a|an|the|my|our|some|\\d|one|two|three|four|new|more)\\b|^(?:order|buy) (?:me |us )?(?:a|an|some|\\d|one|two|three|four|new|more)\\b",
    "\\b(?:have|get) (?:the |my )?(?:listing|home) of\\b|\\blisting (?:removed|taken down|deleted)|\\btake down\\b|\\b(?:edit|update|correct|change|modify) (?:my|the|our|its) (?:email|phone|number|name|message|tour|visit|appointment|request|price|asking|search|photo|listing|description|address|time|date)\\b",
    "\\b(?:sell|list|advertise|rent out|put|post) (?:my|our|the|a) (?:own )?(?:home|house|apartment|condo|townhome|place|lot|bungalow|cottage)\\b(?!.*\\b(?:list|saved|favorite|heart)\\b)|\\b(?:my|our) own (?:home|house|apartment|condo|place|building)\\b|\\b(?:leave|keep) (?:the |my |our |that |this |all )?(?:tour|visit|appointment|search|filter|sort|order)\\b.*\\b(?:as|alone|untouched|unchanged|in place)\\b|\\bas (?:it|they) (?:is|are)\\b",
    "\\b(?:delete|forget|drop|get rid of|clear|open|rename|show|see|view|list|run|load|go to)\\b(?: \\p{L}+){0,3} (?:saved search|search history|filter)\\b|\\b(?:clear|reset|delete|drop|undo|turn off) (?:the |all |my |these |every |those )*(?:\\p{L}+ )?(?:filter|search)\\b",
    "\\b(?:with|has|have|having|near|close to|without|no)(?: \\p{L}+){0,3} (?:pool|garden|yard|backyard|garage|views?|basement|balcony|fireplace|parking|elevator|stairs|beach|park|lake|river|sea|ocean|station|subway|transit|solar|porch|patio|air conditioning|schools?|dishwasher|laundry|sauna|attic|gym)\\b",
    "\\b(?:waterfront|pet[- ]friendly|pets allowed|furnished|gated|new construction|fixer-upper|foreclosures?|square feet or more|(?:\\d+|at least|over|under|more than|less than) (?:\\d+ )?(?:square|sq|sqft)|sq ?ft|acres?|stories|(?:single|one|two|three)-? ?story|built (?:in|after|before|since)|miles?|km|kilomet\\p{L}+|minutes|walking)\\b",
    "\\b(?:cheapest|priciest|lowest price|highest price|least expensive|most expensive|oldest|smallest|fewest|dearest)(?: \\p{L}+){0,3} (?:first|on top|at the|to the top|last|up front)\\b|\\b(?:by|on|in order of|according to) (?:the |their |its |ascending |descending |rising |falling |lowest |highest )*(?:price|distance|age|popularity|street|name|alphabet\\p{L}*)\\b|\\balphabetical\\p{L}*\\b|\\b(?:next|previous|second|third|fourth|last|following|\\d+(?:st|nd|rd|th)) page\\b|\\bpage (?:number )?\\d|\\bcheap(?:est)? (?:to|first)\\b|\\bfrom (?:cheap|low|small)\\p{L}*\\b|\\b(?:low|high|cheap) to (?:low|high|expensive)\\b",
    "\\b(?:newest|largest|biggest|latest|roomiest)(?: \\p{L}+){0,2} (?:last|at the (?:bottom|end))\\b",
    "\\b(?:the|my|our|that) (?:tour|visit|appointment)\\b.*(?:§time|§day|\\d|day) instead\\b|\\b(?:make|have|get|put|set|want) (?:the|my|our) (?:tour|visit|appointment)\\b.*\\b(?:early|earlier|later|sooner)\\b",
    "\\b(?:at most|up to|maximum|max|no more than|(?<!no |not )(?:fewer|less) than|not more than|under|below)(?: of)? (?:\\d|one|two|three|four|five|six) (?:bed|bath)\\b|(?:bed|bath) (?:at most|max|maximum|or (?:less|fewer))\\b|\\bexact(?:ly)? (?:\\d|one|two|three|four|five|six) bath\\b",
  ].join("|"),
  "u",
);
/** Behind "with" stands why, where somebody needs something then. */
const reason =
  /^(?:with|given|after) (?:(?!(?:bed|bath|price|dollars|without|not|no)\b)[^ §]+ ){1,6}?(?=(?:, )?(?:i|we) (?:need|want|would|are|will|must|have)\b)/;
const people =
  /\b(?:to|message|write|tell|ask|email|e-mail|contact|inform|show|send|notify) (?:it to |that to |this to )?(?:my|our|his|her|their|the|a|an) (?:\p{L}+ )?(?:wife|husband|partner|brother|sister|mother|father|mom|mum|mama|dad|son|daughter|landlord|landlady|friends?|boss|neighbou?rs?|bank|lawyer|tenants?|roommates?|colleagues?|cousin|aunt|uncle|girlfriend|boyfriend|fianc\p{L}+|parents|family|mayor|city|contractor|architect|movers?|plumber|inspector|support|customer service|zilloft)\b/u;

/**
 * Why the words of a unit do not ask for what its frame says, or for anything; "" where they only tell of something. An errand
 * is asked for now, by somebody here, under no condition, and every word of the unit belongs to it.
 */
export function doubts(unit: Unit, frame: Frame | undefined): string | undefined {
  const { told: { plain }, asks, isAside, isCommand, isDenied } = unit;
  const isLetter = frame?.writes !== undefined;
  const isTold = !isCommand && !asks;
  const unasked = isAside || isDenied ? null : foreign.exec(plain.replace(isLetter ? text : purpose, ""));
  if (unasked !== null) return isTold ? "" : `"${unasked[0].trim()}" is nothing this site can do`;
  if (frame === undefined && isAside && conditional.test(plain)) return "it asks under a condition";
  if (frame === undefined || frame.kind === "") return undefined;
  const { kind } = frame;
  const isFilter = /^(?:search|sort|deal|types|beds|baths|rooms|exact_beds)$|price/.test(kind);
  const match = frame.says.exec(plain)!;
  const upTo = plain.slice(0, match.index + match[0].length);
  // What homes have stands behind "which" and "that" too.
  const isOfHomes = isFilter &&
    / (?:homes?|house|ones?|places?|those|§place|anything|something) (?:which|that) /.test(upTo);
  const said = isLetter
    ? plain.replace(text, "")
    : isFilter && reason.test(plain)
    ? plain.replace(reason, "")
    : isOfHomes
    ? `${upTo}${plain.slice(upTo.length).replace(aside, "")}`
    : plain.replace(aside, "");
  if (kind !== "deal" && [said, upTo.replace(aside, "")].some((one) => tells.test(one.replace(relative, "$1")))) {
    return "";
  }
  if (!/^(?:cancel|unsave)$/.test(kind) && !isFilter && unable.test(upTo)) return "";
  const doubt = doubtOf();
  if (
    /^(?:min|max)_price$/.test(kind) &&
    /^(?:hide|exclude|skip|drop|leave out)\b(?!.*\b(?:others?|rest|else|not|at (?:most|least))\b)/.test(plain)
  ) {
    return "it hides what lies beyond a price";
  }
  const dues = /price/.test(kind) ? /\b(?:hoa|fees?|dues|taxes|deposit)\b/.exec(plain) : null;
  if (dues !== null) return `"${dues[0]}" is no price of a home`;
  if (/price|bed|bath|rooms/.test(kind) && states.test(said)) return "";
  if (
    kind === "deal" &&
    /^(?:the|my|our|those|these|most)\b.* (?:was|were|are|is)(?: (?!sold|for|rent|there)|$)/.test(plain)
  ) return "";
  if (!isTold || isFilter) return doubt;
  return doubt === undefined && needs.test(said) ? undefined : "";

  function doubtOf(): string | undefined {
    const verb = isFilter ? unsets(plain) : otherVerb(plain, { says: frame!.says, begins });
    if (verb !== undefined) return `"${verb}" asks for something else`;
    if (condition.test(said.replace(/\bif possible\b/gu, " "))) return "it asks under a condition";
    const person = isFilter || kind === "view" ? null : people.exec(said);
    if (person !== null) return `it speaks of "${person[0]}"`;
    const isNamed = /§home|\b(?:it|one|this|that)\b/.test(plain);
    const stranger = isFilter || isLetter || isNamed
      ? undefined
      : unit.told.tokens.find((token, i) => i > 0 && isUnknownName(token, kind));
    if (stranger !== undefined) return `"${stranger.raw}" is nothing this site has`;
    const words: string[] = [];
    const other: string[] = [];
    for (const part of partsOf(said)) {
      const isMatched = part.end > match.index && part.start < match.index + match[0].length;
      if (isMatched) words.push(isLetter ? part.words.slice(0, Math.max(0, upTo.length - part.start)) : part.words);
      else if (isLetter) continue;
      else if (!finite.test(part.words) || denial.test(part.words.replace(harmless, " "))) other.push(part.words);
    }
    const rest = `${plain.slice(0, match.index)} ¦ ${plain.slice(match.index + match[0].length)}`;
    const denied = denial.exec(rest.replace(isLetter ? text : aside, "").replace(harmless, " "));
    if (denied !== null && frame!.denies !== true) return `it says "${denied[0]}"`;
    const strange = strangeTo(
      kind,
      unnamed([...words, ...other].join(" ").split(/\s+/).filter((word) => word !== ""), unit.told.tokens, kind),
    );
    return strange === undefined ? undefined : `"${strange}" is not part of it`;
  }
}

const isUnknownName = ({ low, raw }: Token, kind: string): boolean =>
  !isOwnWord(kind, low) && /^\p{Lu}\p{Ll}/u.test(raw) && !low.startsWith("§") &&
  !/^(?:my|homes?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|request)/.test(low);

interface Part {
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

/** What stands between the commas and joints of a unit. */
function partsOf(said: string): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const joint of [...said.matchAll(/(?:^| )(?:[,:()–—-]|and|but)(?= |$)/gu), undefined]) {
    const end = joint?.index ?? said.length;
    parts.push({ words: said.slice(start, end), start, end });
    if (joint !== undefined) start = joint.index + joint[0].length;
  }
  return parts;
}

/** Without names: of who asks for a tour, or of a place that the site does not know. */
function unnamed(words: readonly string[], tokens: readonly Token[], kind: string): readonly string[] {
  const capitals = new Set(
    // The first word is a name where no thing follows it: "Milo wants a tour", not "Uncancel the tour".
    tokens.filter(({ raw }, i) =>
      /^\p{Lu}/u.test(raw) &&
      (i > 0 || (/^(?:tour|visit|contact)$/.test(kind) && !/^(?:the|my|our|a|an|it|§home)$/.test(tokens[1]?.low ?? "")))
    ).map(({ low }) => low),
  );
  let isAfter = false;
  return words.filter((word, i) => {
    const isName = capitals.has(word) &&
      (/^(?:tour|visit|contact)$/.test(kind) || isAfter || /^(?:in|near|around|of|for|at)$/.test(words[i - 1] ?? ""));
    isAfter = isName;
    return !isName;
  });
}
