import type { Frame } from "halo-agent/site";

const rx = (source: string): RegExp => new RegExp(source, "u");
const n =
  "(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|another|a single|a couple|a pair)";
const cart = "(?:cart|bag)";
const intoCart = `\\b(?:to|in|into|inside) (?:the |my |our )?(?:shopping )?${cart}`;
const outOfCart = `\\b(?:out of|from|off) (?:the |my |our )?(?:shopping )?${cart}`;
const wishes = "(?:wishlist|wish list|list of (?:wishes|wishlist))";
const money =
  "\\d+(?:\\.\\d+)?(?: ?dollars)?(?! ?(?:stars?|inch|inches|cm|mm|litres?|liters?|reviews|pieces|watts?|items|of|pack|hours?|days?|months?)\\b)";
const things = "(?:ones?|things?|items?|products?|stuff|results?|list|goods|models?)";

/** What goals about a shop ask for, tried in order. */
export const frames: readonly Frame[] = [
  // What the shop has, but no goal of its families asks for.
  {
    kind: "",
    says: rx(`^(?:empty|clear)\\b.*${cart}|^(?:delete|take|put|throw|get)\\b.*\\b(?:everything|all)\\b.*${outOfCart}`),
  },
  { kind: "", says: rx(`\\b(?:delete|take|drop|get)\\b.*\\b(?:from|off|out of) (?:the |my |our )?${wishes}`) },
  { kind: "", says: rx(`\\b(?:from|on) (?:the |my |our )?${wishes}\\b.*${intoCart}`) },
  {
    kind: "",
    says: rx(
      `^(?:open|show|view|see|go to|look at|check)(?: me)? (?:the |my |our )?(?:${cart}|orders?|order history|${wishes}|account|home page|homepage)$`,
    ),
  },
  { kind: "", says: /^(?:delete|change|edit|update)\b.*\b(?:card|address)\b(?!.*\b(?:deliver|delivery|to)\b)/ },
  {
    kind: "new_card",
    says: rx(
      `\\bcard\\b.*\\b(?:\\d{4}[ -]?\\d{4}|\\d{12,19}|number)\\b|\\b(?:new|another|different|other|second|extra) (?:\\p{L}+ )?card\\b|^(?:add|enter|register)\\b.*\\bcard\\b|\\bcard (?:that is|which is) new\\b`,
    ),
    but:
      /\b(?:gift|greeting|birthday|sd|memory|business|index|playing|trading|post|graphics|ending|ends|saved|existing) card\b|\bcard (?:ending|that ends|reader|holder|game|box|case)\b|\bcards\b/,
    writes: true,
  },
  {
    kind: "cancel",
    says: rx(
      `\\b(?:cancel|call off|called off|withdraw|revoke|undo|stop|take back|annul|abort)\\b.*\\b(?:orders?|buy|purchase|delivery)\\b|^call (?:it|that|this) off\\b|\\b(?:orders?|purchase)\\b.*\\b(?:cancel|call off|called off|stop|withdraw|is a mistake|was a mistake)\\b|^cancel(?: (?:it|that|this|them))?$|^cancel\\b.*(?:\\b(?:ordered|bought|\\d{3}-\\d+)\\b|§product|§q)|\\bdo not (?:want|need)\\b.*\\border\\b.*\\b(?:any ?more|after all|any longer)\\b`,
    ),
    but: rx(`\\b(?:membership|subscription|account|noise|return|refund)\\b|${outOfCart}`),
  },
  {
    kind: "again",
    says: rx(
      `\\breorder\\b|\\b(?:buy|order|get|need|want|send|have|purchase)\\b.*\\b(?:again|once more|another time|a second time|one more time)\\b|\\bsame\\b.*\\b(?:as (?:last time|before|in my|on my|i had|the last)|like last time|again|i (?:bought|ordered|got|had)|from (?:my|the) last order|that i)\\b|^(?:repeat|redo)\\b.*\\b(?:order|purchase|buy)\\b|\\b(?:buy|order|get|need|want|send)\\b.*\\b(?:the|my|our) usual$|\\bbuy again\\b`,
    ),
    but: rx(`\\b(?:aside|saved|later|back|do not|never)\\b|${intoCart}`),
  },
  {
    kind: "back",
    says: rx(
      `\\b(?:saved(?: for later)?|saved-for-later|save for later|set aside|put aside|laid aside|for later|later list|kept for later|parked)\\b.*(?:${intoCart}|\\b(?:back|again)\\b)|\\b(?:move|put|bring|get|add|return|take)\\b.*\\bback (?:in|into|to) (?:the |my |our )?(?:shopping )?${cart}|${intoCart}\\b.*\\b(?:saved|set aside|put aside)\\b|\\bsaved\\b.*\\b(?:should|to|must)\\b.*${cart}|\\bfrom (?:the |my )?(?:saved|save)(?: for later)?(?: \\p{L}+)?\\b.*${cart}`,
    ),
    but: rx(`\\b(?:${wishes}|delete|do not)\\b`),
    whole: true,
  },
  {
    kind: "later",
    says: rx(
      `\\b(?:save|set|put|keep|leave|hold|park|move|lay|shelve|stash|store|postpone|push)\\b.*\\b(?:for later|aside|for another (?:time|day|order)|until later|to later|for the (?:next|following) order|for a later|to (?:the |my )?saved|on hold|for next (?:time|month|week)|for the time being|to one side)\\b|\\bsave for later\\b|\\b(?:for|until) later\\b`,
    ),
    but: rx(`\\b(?:${wishes}|back|again|card|address|deliver|delivery|search|do not save)\\b`),
  },
  {
    kind: "wish",
    says: rx(
      `(?:\\b(?:to|on|onto|in|into|for|among) (?:the |my |our )?${wishes})|^(?:wish)\\b|^wishlist\\b|${wishes}\\b.*\\b(?:add|should|include|needs?)\\b|\\bwish for\\b`,
    ),
    but: rx(
      `\\b(?:delete|take off|do not|share|(?:open|show)(?: me)? (?:the|my) ${wishes})\\b|${
        outOfCart.replace("off", "off(?! the list)")
      }|\\bwhat\\b|\\b(?:are|is) on\\b`,
    ),
  },
  { kind: "quantity", says: /^(?:change|set|adjust|update|correct) how many\b/ },
  {
    kind: "quantity",
    says: rx(
      `\\b${n} (?:instead|rather)\\b|^(?:raise|lower|increase|reduce|bump|cut|adjust|decrease|turn)\\b.*\\b(?:to|by|at|up|down) ${n}\\b`,
    ),
    but: /\b(?:dollars|price|stars|deliver|results|page)\b/,
  },
  {
    kind: "quantity",
    says: rx(
      `\\b(?:change|make|set|update|increase|raise|bump|lower|reduce|adjust|fix|turn|put|correct|double|should be|be|want|need|have|edit|decrease|cut|drop|bring|switch)\\b.*\\b(?:quantity|number)\\b|\\bquantity\\b|\\b(?:make (?:it|that|them|this)|there should be|should be|turn|change|increase|raise|bump|lower|reduce|i (?:only |just )?(?:want|need)|have|want|need|only|just|set|update)\\b.*\\b${n}\\b.*(?:\\bin (?:the |my |our )?(?:shopping )?${cart}|\\b(?:instead|not (?:just )?${n})\\b)|\\bfrom ${n} to ${n}\\b|\\b(?:up|down) to ${n}\\b|^make (?:it|that|them) ${n}\\b|^(?:change|increase|raise|bump|lower|reduce|update|decrease)\\b.*${cart}.*\\b(?:to|by) ${n}\\b|${cart}.*\\b(?:should|must|needs to) (?:hold|have|contain|be)\\b.*\\b${n}\\b`,
    ),
    but: rx(
      `\\b(?:dollars|price|stars|delete|deliver|add|order|orders|buy|pop|stick|results)\\b|^(?:put|throw|get me|place) ${n}\\b|^put\\b(?!.*\\b(?:quantity|number|up|down)\\b)`,
    ),
  },
  {
    kind: "deliver",
    says: rx(
      `\\b(?:deliver|delivery|send|sent)\\b.*\\b(?:to|at)\\b.*\\b(?:address|street|lane|road|avenue|court|drive|way|boulevard|hill|place|office|studio|home|house|work|§q|\\d+)\\b|\\bdeliver(?: \\p{L}+){0,3} to \\p{L}|^(?:choose|select|use|pick|set|make)\\b.*\\b(?:where|place|destination)\\b.*\\b(?:parcels?|packages?|deliver|orders?|things)\\b|^have (?:it|them|everything|all of it) deliver\\b|\\b(?:delivery|deliver|deliver-to) address\\b|\\baddress\\b.*\\b(?:deliver|delivery|to|should|send|choose|select|pick|use|switch|change)\\b|\\b(?:use|choose|select|pick|switch|change|set)\\b.*\\baddress\\b|\\b(?:parcel|package|delivery|things)\\b.*\\b(?:come|arrive|get here|be here|deliver)\\b.*\\b(?:on|day|date|by)\\b`,
    ),
    but: rx(
      `\\b(?:gift|money|e-?mail|check ?out|checkout|place|pay|buy|message|delete|track|letter|price)\\b|^order\\b`,
    ),
    many: true,
  },
  {
    kind: "checkout",
    says: rx(
      `\\bcheckout\\b|\\bready to (?:pay|checkout|check out|order)\\b|\\bcheck out\\b|\\bplace (?:the|my|an|this|that|our) (?:\\p{L}+ )?order\\b|^pay(?: for)?\\b|\\b(?:complete|finish|finalize|finalise|conclude|submit|send off|wrap up)\\b.*\\b(?:order|buy|purchase|checkout|cart|shopping)\\b|^(?:buy|order|get)\\b.*\\b(?:what(?:ever)? (?:is|i have|lies)|contents?|the things|the stuff|the items|everything|all(?: of it| that)?)\\b.*${cart}|^(?:buy|order) (?:the |my |this )?(?:whole |entire )?${cart}|\\b(?:go|proceed) to (?:the )?(?:till|checkout|payment)\\b|^order it all\\b|^(?:turn|make)\\b.*${cart}.*\\border\\b`,
    ),
    but: rx(
      `\\b(?:do not|without|not yet|no need|later)\\b|^check out (?:the|this|that|some|our|my)?(?: \\p{L}+)*? ?(?:§product|details|reviews|department|§department)|\\bnew card\\b`,
    ),
    many: true,
  },
  {
    kind: "delete_from_cart",
    says: rx(
      `\\b(?:delete|take|get|kick|throw|pull|lose|drop|fish|put|chuck|toss|move|have|want)\\b.*(?:${outOfCart}|\\bout of (?:there|it)\\b|\\bback on the shelf\\b)|^delete\\b|\\b(?:should|must|does|do|need) not (?:be|belong|stay)\\b.*\\bin (?:the |my |our )?(?:shopping )?${cart}|\\bdo not (?:want|need)\\b.*\\bin (?:the |my |our )?(?:shopping )?${cart}|^(?:kick|throw|take|get|lose) (?:it|them|that|§product|the \\p{L}+) (?:out|off)\\b|^get rid of\\b|^out with\\b.*${cart}|${cart}\\b.*\\b(?:must|should|can|has to|needs to) go\\b|${cart} without\\b|\\bno longer (?:want|need)\\b.*\\bin (?:the |my |our )?(?:shopping )?${cart}`,
    ),
    but: rx(`\\b(?:${wishes}|card|address|filter|account|review|order|orders|for later|aside|saved|history)\\b`),
    denies: true,
  },
  {
    kind: "add",
    says: rx(
      `^fill\\b.*${cart} with\\b|\\b(?:add|put|pop|stick|throw|toss|chuck|drop|slip|load|pack|place|go|land|get|want|need|like|have|move|lay|include|bring|let|take|goes?|belongs?|should (?:be|go)|send)\\b.*${intoCart}|^add\\b|${cart}\\b.*\\b(?:please|needs)\\b|${cart} (?:should|must|has to|needs to)(?: also)? (?:contain|have|hold|include)\\b|^(?:${n}|some|a|an) .*${intoCart}|${intoCart} (?:go|goes|with)\\b|${cart} :`,
    ),
    but: rx(
      `\\b(?:${wishes}|card|gift|message|address|reviews?|comment|photo|name|filter|note|${outOfCart}|delete|quantity|is in|are in|is already|have already|coupon|code|saved|aside|number of)\\b`,
    ),
  },
  // Lists of things.
  {
    kind: "sort",
    says: rx(
      `\\bsort\\b|\\border(?:ed)? by\\b|\\b(?:by|in (?:the )?order of|in order of|according to) (?:\\p{L}+ )?(?:price|rating|reviews?|popularity|cost|customer rating)\\b|\\border (?:the |these |those |my |all )?(?:\\p{L}+ )?(?:list|results|${things})? ?(?:by|from)\\b|\\b(?:cheapest|priciest|dearest|most expensive|highest(?: rating| price)?|lowest(?: price| rating)?|best(?: rating| reviewed)?|top rating|newest|most reviewed|most reviews|most popular|low|high)\\b(?: \\p{L}+)? (?:first|on top|at (?:the )?top|before|up front|last|to the top|come first|to high|to low|to lowest|to highest)\\b|\\b(?:cheapest|most expensive|lowest|highest|best)\\b.*\\b(?:first|on top|at the (?:very )?top|lead)\\b|\\bfrom (?:the )?(?:cheap|cheapest|low|lowest|high|highest|expensive|most expensive|best)\\b.*\\bto\\b|\\b(?:begin|start|beginning|starting) with the (?:best|cheapest|most|highest|lowest|top|priciest|newest)\\b|\\bascending\\b|\\bdescending\\b`,
    ),
    but: rx(
      `\\bfilter\\b|\\b(?:or more|and up)\\b|\\b(?:add|buy|${cart}|department sort)\\b|^(?:find|get|open) (?:me )?the (?:cheapest|most expensive|best)\\b`,
    ),
    many: true,
    asks: true,
  },
  {
    kind: "prices",
    says: rx(
      `\\b(?:between|from) ${money} (?:and|to|up to|-|until|or) ${money}\\b|\\b(?:under|below|over|above|at most|at least|less than|more than|no more than|not more than|up to|within|max|maximum|minimum|cheaper than|pricier than|exceeding|exceed|beyond|starting at|starting from|upwards of|budget(?: is| of| :)?|spend|spend more than|cost|costs|costing|range|limit) (?:\\p{L}+ ){0,3}?${money}|\\b${money} ?(?:and|-|to) ?\\d+(?:\\.\\d+)? dollars\\b|\\b\\d+ dollars (?:or (?:less|more|under)|at most|maximum|max|tops|and (?:up|below|under))\\b|\\bprice (?:range|limit|filter|band|bracket)\\b|\\bnot cost more than\\b|^(?:filter out|hide|leave out|skip)\\b.*\\b(?:pricier|dearer|more expensive|cheaper|costs more)\\b`,
    ),
    but: rx(
      `^(?:clear|reset|delete|undo|turn off)\\b|\\b(?:buy|order|${cart}|add|gift|rating|stars|quantity|checkout)\\b`,
    ),
    many: true,
    denies: true,
  },
  {
    kind: "brand",
    says: rx(
      `\\bbrand\\b|\\bother makers?\\b|\\bby the maker\\b|\\b(?:made|produced|manufactured|sold|built) by\\b|§brand (?:only|alone|and nothing else|and no other|stuff only|${things} only)|\\b(?:only|just|nothing but|solely|exclusively|but)\\b.*§brand|\\b(?:limit|filter|narrow|restrict|reduce|keep|confine|hide|show|leave|list|trust|like|see|prefer|want|pick|choose|select)\\b.*§brand|\\bby §brand\\b|\\bfrom §brand\\b`,
    ),
    but: rx(`\\b(?:buy|order|${cart}|add|§product|page|details|brand new|sort|wish|delete)\\b`),
    many: true,
    denies: true,
  },
  {
    kind: "department",
    says: rx(
      `\\bdepartment\\b|\\b(?:go|take|bring|switch|jump|head|get|navigate|move)\\b(?: me| us| over)?(?: to| into)? (?:the )?§department|^(?:open|browse|visit|enter|show|show me|bring up|pull up|see|view|list|look (?:around|through|at|in|into)|have a look (?:at|in|around)|explore|display|check out)(?: me)?(?: what (?:is|there is|they have|you have))?(?: everything| all)?(?: of)?(?: in| under| from| for| at)?(?: the| your| our)? §department\\b|\\b(?:what|everything|anything|things|products|items|all|stuff)\\b.*\\b(?:in|under|from|for) (?:the )?§department\\b|\\b(?:in|under) §department$`,
    ),
    but: rx(`\\b(?:buy|order|${cart}|add|search|find|sort|brand|§product|price)\\b|\\bcustomer\\b`),
    many: true,
    asks: true,
  },
  {
    kind: "open",
    says: rx(
      `\\b(?:page|details)\\b|\\b(?:open|view|read|see|know|learn|find out|look at|have a look at|take a look at|check out|tell me|show me|information|info|bring up|pull up|click(?: on)?|tap|go to)\\b.*(?:§product|\\bmore (?:about|on|of)\\b|\\bcloser\\b|\\binformation\\b|\\binfo\\b)|^(?:open|view|click(?: on)?|tap(?: on)?) (?:the|that|this|a|an) \\p{L}`,
    ),
    but: rx(
      `\\b(?:buy|order|orders|${cart}|add|${wishes}|next page|second page|home page|page \\d|account|reviews?|checkout|first page|last page|card details|pages)\\b`,
    ),
    asks: true,
  },
  {
    kind: "search",
    says: rx(
      `\\b(?:search|look up|look for|looking for|look around for|look out for|hunt for|hunt down)\\b|^look (?:it|them|that|this|those) up\\b|^find\\b|^(?:show|see|list|browse)(?: me| us)?(?: some| any| your| all| the| a few| a selection of)*(?: \\p{L}[\\p{L}'-]*){1,4}$|^(?:i am|we are) (?:looking for|after|in search of)\\b|\\bresults for\\b|^(?:any|got any) (?:\\p{L}+ ){1,4}(?:on offer|for sale|there|in stock)?`,
    ),
    but: rx(
      `\\b(?:buy|order|orders|${cart}|add|${wishes}|review|reviews|history|deals?|recommendations?|§department|§brand|account|address|total|delivery|cheapest|best|most expensive|out|nearest|settings|store|shop|near|coupon|coupons|discount|${things} i|saved)\\b`,
    ),
    many: true,
  },
  {
    kind: "buy",
    says: rx(
      `^(?:buy|order)\\b(?! (?:of|is|was|number)\\b)|\\b(?:buy|purchase|order)\\b.*(?:§product|\\b(?:it|them|${n}|right away|now|for me|please|straight away)\\b)|^(?:get|grab) (?:me|us)\\b|^(?:i|we) (?:want|need|would like|will take|take|will have)(?: to buy)? (?:${n}|a|an|the|some) (?!to\\b|more\\b)|\\bi would like (?:${n}|a|an|the)\\b|^buy now\\b|^get (?:me |us )?(?:${n}|a|an|the|some|§product|§q)\\b`,
    ),
    but: rx(
      `${intoCart}|${outOfCart}|\\b(?:${wishes}|orders|order history|help|refund|return|answer|back|see|page|details|details|list|job|sort|by price|first|number|dollars off|cheaper|status|invoice|receipt|human|account|card|rid|notified|support|agent|discount|coupon|recommendations?|advice|idea|taxi|cab|ride|uber|pizza|table for|look|tour|know|person)\\b`,
    ),
  },
];

/** What only says more of an errand. */
export const more: RegExp =
  /^(?:use|take) (?:the|my) .*\bcard\b|^(?:keep|leave) (?:it|the|them|my|that)\b|^(?:go|come) (?:with|for) |^(?:narrow|filter|limit|restrict)\b(?!.*§).*\b(?:down|results|accordingly|by that)$|^let (?:me|us) (?:see|have|look|know|read|check)\b|^have (?:the|a|an|one|§product)(?: |$)/u;

/** What a shop like this cannot do. */
export const foreign =
  /\b(?:track|tracking|refunds?|money back|exchange|warranty|gift cards?|gift[- ]?wrap|vouchers?|coupons?|promo|discount code|discount codes|redeem|subscribe|subscription|membership|chat|customer (?:service|support)|write (?:a|an|the) (?:\p{L}+ )*review|(?:leave|post|add|write|give) (?:it |them )?(?:a |an )?(?:\p{L}+ )*(?:review|feedback|rating)|password|sign in|log in|sign out|log out|log off|account settings|e-?mail|phone (?:number|support|them|us|call)|by phone|print|share|invoice|receipt|compare|complain|complaint|dark mode|language|notify|newsletter|return (?:the|my|a|this|that|these|those|it|them)\b(?!.*cart)|send (?:the |it |them )?back to|sell|seller|call (?!off|it off)|delete my account|close my account|question|rate (?:the|my|it))\b(?!-)/u;
