import type { Frame } from "halo-agent/site";

const rx = (source: string): RegExp => new RegExp(source, "u");
const n = "(?:\\d(?:\\.\\d)?|one|two|three|four|five|six|seven|eight|a|single)(?: and a half)?";
const many = `${n}(?: or (?:more|\\d|two|three|four|five|six)| plus| and (?:more|up))?(?: separate| full| or more)*`;
const money = "\\d{3,}(?: dollars)?";
/** A street, with or without its number. */
export const street =
  "(?:\\d+ )?(?:\\p{L}[\\p{L}']+ ){1,2}?(?:street|avenue|lane|court|drive|road|place|way|st|ave|ln|ct|dr|rd|pl|boulevard|blvd|terrace|circle)";
const at =
  `(?:\\d+ (?:\\p{L}[\\p{L}']+ ){1,2}?(?:street|avenue|lane|court|drive|road|place|way|st|ave|ln|ct|dr|rd|pl|boulevard|blvd|terrace|circle)\\b|§q|\\b(?:${street})\\b)`;
const place = "(?:§place|§q|\\d{5}\\b)";
const types = "(?:apartment|condo|townhome|lot|manufactured|multi-family|multifamily|duplex|house|single-family)";
const visits = "(?:tour|visit|appointment)";
const some = "(?:at least|no (?:fewer|less) than|not (?:less|fewer) than|minimum(?: of)?|min|more than|a minimum of)";

/** What goals about homes ask for, tried in order. */
export const frames: readonly Frame[] = [
  {
    kind: "",
    says: rx(
      `\\b(?:sell|list|advertise|rent out|put) (?:my|our|the) (?:\\p{L}+ )*(?:home|house|apartment|condo|townhome|place|lot)\\b(?!.*\\b(?:list|saved|favorite|heart)\\b)`,
    ),
  },
  { kind: "", says: /\b(?:reschedule|move|change|shift|postpone)\b.*\b(?:tour|visit|appointment)\b/ },
  {
    kind: "",
    says:
      /\b(?:delete|forget|drop|get rid of|clear)\b.*\b(?:search|filter)\b|\b(?:clear|reset) (?:the |all |my )*filter\b/,
  },
  {
    kind: "",
    says: rx(
      `\\b(?:ask|tell|message|write|contact|send)(?: to)?(?: a| an| it to)? (?:my|our|his|her|their|a) (?!agent|real estate agent|contact|message|listing agent|note|line|question|request|inquiry)\\p{L}+`,
    ),
  },
  {
    kind: "cancel",
    says: rx(
      `^call (?:it|that|this|them) off\\b|\\b(?:cancel|call(?:ed)? off|delete|drop|scrap|take back|undo|revoke|get rid of|stop|forget)\\b.*\\b(?:${visits}|request|booking|it)\\b|\\b(?:${visits}|request|booking)\\b.*\\b(?:cancel|call(?:ed)? off|is off|delete|no longer needed|scrap)\\b|^cancel\\b|\\bno longer (?:want|need) (?:the |that |my |to )(?:${visits})\\b|\\b(?:do not|will not) (?:want|need) (?:the |that |my )(?:${visits})\\b`,
    ),
    but: rx(`\\b(?:save|saved|favorite|heart|subscription|account|loan|search|message)\\b`),
    denies: true,
  },
  {
    kind: "unsave",
    says: rx(
      `\\bunsave\\b|\\b(?:delete|take|drop|forget|get|pull|strike|kick|throw|lose|clear)\\b.*\\b(?:from|off|out of|in|among|of) (?:the |my |our |list of )*(?:list of )?(?:saved|favorite|heart|list|shortlist|bookmark|collection)|\\b(?:no longer|not|never)\\b.*\\b(?:saved|favorite|interested|on my list|among)\\b|^(?:delete|take|take away|take off|drop|undo) (?:the |its |that )?heart\\b|^delete (?:the )?(?:saved|favorite) (?:home|house|place)|\\bsaved\\b.*\\b(?:should go|can go|delete)\\b|^(?:delete|forget) (?:${at})(?: from .*)?$`,
    ),
    but: rx(`\\b(?:search|tour|filter|cancel|message)\\b`),
  },
  {
    kind: "save_search",
    says: rx(
      `\\b(?:save|keep|remember|store|bookmark|favorite|hold on to|note|record|preserve)\\b.*\\b(?:search|filter|query|settings)\\b|\\bsearch\\b.*\\b(?:save|saved|kept|remember|remembered|stored|for later|come back to)\\b|\\b(?:saved|kept) search\\b`,
    ),
    but: rx(
      `\\b(?:delete|open|do not|home at|from my saved|show my)\\b|^search (?:for|in)\\b.*\\bsave (?:it|the (?:one|home|first))\\b`,
    ),
  },
  {
    kind: "sort",
    says: rx(
      `\\bsort\\b|\\border(?:ed)? (?:the |these |those |them |all |it |homes |results |list )*(?:by|from)\\b|\\b(?:newest|latest|oldest|cheapest|priciest|largest|biggest|smallest|most expensive|least expensive|dearest|lowest|highest|most recent|roomiest)\\b(?: \\p{L}+){0,2} (?:first|on top|at the (?:very )?top|to the top|last|come first)\\b|\\b(?:most|fewest|more) (?:bed|bath|square feet|space)\\b.*\\b(?:first|top)\\b|\\bby (?:price|size|square feet|square footage|newest|number of|date|bed|bath|age|area)\\b|\\bfirst the (?:newest|cheapest|largest|biggest)\\b|\\b(?:newest|largest|biggest|cheapest|most \\p{L}+)\\b.*\\bfirst\\b|\\bin (?:the |another |a different )?order\\b`,
    ),
    but: rx(
      `\\b(?:in order to|tour|agent)\\b|^(?:open|view|save|find|click)(?: on)? the (?:newest|cheapest|first|biggest)\\b`,
    ),
    many: true,
    asks: true,
  },
  {
    kind: "tour",
    says: rx(
      `\\b(?:book|arrange|schedule|request|set up|want|need|get|have|ask for|make|organi[sz]e|plan|like|take|fix|reserve|sign me up for|put me down for|can i|could i|go on|do|join)\\b.*\\b(?:tour|visit|appointment)\\b|^(?:tour|visit)\\b.*(?:${at}|(?<!§)\\b(?:home|house|condo|townhome|place|apartment|it|one)\\b)|\\bsee\\b.*\\b(?:in person|from (?:the )?inside|for myself|with my own eyes)\\b|^(?:see|walk through|look at|look around|inspect|check out)\\b.*${at}.*\\b(?:on|at|tomorrow|next|this|today)\\b|\\b(?:a|the) (?:tour|visit) (?:of|to|at|for)\\b|\\bcome (?:by|over|and see|to see)\\b.*(?:${at}|\\bit\\b|home)|^(?:look around|walk through)\\b|\\bshown around\\b|\\bbe shown ${at}`,
    ),
    but: rx(
      `\\b(?:do not|did not|no longer) (?:want|need)\\b|\\b(?:cancel|call off|delete|agent|message|write|contact|do i|virtual|3d|video|page|website|can not|list|my requests|see my|show me my|go to|question)\\b`,
    ),
  },
  {
    kind: "",
    says: rx(
      `\\b(?:tour|visit)\\b.*\\b(?:agent|message|write|contact)\\b|\\b(?:agent|message|write|contact)\\b.*\\b(?:tour|visit|show me|see it|see the)\\b`,
    ),
  },
  {
    kind: "contact",
    says: rx(
      `\\bagent\\b|\\b(?:contact|message|write|get in touch|inquire|enquire|send a (?:message|note|question|line)|drop a (?:line|note|message))\\b.*(?:\\b(?:about|regarding|for|of|at|on|concerning)\\b|whoever (?:sells|is selling|lists|offers)|owner)|\\bask (?:about|whether|if|whoever)\\b`,
    ),
    but: rx(
      `\\b(?:cancel|delete|find me an|find an|become|who is|phone|hire|rate|review|best|saved|price history)\\b|^(?:find|get|choose|recommend|look for|search)\\b.*\\bagent\\b`,
    ),
    writes: true,
  },
  {
    kind: "",
    says:
      /\b(?:with|has|have|having|near|close to|without)(?: \p{L}+){0,3} (?:pool|garden|yard|backyard|garage|view|views|basement|balcony|fireplace|parking|elevator|stairs|beach|park|station|subway|transit|solar|porch|patio|air conditioning|school|schools)\b|\b(?:waterfront|pet[- ]friendly|furnished|gated|new construction|fixer-upper|foreclosures?|square feet or more|stor(?:y|ies))\b/u,
  },
  {
    kind: "deal",
    says: rx(
      `\\b(?:to|for|only|just|see|show|me|want|of|on|the|prefer|status|looking for|need|into|find|are)(?: to| me| only| just| the| homes| house| places)* (?:rent|sold)\\b|^(?:homes|house|places|apartments|§place)?(?: ?only)? ?(?:rent|for rent|sold)\\b|\\b(?:recently|already|lately|just) sold\\b|\\b(?:has|have|been|was|were|got|that|homes) sold\\b|\\bsold (?:homes|house|ones|listings|places)\\b|\\b(?:instead of|not) (?:to )?buy\\b|\\blisting status\\b|\\b(?:switch|change|set|flip|go)\\b.*\\bfor sale\\b|\\bfor sale\\b.*\\binstead\\b|\\brent\\b(?=.*\\b(?:not|instead|rather)\\b)`,
    ),
    but: rx(
      `\\b(?:hide|exclude|without|not show|no sold|skip)\\b|\\b(?:my|save|pay|landlord|agent|tour|how much|rent (?:a car|out)|sort|calculator|\\d bed)\\b|\\bsave\\b`,
    ),
    many: true,
    asks: true,
  },
  // Filters, of which a goal may ask for several.
  {
    kind: "price_range",
    says: rx(
      `\\bbetween ${money} (?:and|to|-) ${money}|\\bfrom ${money} (?:up )?(?:to|until|-|and) (?:at most )?${money}|${money} ?(?:-|–|to|up to|until|through|and) ?${money}|\\b(?:at least|over|above|more than|starting at|minimum(?: of)?) ${money}\\b.*\\b(?:but|and|,)\\b.*\\b(?:at most|under|below|no more than|less than|up to|maximum(?: of)?|not over) ${money}`,
    ),
    but: /\b(?:square|sqft|mortgage|loan|sort)\b/,
    many: true,
    asks: true,
  },
  {
    kind: "min_price",
    says: rx(
      `\\b(?:(?<!at )(?<!no )more than|over|above|at least|minimum(?: price)?(?: of| is| to| at| should be| :)*|min|(?:start|starts|starting|begin|beginning)(?: \\p{L}+)? (?:at|from|with)|upwards of|from(?=.*dollars)|exceeding|lowest price(?: of| is| to)*|costs more than) (?:a |price |of |about |only )*${money}(?! ?(?:to|-|and up to|up to|at most|max|or less)\\b)|${money} (?:or (?:more|above|higher|up|over)|and (?:up|above|more|over)|upwards|at least|minimum|plus)|\\b(?:minimum|min|lowest) price\\b.*${money}`,
    ),
    but: /\b(?:square|sqft|mortgage|loan|offer)\b/,
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "max_price",
    says: rx(
      `\\b(?:under|below|less than|lower than|cheaper than|at most|up to|max|maximum(?: price)?(?: of| is| to| at| should be| :)*|within|cap(?:ped)?(?: it| the price)? at|limit(?:ed)?(?: of| is| to| the price to)?|budget(?: is| of| :| ends at| tops out at)*|afford|can pay|can spend|spend|highest price(?: of| is| to)*|top price(?: of| is)*|for) (?:a |price |of |about |up to |is |at most |only |around |under |max |maximum )*${money}|${money} (?:or (?:less|under|below|cheaper|lower)|and (?:under|below|less)|at (?:the )?most|max|maximum|tops|top|is (?:my|our|the) (?:limit|maximum|budget))|\\b(?:maximum|max|highest) price\\b.*${money}`,
    ),
    but: /\b(?:square|sqft|mortgage|loan|offer|or more|and up)\b/,
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "exact_beds",
    says: rx(
      `\\b(?:exactly|precisely|just|only|no more (?:and|or|nor) no (?:less|fewer) than)(?: the)?(?: places with| homes with)? ${n} bed|${n} bed\\b.*\\b(?:exactly|precisely|no more|not more|nothing more|and not one more|no fewer|not less|neither more nor|exact)\\b|\\b(?:exact|exactly)\\b.*${n} bed\\b|\\bbed\\b.*\\b(?:exactly|precisely|just) ${n}\\b|\\b(?:number of bed|bed count)\\b.*\\b(?:exactly|precisely|exact)\\b`,
    ),
    but: rx(`\\bbath\\b|${some}|\\bor more\\b`),
    many: true,
    asks: true,
  },
  {
    kind: "",
    says: rx(
      `\\b(?:exactly|precisely)\\b.*\\bbath|\\bexact\\b.*\\bbath|\\b(?:at most|up to|maximum|no more than|(?<!no |not )(?:fewer|less) than|not more than)(?: of)? ${n} (?:bed|bath)`,
    ),
  },
  {
    kind: "rooms",
    says: rx(`${many} bed\\b.*${many} bath\\b|${many} bath\\b.*${many} bed\\b|\\b${n} (?:bed )?[/x] ?${n} bath\\b`),
    but: /\b(?:mortgage|master bed)\b/,
    many: true,
    asks: true,
  },
  {
    kind: "beds",
    says: rx(`${many} bed\\b|\\bbed\\b.*\\b(?:${some}|should be) ?${n}\\b|\\bbed : ${n}\\b|\\b(?:bed) ${n}\\b`),
    but: /\bbath\b|\bthe (?:\d|two|three|four) bed\b/,
    many: true,
    asks: true,
  },
  {
    kind: "baths",
    says: rx(`${many} bath\\b|\\bbath\\b.*\\b(?:${some}|should be) ?${n}\\b|\\bbath : ${n}\\b|\\bbath ${n}\\b`),
    but: /\bbed\b|\bthe (?:\d|two|three|four) bath\b/,
    many: true,
    asks: true,
  },
  {
    kind: "types",
    says: rx(
      `${types} (?:only|alone|and nothing else|exclusively|and no other)|\\b(?:only|just|nothing but|solely|exclusively|limit|restrict|narrow|filter|confine|but|except)\\b(?: \\p{L}+){0,4}? (?:${
        types.replace("homes?|", "homes|")
      })(?: |$)|\\b(?:home|property|building) (?:type|kind)\\b|\\b(?:type|kind|kinds|types)\\b.*\\b(?:${types})\\b|\\b(?:do not|no|not|hide|without|exclude|leave out|skip)\\b.*\\b(?:apartment|condo|townhome|lot|manufactured|multi-family)\\b|\\b(?:show|see|want|prefer|interested in|looking for|find|like|care for|need)\\b(?: me| us| the| some| any| all| for| in| a)* (?:condo|townhome|lot|manufactured(?: homes)?|multi-family(?: homes)?|apartment)(?: (?:in|around|near) (?:§place|§q|here)| please| only)*$|^(?:condo|townhome|lot|apartment|manufactured homes|multi-family homes)(?: (?:in|around) (?:§place|§q)| please)*$`,
    ),
    but: rx(`\\b(?:save|agent|tour|open|rent|${at}|saved|favorite|price|sort)\\b|\\bjust (?:one|a)\\b|\\bjust sold\\b`),
    many: true,
    asks: true,
    denies: true,
  },
  // One home.
  {
    kind: "save",
    says: rx(
      `\\b(?:save|saved|heart|favorite|bookmark|keep|remember|hold on to|shortlist|star)\\b|\\b(?:add|put|place|mark|want|get|have|like|include)\\b.*\\b(?:list|saved|favorite|heart|shortlist|collection)\\b`,
    ),
    but: rx(
      `\\bdollars\\b|\\bmoney\\b|\\b(?:delete|unsave|search|filter|tour|agent|message|do not|open my|show my|show me my|see my|go to|view|save money|keep in mind|keep me|posted|updated|keep (?:the|it) (?:price|under)|price under|newsletter|remember (?:that|to))\\b`,
    ),
  },
  {
    kind: "view",
    says: rx(
      `\\b(?:open|view|look at|look closer at|bring up|pull up|click|click on|tap|show|see|read|know|learn|go to|tell me|take me to|have a look at|take a look at|visit the page of|check out|get)\\b.*(?:${at}|\\b(?:details|page|more (?:about|on|of)|first (?:home|house|one|result)|second (?:home|house|one|result)|third (?:home|house|one|result)|last (?:home|house|one|result)|(?:cheapest|newest|most expensive) (?:home|house|one|result))\\b)|\\b(?:details|page) (?:of|for|on)\\b|^(?:open|view|click|click on|tap) (?:the|that|this) (?:\\p{L}+ )*(?:home|house|condo|townhome|place|apartment|one)\\b`,
    ),
    but: rx(
      `\\b(?:save|saved|agent|tour|homes in|homes near|homes around|near|around|home page(?! of| for)|next page|map|worth|price history|schools?|requests?|mortgage|neighbou?rhood|street view|delete|similar|photos?|pictures?|crime)\\b`,
    ),
    many: true,
  },
  {
    kind: "search",
    says: rx(
      `\\b(?:search|look|find|show|see|pull up|bring up|get|list|browse|any|what|which|is there|are there|explore|hunt|check|go|want|need|move|moving|relocat\\p{L}+|interested|live|buy|settle|type|enter|put|for sale)\\b.*(?:in|around|near|at|for|to|of|by|within|from|has|have|does)(?: the| downtown| city of| all of| greater| zip| zip code| code| area)* ${place}|\\b(?:homes|house|places|real estate|market|apartment|condo|townhome)(?: for sale| on the market| on offer)? (?:in|around|near|of) ${place}|${place} (?:homes|house|real estate|listings)|^${place} ?-? ?(?:what|anything)?.*\\b(?:available|for sale|on the market|on offer)\\b|^(?:search|find|look up|look for|go to|show me) ${place}|^(?:show|find|see|list|look|check)\\b.*\\b(?:homes?|house)\\b.*\\bthere\\b|^(?:type|enter|put) ${place}`,
    ),
    but: rx(
      `^(?:find|search for|look for|get|book|show)(?: me| us)? (?:an?|some|my|the) (?!(?:\\p{L}+ ){0,2}(?:homes?|house|places?|apartment|condo|townhome|lot|property|real estate|market|results|bungalow|cottage|villa|duplex|something|area)\\b)|\\b(?:save|saved|agents?|tour|sort|bed|bath|dollars|rent|sold|schools?|how many|weather|crime|safest|average|median|mortgage|taxes|jobs?|directions|restaurants?|delete|open houses?|trends?|compare|what is the|cheapest home|miles|km|kilomet\\p{L}+|minutes|walking|commute|neighbou?rhoods?)\\b`,
    ),
    many: true,
    asks: true,
  },
];

/** What only says more of an errand. */
export const more: RegExp = rx(
  `^(?:filter|search|apply|show)(?: accordingly| for that| that| please| them| it| those)*$|^(?:search|find|look|show|see|want|need|filter|limit|leave|keep|have|use|apply|set|give|go|get|display|browse|bring|pull|list|move)\\b.*\\b(?:homes?|house|places?|§place|§q|\\d{5}|filter|results|something|apply|anything|market)\\b|^let (?:me|us) (?:see|look|know|read)\\b|^(?:my|the) (?:name|number|phone|e-?mail|message) is\\b`,
);

/** What a site like this cannot do. */
export const foreign =
  /\b(?:mortgage|loan|lender|pre-?approv\p{L}+|estimate|zestimate|worth|safest|crime|schools?|commute|neighbou?rhood|offer \d|make an offer|offer (?:\d|on|the|him|her)|counter-?offer|draw|map|hide the map|share|print|download|calculator|calculate|compare|insurance|taxes|hoa|how many|how much|sign in|log in|log out|sign out|password|my account|notifications?|alerts?|email me|notify|call (?!off|it off|that off)|directions|street view|photos?|pictures?|3d|virtual|floor ?plans? only|weather|dark mode|language|report (?:this|the|a)|flag|review|rate|reviews|move-in|moving company|movers|application|apply for|price history|trends?|open houses?|appraisal|inspection report|sell (?:my|our)|do i have|have i got)\b/u;
