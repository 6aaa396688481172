import type { Frame } from "halo-agent/site";
import { cart, frame, it, phrase, thing, want } from "./words.ts";

const money =
  "\\d+(?:\\.\\d+)?(?: ?dollars)?(?! ?(?:stars?|rating|inch|inches|cm|mm|litres?|liters?|reviews|pieces|watts?|items|of|pack|hours?|days?|months?)\\b)";
const things =
  "(?:ones?|things?|items?|products?|stuff|results?|list|goods|models?|hits|articles?|everything|§goods?|§(?:department|section))";
const look =
  "(?:open|browse|visit|enter|show|show me|bring up|pull up|see|view|list|look (?:around|through|at|in|into|over)|have a look (?:at|in|around|through)|take a look (?:at|in|around|through)|explore|display|check out|go|go to|go over|take me|bring me|get me|switch|jump|head|navigate|navigate to|move|lead me|walk me|direct me|let me (?:see|browse|look at|look around|explore|view)|turn to|pop over|hop|click(?: on)?|tap(?: on)?|stroll|wander|select|choose|pick|load|step into)";
const noBuying =
  `buy|${cart}|wishlist|delete|order (?:the|a|me|one|it)|checkout|deliver|cancel|add|save|sell|alert|notify|cheaper than`;
const noList = `buy|${cart}|wishlist|delete|checkout|deliver|cancel|add|save|sell|alert`;
const criterion =
  "(?:price|rating|reviews?|popularity|cost|reviewed|customer|how many reviews|how much they cost|how cheap|score|number of reviews|most reviews)";
const top =
  "(?:cheap(?:est)?|pric(?:ie)?y?(?:est)?|priciest|dearest|costliest|most expensive|least expensive|expensive|highest(?: rating| price)?|lowest(?: price| rating)?|best(?: rating| reviewed| scored)?|top rating|top|most reviewed|most reviews|most popular|low|high|lower|higher|the most|worst)";

/** What goals about lists of things ask for, tried in order. */
export const listFrames: readonly Frame[] = [
  frame(
    "",
    `^sort\\b(?!.*(?:${criterion}|${top})).*\\b(?:date|newest|name|alphabet\\p{L}*|colou?r|size|weight)\\b|\\bby (?:date|name|colou?r|size|weight)\\b`,
  ),
  frame(
    "sort",
    `^sort\\b.*(?:${criterion}|${top}|\\bby §q|\\bascending|\\bdescending)|^(?:choose|set|select|pick|use|apply|change|switch|click)\\b.*\\bsort\\b.*(?:${criterion}|${top}|§q)|^(?:put|get|have|want|show|list|give|let|bring|find|search|look|see|i|we|order|display|order|begin|start|what|which|§goods|§(?:department|section)|place|set|make|return|present|the|with|in|all|and|${
      phrase.slice(0, -2)
    })\\b.*\\b(?:sort|order|ordered|listed) (?:them |it |these |those |that |the (?:list|results|hits) )?(?:by|from|according to|after|on) (?:\\p{L}+ ){0,4}?(?:${criterion}|${top}|§q)|\\b(?:by|in order of|in the order of|according to|ordered by) (?:\\p{L}+ ){0,3}?${criterion}\\b|^order (?:the |these |those |my |all |them )?(?:\\p{L}+ )?(?:${things} )?(?:by|from)\\b|\\b${top}(?: (?!in\\b)[^ ]+){0,3} (?:first|on top|at (?:the )?(?:very )?(?:top|front|beginning|start)|up front|last|to the top|to the front|at the end|come first|comes first|lead|to high|to low|to lowest|to highest|to expensive|to dear|to cheap|to (?:the )?(?:priciest|cheapest|dearest|worst))\\b|\\bfrom (?:the )?${top}\\b.*\\bto\\b|\\b(?:begin|start|beginning|starting|begins|starts) (?:with|at|from) (?:the )?${top}\\b|\\b(?:price|rating)s? (?:ascending|descending|low to high|high to low|up|down)\\b|\\b(?:ascending|descending)\\b.*\\bprice\\b`,
    {
      many: true,
      asks: true,
      but:
        `\\b(?:filter|${noList})\\b|\\b(?:or more|and up)\\b|^(?:find|get|open) (?:me )?the (?:cheapest|most expensive|best)\\b(?!.*\\b(?:first|top)\\b)|\\bdepartment sort\\b|\\b(?:orders|mails)\\b`,
    },
  ),
  frame(
    "prices",
    `(?:\\b(?:nothing|no|not|none|never)\\b.{0,30})?\\b(?:in|within) (?:that|this|my) (?:price )?(?:range|budget)\\b|\\b(?:between|from|for|cost|costs|costing|price|at|of|within|in|is|range|:|,) ${money} (?:and|to|up to|and up to|-|until|or|but (?:not|at most|no)(?: \\p{L}+){0,2}) ${money}|(?:\\b(?:nothing|no|not|none|never)\\b.{0,30})?\\b(?:under|below|over|above|at most|at least|less than|more than|no more than|not more than|up to|within|max|maximum|minimum|min|cheaper than|pricier than|exceeding|exceed|beyond|starting at|starting from|upwards of|budget(?: is| of| :)?|spend(?: more than)?|limit(?: is| of| :)?|limited to|cap(?: of| at| is)?) (?:\\p{L}+ ){0,3}?${money}|\\b${money} ?(?:and|-|to) ?\\d+(?:\\.\\d+)? dollars\\b|\\b\\d+ dollars (?:or (?:less|more|under)|at most|at least|maximum|minimum|max|min|tops|and (?:up|below|under))\\b|\\b(?:lowest|highest|minimum|maximum|min|max) (?:price )?(?:is |of |: |to |at )?${money}|(?<!\\b(?:no|any|without an?) )\\bprice (?:range|limit|filter|band|bracket)\\b|\\bnot cost more than\\b|^(?:filter out|hide|leave out|skip)\\b.*\\b(?:pricier|dearer|more expensive|cheaper|costs more)\\b`,
    {
      many: true,
      denies: true,
      asks: true,
      but:
        `^(?:clear|reset|delete|undo|turn off)\\b|\\b(?:buy|order|${cart}|add|gift|rating|stars|reviews|quantity|checkout|sell|sold|bid|paid|bought|alert|notify|raise|refund|tell me when|let me know|wishlist|salary|cost me|charged?|free delivery|percent|card|account|kids|allowance|monthly|daily)\\b`,
    },
  ),
  frame(
    "brand",
    `\\b(?:only|just|nothing but|solely|exclusively|but|no other (?:brand )?(?:than|but)|none but|nothing except|not)\\b.*§brand|§brand(?: (?:brand|${things}|stuff))? (?:only|alone|exclusively|please|and nothing else|and no other)|^(?:apply|limit|filter|narrow|restrict|reduce|keep|confine|hide|show|leave|list|see|pick|choose|select|tick|set|find|search|look|display|browse|get|give|check|use|exclude|let|drop|cut|${want}|i (?:only )?(?:trust|prefer|like|buy)|what|which|any|anything|do you have|are there)\\b.*(?:\\bbrand\\b.*(?:§brand|§q)|(?:§brand|§q) brand\\b|\\b(?:by|from|of|made by|is|are|be) (?:the brand )?§brand|§brand (?:§goods|${things})|\\bbrand filter\\b.*|\\b(?:by|from) §brand)|^(?:${phrase})?(?:by|from|of|made by|sold by|the brand) (?:the brand )?(?:§brand|§q)(?: only| please)*$|^(?:limit|narrow|filter|restrict|reduce|confine|switch|set)\\b.* (?:to|on|for|by) §brand|^(?:tick|check|mark)\\b.*\\b(?:box|filter)\\b.*§brand|^(?:among|of|from) .*(?:show|only|just|keep)\\b.*§brand|^(?:keep|tick|pick|choose|select|trust|only|prefer) (?:only |just |the brand )?§brand|^(?:hide|leave out|exclude)\\b.*\\b(?:brand|other)|^(?:${phrase})?(?:made|produced|manufactured) by §brand|^(?:i|we) only (?:buy|want|like|trust|use|take|wear) §brand|^brand (?:: |should be |must be |is )?§brand|^show (?:only |just |me )*§brand$|^search §brand$|§brand (?:should|must|has to|needs to|is to) be the brand|^(?:i|we)\\b.*\\b(?:happy with|like|love|trust|fans? of|prefer|swear by|satisfied with|loyal to) §brand$|^(?:it|they|${phrase})(?:should|must|has to|have to) (?:all )?be (?:by|from|of)? ?(?:the brand )?§brand`,
    {
      many: true,
      denies: true,
      asks: true,
      but: `(?<!only )\\bbuy\\b|\\b(?:${
        noBuying.replace("buy|", "")
      }|page|details|brand new|sort|colou?rs?|bought|ordered|got|had|is (?:great|wonderful|good|bad|broken)|who|cheaper|best|reviews?|news|job|logo|share|history|founded|factory|about|warranty|contact)\\b|§product|\\borders\\b|^(?!.*\\b(?:hide|exclude|leave out|skip|drop|nothing)\\b).*(?:\\b(?:except|anything but)\\b|\\bnot (?:by|from|of|made by) (?:the brand )?§brand)|^(?:hide|exclude|leave out|drop)\\b(?!.*\\b(?:other|rest|else|not|but|except|without)\\b)|^§brand\\b.*\\b(?:is|are|was|were)\\b`,
    },
  ),
  frame(
    "department",
    `^${look}(?: me| us| over| on| back| around| straight| through| a bit| a little)*(?: only| just)?(?: what (?:is|there is|they have|you have|is new))?(?: what is)?(?: everything| all| things| stuff| the things| some)?(?: that is)?(?: of| in| into| under| from| for| at| to| through| over to)*(?: the| your| our| all| all of| whole)* (?:§(?:department|section)|(?:[^ ]+ ){0,3}department)\\b|\\b(?:what|everything|anything|things|products|items|all|stuff|new)\\b.*\\b(?:in|under|from|for|of) (?:the |your )?(?:§(?:department|section)|(?:[^ ]+ ){0,3}department)|^(?:in|under|to|into|over to|on to) (?:the )?§(?:department|section)(?: please| now| with me)*$|^(?:${phrase})?: (?:the )?§section$|^(?:the )?(?:§section|§department department)$|^(?:i|we)\\b.*\\b(?:browse|browsing|curious about|interested in|in the mood for|look around|looking around|shop in|have a look|explore)\\b.*(?:§(?:department|section)|department)|^${want}(?: to)? (?:see|browse|visit|look|go|be)?.*(?:in|to|at)? ?(?:the )?§(?:department|section)(?: department)?$|^${
      look.slice(0, -1)
    }|i want|take us) (?:[^ ]+ ){0,4}department\\b|^department :|^department (?:of )?§(?:department|section)`,
    {
      many: true,
      asks: true,
      but: `\\b(?:${
        noList.replace("sell|", "")
      }|order|search|find|sort|brand|price|under \\d|cheapest|best|first|dollars|customer|service|call|person|manager|job|pay|returns? department|legal|review|menu of|size)\\b|§product|§brand`,
    },
  ),
  frame(
    "open",
    `^(?:open|show|view|read|bring|pull|see|display|go|take|get|visit|look|have|check|click|tap|tell|give|let|call up|load|jump|navigate|head|find|learn|know|inspect|study|switch|lead|walk|i|we|search)\\b.*\\b(?:(?:product|its|their|the|item|that|this|own) page|page (?:of|for|about|where|on|with)|details|(?:more|information|info) (?:about|on|of)|(?:information|info)$|(?:everything|all|lots) about (?:the |that |this )?(?:[^ ]+ ){0,4}?§|what (?:is in|it is|it says)|§goods? 's page|§product 's page)|^(?:open|view|visit|pull up|bring up|look at|check out|inspect|click(?: on)?|tap(?: on)?|(?:go|navigate|head|jump|move|switch) (?:over )?to|(?:take|bring|lead|walk|get) me to|see|have a (?:closer |good )?look at|take a (?:closer |good )?look at|let me (?:see|look at|have a look at|take a look at)|call up|load)(?: me| up)? (?:(?:the|that|this|a|an|my|one of the) )?(?:(?!of|from|in|on|for|with|to|and|by|box\\b)[^ ]+ ){0,4}?(?:§product|§good|§q)(?: (?:please|for me|page|now|up|in detail|closer|first|properly))*$|^(?:open|view|click(?: on)?|tap(?: on)?) (?:${it}|the first (?:one|§goods?|result|hit)?|that one)(?: up| please| for me| you find)*$|^(?:open|show me|view|click(?: on)?|tap(?: on)?|look at|see|pull up|bring up) (?:the |that |this )?(?:[^ ]+ ){0,3}§product\\b|^(?:open|click(?: on)?|tap(?: on)?) (?:the|that|this|a|an) (?:[^ ]+ ){0,4}(?:[^ ]+)(?: you find)?$|^(?:§product|§good|the §good|§q)(?: 's)? (?:page|details)|^(?:${phrase})?(?:product page|page|details)(?: of (?:the )?(?:${thing}|[^ ]+ [^ ]+))?(?: please)*$|^(?:page|details|product page) (?:of|for|on) |^(?:let me )?(?:read|catch) up on |^(?:page|details|info|information) : |^tell me (?:more |all |everything )?(?:about|on) |^${want}\\b.*\\b(?:details|page|more about|information|info)\\b|^know (?:more |all |everything )?(?:about|how|what|whether)\\b.*§`,
    {
      many: true,
      but:
        `^(?:go|navigate|head|jump|move|switch|(?:take|bring|lead|walk|get) me)(?: over| straight| back)? to (?:the )?§q$|\\b(?:${noBuying}|all (?!about)|every|each|both|order|orders|next page|second page|home page|homepage|page \\d|account|reviews?|first page|last page|card|pages|previous page|payment|cart|address|seller|box|jar|window|door|chat|ticket|claim|case|tab|browser|app|settings|results|department|deals?|history|terms|policy|faq|help|sale|menu|camera app|lid|bottle|shop|store|company|warranty)\\b`,
    },
  ),
  frame(
    "search",
    `^(?:search|look up|look for|(?:have|take) a look for|look around for|look out for|hunt for|hunt down|seek|query|scout for|google|scan for|fish for|browse for)(?: [^ ]+)+|^search$|^look (?:[^ ]+ ){1,5}up\\b|^find (?:me |us |some |any |out )?[^ ]+|^(?:do|run|make|try|start|perform|launch|begin|give me|i need) (?:a |another |one |the )?(?:quick |product |simple |new )?search\\b|^(?:type|put|enter|write|key|punch|stick|throw|paste)\\b.*\\b(?:search|field|bar|box)\\b|^use the search\\b|^(?:hit|feed) the search\\b|^(?:${phrase})search$|^(?:look|see|check|find out) (?:whether|if) (?:there|you|they|the shop) .*§goods?|^(?:show|see|tell|let me see|list|look at)(?: me)? what (?:you have|there is|you sell|you offer|is there|you have got)(?: got)? (?:for|in the way of|about|on|among) |^(?:look|go|browse|flick|leaf|scroll|search) through (?:all |the |your |available |of )*(?:[^ ]+ ){0,2}§goods$|\\b(?:type|enter|put|write) (?:[^ ]+ ){1,6}(?:in|into) (?:the |your )?search\\b|^(?:(?:show|see|view|list|give|get|bring|pull|find|load|want|need|let|i|we|would|like|to|me|us|up|the|all|your|search|of|a|have) )*(?:results|hits) for\\b|\\bsearch (?:done|made|run|carried out) for\\b|^(?:show|list|see|find)\\b.*\\b(?:matching|that match(?:es)?|containing|with the words?) |^(?:a |the )?search (?:for|on|:)|^(?:show|see|list|browse|display|give|get|let me see|bring up|pull up)(?: me| us)?(?: some| any| your| all| the| a few| all the| all your| more| what| different| a selection of| kinds of| a range of| other)* (?:(?!of|from|in|on|for|with|to|and|by|my\\b)[^ ]+ ){0,3}?§goods(?: (?:please|you have|you sell|there are|that you have|on offer|for me|only|just))*$|^(?:show|see|list|browse)(?: me| us)?(?: some| any| your| a few| a selection of| all your| all kinds of)+ (?:(?!of|from|in|on|for|with|to|and|by|my|things?|more|stuff|deals?|help\\b)[^ ]+ ?){1,4}$|^(?:i|we) (?:am|are|'m|'re) (?:just |only |now |currently |still )*(?:looking for|after|in search of|hunting for|searching for|on the hunt for|in the market for)\\b|^browse (?:the |your |some |through )?(?!§|department|the\\b)[^ ]+(?: [^ ]+){1,3}$|^(?:looking for|in search of|in need of|hunting for|after)\\b|^(?:any|got any|have you got any|anything like|got anything like|got anything in the way of)\\b.*§goods?|^any (?:\\p{L}+ ){1,4}(?:on offer|for sale|there|in stock)|^what .*(?:do you have|you have|there is|have you got|you sell|do you sell|can you show|do you carry|do you offer)(?: [^ ]+){0,3}$|^(?:do you (?:have|sell|carry|stock|offer)|have you got|are there|is there|got)(?: any| some| anything like| such a thing as| a| an)* (?:[^ ]+ ){0,3}?§goods?(?: (?:in stock|for sale|here|on offer|at all|in (?:this|your) shop|in store|there))*$`,
    {
      many: true,
      asks: true,
      but:
        `\\b(?:${noBuying}|orders|order|reviews?|history|deals?|recommendations?|account|address|total|delivery|cheapest|best|most expensive|range|budget|limits?|find out|nearest|settings|store near|shop near|near me|coupons?|discounts?|${"(?:ones?|things?|items?|products?|stuff)"} i|saved|their|mails?|(?:i|we) (?:have )?(?:ordered|bought|had|put|set)|emails?|parcels?|receipt|invoice|seller|who|job|my|lost|refund|warranty|password|phone number|friend|manual|how to|cheaper|time)\\b|^search (?:the|my|our) (?!(?:whole |entire )?(?:shop|store|site|catalog|search|§))[^ ]+ (?:[^ ]+ )?for\\b|^(?:find|search) (?:out|the (?:mistake|error|difference))\\b`,
    },
  ),
];
