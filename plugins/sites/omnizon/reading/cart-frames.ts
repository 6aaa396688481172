import type { Frame } from "halo-agent/site";
import {
  bring,
  carry,
  cart,
  frame,
  intoCart,
  it,
  must,
  n,
  np,
  ontoWishes,
  outOfCart,
  phrase,
  subject,
  theCart,
  thing,
  want,
} from "./words.ts";

/** Where what is not ordered with the rest lies. */
const toSaved =
  "(?:for later|aside|apart|to later|until later|till later|on the back burner|on hold|on ice|to one side|on the side|for the time being|for another (?:time|day|order|month|week|occasion)|for some other (?:time|day)|(?:for|until|till) (?:the |my |a |some )?(?:next|later|following|future|another)(?: (?:time|day|order|month|week|year|payday|date|one|purchase|shop))?|(?:until|till) (?:i|we|my|the|pay|payday|\\p{L}+day)|(?:to|in|into|among|with|under|onto|on|as) (?:the |my |our |what is |what i |things |those |items |other )*(?:saved?|later list|later pile|later)|over (?:for|to) (?:the )?next)\\b";
/** What was saved before. */
const saved =
  "\\b(?:saved(?: for later)?|(?:in|from|out of|of|under) (?:the |my )?save for later|set aside|put aside|laid aside|parked|kept for later|later list|(?:set|put|laid) (?:[^ ]+ ){1,6}aside)\\b";
const rest =
  "(?:the rest|everything else|the others|the other (?:things|items|ones)|the remaining|what remains|what is left|whatever is left)";
const all =
  "(?:everything|all|it all|the lot|the whole (?:lot|thing|cart|bag)|all of (?:it|that|them|this)|the things|the items|the stuff|the goods|my things|my stuff|my items|my shopping|what|whatever)";
const numbered = "\\b(?:dollars|price|stars|deliver|results|page|days?|address|card|delivery|july?|saturday|sunday)\\b";
const change =
  "(?:change|set|update|adjust|correct|fix|edit|modify|increase|raise|bump|lower|reduce|decrease|cut|drop|bring|turn|switch|make|up|take|put|get|move|double|triple|push|go)";

/** What goals about the cart, the wish list and orders ask for, tried in order. */
export const cartFrames: readonly Frame[] = [
  // What the shop has, but no goal of its families asks for.
  frame(
    "",
    `^(?:empty|clear)\\b.*${cart}|^(?:delete|take|put|throw|get)\\b.*\\b(?:everything|all)\\b.*${outOfCart}|^(?:delete|take|drop|get|strike|cross|move|throw|kick|put)\\b.*\\b(?:from|off|out of) (?:the |my |our )?wishlist|\\b(?:from|on) (?:the |my |our )?wishlist\\b.*${intoCart}|^wishlist\\b.*\\b(?:delete|off)\\b|^(?:get|take|bring|lead|show|open|go|see|view|visit)(?: (?:me|us|over|back|straight|up|to))* (?:the |my |our )?wishlist$`,
    { not: true },
  ),
  frame(
    "",
    `^(?:delete|edit)\\b.*\\b(?:card|address)\\b|^(?:change|update)\\b(?!.*\\b(?:to|deliver|delivery|where)\\b).*\\b(?:card|address)\\b`,
    { not: true },
  ),
  {
    kind: "new_card",
    says:
      /\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b|\b\d{15,16}\b|\bcard\b.*\b(?:\d{4}[ -]?\d{4}|\d{12,19}|number)\b|^(?:add|enter|register|use|save|store|type|put|pay|take|make|set|give|i|we|order|check|fill|place|create|charge)\b.*\b(?:new|another|different|extra|fresh) (?:\p{L}+ )?card\b|^(?:add|enter|register) (?:a|another|my|this|one more) (?:\p{L}+ )?card\b|\bcard (?:that is|which is) new\b|\bcard (?:that |which )?(?:is not|you do not|nobody)\b/u,
    but:
      /\b(?:gift|greeting|birthday|sd|memory|business|index|playing|trading|post|graphics|ending|ends|existing) card\b|\bcard (?:ending|that ends|reader|holder|game|box|case)\b|\bcards\b(?!.*\d{4})|^(?:delete|block|freeze|cancel)\b|\b(?:lost|stolen)\b/,
    writes: true,
  },
  frame(
    "cancel",
    `^(?:cancel|call off|withdraw|undo|take back|annul|abort|void|kill|reverse|scrub|halt|pull)\\b.*\\b(?:order|orders|buy|purchase|delivery|ordered|bought|\\d{3}-\\d+)\\b|^cancel\\b.*${thing}|^cancel(?: (?:it|that|this|them|please|now))*$|^cancel (?:it|that|this|them)\\b|^call (?:${phrase})?off\\b|^(?:get|have|see|want|let) .*(?:\\border\\b|\\d{3}-\\d+)\\b.*\\b(?:cancel|called off|stopped)|^get rid of (?:the |my |that )?(?:[^ ]+ )?(?:order\\b|\\d{3}-\\d+)|^${subject}${must} (?:cancel|call off|called off|stop|stopped|withdrawn|annulled)\\b|^(?:the |my )?(?:order|\\d{3}-\\d+) (?:[^ ]+ ){0,4}?(?:: |, )?(?:cancel|call off)\\b|^(?:the |my )?order\\b.*\\b(?:was|is) (?:a |my )?mistake|^${want}\\b.*(?:\\border\\b|\\d{3}-\\d+)(?: [^ ]+)* (?:cancel|called off|stopped)\\b`,
    {
      but:
        `\\b(?:membership|subscription|account|noise|return|refund|instead|(?:cancel|undo|reverse|stop|void|halt|withdraw|take back|annul|revoke)\\b.* cancel|delivery of (?:my |the |a )?(?!§|orders?\\b|what|it\\b|them\\b|everything|all\\b)|history|part of|alarm|appointment|policy|fee|review|wishlist)\\b|${outOfCart}`,
    },
  ),
  frame(
    "cancel",
    `^(?:i|we) (?:do not|no longer|did not) (?:want|need|mean)\\b.*(?:\\border (?:any ?more|any longer|after all|\\d|i|we|from|of|with|that)|\\border$|\\border number|\\b\\d{3}-\\d{4,})|^(?:order|the order|my order)\\b.*\\b(?:is|was) (?:not|no longer) (?:needed|wanted|required)|^(?:the |my |that |this )?(?:order|\\d{3}-\\d+)\\b.*\\b(?:must|should|may|can|is|needs?) not\\b.*\\b(?:sent|go out|deliver|leave|arrive|come|go)\\b|^stop\\b.*(?:\\border\\b|\\bpurchase\\b|\\b\\d{3}-\\d+)|^(?:do not|never) (?:send|deliver|dispatch)\\b.*(?:\\border\\b|\\b\\d{3}-\\d+)`,
    { denies: true, but: "\\b(?:to order|to cancel|cancel|stop (?:it|that) from)\\b" },
  ),
  frame("later", `^${bring}\\b.*${outOfCart}.*\\b(?:saved?|for later|aside|later list)\\b`, {
    goods: true,
    but: "\\b(?:wishlist|everything|all|every)\\b",
  }),
  frame(
    "back",
    `${saved}.*(?:${intoCart}|\\bback\\b|: ${cart}$)|${intoCart}.*${saved}|^(?:${carry}|${want})\\b.*\\bback (?:in|into|to|onto) ${theCart}|^back (?:in|into|to) ${theCart}|^(?:unsave|restore)\\b|^return (?!to\\b).*${intoCart}`,
    {
      goods: true,
      many: true,
      but:
        `\\b(?:wishlist|delete)\\b|${outOfCart}|^(?:save|set|keep|leave|lay)\\b.*\\b(?:for later|aside)$|\\bmust be saved\\b|\\bbe saved\\b`,
    },
  ),
  frame(
    "later",
    `^(?:save|set|put|keep|leave|hold|park|move|lay|shelve|stash|store|postpone|push|send|transfer|bring|take|defer|delay|let|have|reserve|throw|stick|pop|add|drop|shift|get|mark|place|order|buy)\\b.*\\b${toSaved}|^(?:postpone|shelve|defer|park) (?:the |my |that |this )?(?:${phrase})?${thing}|^let (?:the |my |that |this )?(?:${phrase})?wait\\b|^${subject}${must}(?: be)? (?:wait|put aside|set aside|laid aside|stay behind|parked|postponed)\\b(?: .*)?$|^${subject}${must} .*\\b${toSaved}|^${subject}(?:is|are|stays?|goes|comes?|will wait|can wait|gets?|waits?|belongs?) (?:.*)?\\b${toSaved}|^(?:${np})?(?:: |, |- )?(?:saved? for later|for later|to later|later|aside|for another (?:time|day))(?: please)?$|^${want}\\b.*\\b${toSaved}|^aside with\\b|^(?:use|press|hit|click|choose|apply|select|tap)(?: on)? (?:the )?save for later\\b`,
    {
      goods: true,
      many: true,
      but:
        `\\b(?:wishlist|back(?! burner)|again|card|deliver|search|bought|ordered|order (?:until|till)|parcels?|everything|all|every|each|any|whole|entire|contents?)\\b|\\b(?:from|out of|of) (?:the |my )?saved\\b|\\b(?:i|we|that|which) (?:have )?(?:saved|set|put|laid|parked)\\b|${intoCart}(?<!\\bin my cart|\\bin the cart)|^(?:leave|keep|hold|put) (?:the |my )?order\\b|\\bcheckout\\b`,
    },
  ),
  frame(
    "wish",
    `^${bring}\\b.*${ontoWishes}|^(?:wishlist|wish-list) (?:it|that|this|them|the|a|my|§)|^${subject}(?:${must}|goes|go|belongs?|gets?|is something|is one|would be|is|are|fits?|comes?|lands?|is a case|joins|gets a place) (?:.*)?${ontoWishes}|^(?:${np})?(?:: |, |- )?(?:${
      ontoWishes.slice(2)
    }|wishlist)(?: please| with (?:it|them|that)| it is| instead)*$|^${
      ontoWishes.slice(2)
    }(?: with| :| ,| goes| please|$)|^wishlist (?:: |, |- |with )|^(?:the |my )?wishlist (?:should|must|needs?|could|gets?|wants)\\b|^${want}\\b.*${ontoWishes}|^(?:${np})?(?:i|we) (?:want|would like|need)\\b.*${ontoWishes}|^(?:click|tap|press|hit|push|tick)(?: on)? the (?:heart|wishlist)\\b|^(?:give|add|put|set|leave)\\b.*\\b(?:a|the|its|one) heart\\b|^(?:heart|favou?rite)\\b.*(?:${thing}|${it})|^${bring}\\b.*\\bwishlist$|^(?:[^ ]+ ){0,8}wish for\\b`,
    {
      goods: true,
      but:
        `^${bring}(?: (?:me|us|see|have|take|look|peek|go|get|back|straight|over|a|at|to|into|through|open))* (?:the |my |our |your )?wishlist$|\\b(?:delete|share|rename|print|off (?:(?:the|my|our) )?wishlist|from (?:the|my) wishlist|what|is on|are on|am|private|public)\\b|'s wishlist`,
    },
  ),
  frame(
    "quantity",
    `^${change}\\b.*\\b(?:quantity|how many|number of)\\b|^${change}(?: up| down)? (?:the |its |that )?(?:number|count)(?: accordingly| up| down)*$|^${change}\\b.*\\b(?:to|by|at|up to|down to|into) ${n}\\b|^(?:raise|lower|increase|reduce|bump|cut|decrease|turn)\\b.*\\b(?:up|down) ${n}\\b|^make (?:it|that|them|this) (?:a |just |only |up |into )*${n}\\b|^make\\b.*\\b${n}\\b.*\\bin ${theCart}|^${change}\\b.*\\b${cart}\\b.*\\b(?:contains?|holds?|has|have|there (?:are|is)|be)\\b.*\\b${n}\\b|^(?:double|triple)\\b.*(?:${thing}|${it}|${cart})|^${want}(?: to have)? (?:just |only |now )*${n}\\b.*(?:\\binstead\\b|\\brather\\b|\\bfrom ${n} to\\b)|^(?:${want}|have)\\b.*\\bin ${theCart} (?:${n} times|times ${n})`,
    {
      but:
        `${numbered}|\\d{3}-\\d+|^(?:add|order|buy|put|get|take|move) ${n}\\b|^put\\b(?!.*\\b(?:quantity|number|up|down)\\b)|\\b(?:phone|card|order|house) number\\b|\\b(?:aside|wishlist|size|colou?r)\\b|${outOfCart}`,
    },
  ),
  frame(
    "quantity",
    `^${subject}(?:${must}|needs|need)\\b.*\\b(?:be|go up|go down|become|rise|go|hold|have|contain|say|read|increase|decrease|change|changed|raised|reduced|lowered|set|up|down)\\b.*\\b(?:(?:to|by|from) ${n}|${n} times|${n}(?: please)?$|${n} (?:instead|rather|of them))|^(?:the )?(?:quantity|number) (?:of|for)\\b.*\\b${n}\\b|^there (?:should|must|have to|need to) be ${n}\\b.*${cart}|^quantity\\b.*\\b${n}\\b|^${n} (?:instead of|rather than)\\b|^(?:${np})?${n} (?:instead|rather)\\b|^(?:${np})?(?:in ${theCart} )?: ${n}$|^(?:${np})?from ${n} to ${n}\\b|^(?:instead )?of ${n} ,? ?${want}\\b.*\\b${n}\\b|^${cart} : .*\\b${n}$|\\b(?:quantity|number)\\b.*\\b(?:to|be|is) ${n}\\b|^(?:${np})\\bquantity (?:: |of )?${n}$`,
    { but: `${numbered}|\\b(?:phone|card|order|house) number\\b|^(?:add|order|buy|put)\\b|\\bwishlist\\b` },
  ),
  frame(
    "deliver",
    `^(?:from now on |in future |as of \\p{L}+ |starting (?:now|today) )?,? ?(?:please )?(?:deliver|send|have|direct|route|get|bring)(?: (?:my|the|all|it|them|everything|future|our|of|things|orders?|parcels?|stuff|goods|purchases|deliver|sent|from|now|on|next|that|i|buy|order|to|go|come|always|all of it))* (?:to|at) (?!(?:the |my )?(?:cart|wishlist|checkout|details|page|me the)\\b)\\S+|^have (?:it|them|everything|all of it) deliver\\b|^(?:choose|select|use|pick|set|make|take|switch|change|update|put|move|let)\\b.*\\b(?:address|destination|(?:deliver|delivery) (?:to|place|at|goes)|where\\b.*(?:deliver|sent|go))\\b|^(?:the |my )?(?:(?:deliver|delivery) )?address ${must}\\b|^(?:deliver|delivery)(?: (?:it|things|everything|parcels))?(?: here)? :|^(?:the |my )?address (?:for .*)?is (?:now )?§place|^(?:choose|select|use|pick|switch|change)\\b.*(?:§place)\\b|^(?:choose|select|use|pick|set|make)\\b.*\\b(?:where|place|destination)\\b.*\\b(?:parcels|deliver|orders?|things|sent|go)\\b|^(?:from now on |in future |as of \\p{L}+ )?,? ?(?:my |the |all |our |future )*(?:things|parcels|orders?|delivery|deliver|stuff|everything|purchases|goods|shopping)\\b.*\\b(?:should|shall|must|goes|go|has to|have to|is to|are to|needs? to|will go|can|get|come)\\b.*\\b(?:to|at)\\b|\\b(?:the|my) address \\S+.*\\b(?:where|should|to use)\\b|^deliver\\b.*\\baddress\\b|^(?:address|deliver to|delivery to|delivery address) :|^${want}\\b.*\\b(?:deliver|sent|delivery|parcels)\\b.*\\b(?:to|at)\\b|^(?:have|let) (?:the |my )?(?:parcels|delivery|things)\\b.*\\b(?:come|arrive)\\b.*\\b(?:on|day|date|by)\\b`,
    {
      many: true,
      but:
        `\\b(?:(?:name|zip|number|street|phone) (?:on|of|in)|gift|money|e-?mail|checkout|check out|pay|buy|message|delete|track|letter|price|tonight|express|faster|drone|neighbour|neighbor|door|porch|driver|courier|locker|${cart}|wishlist|card|free|member|new address|invoice|receipt|photo|reviews?|post ?office|pick up|back)\\b|^(?:order|place|add)\\b`,
    },
  ),
  frame(
    "checkout",
    `^(?:checkout|(?:do|start|begin|finish|complete|perform|run|go for|make) (?:the |a |my )?checkout)\\b|^(?:go|proceed|continue|head|move|take me|bring me|on|off|get me|walk me)\\b.*\\b(?:(?:to|through|with|into) (?:the |my )?(?:checkout|check out|pay|payment|till|cashier|order\\b)|place (?:the|my) order)\\b|^check (?:(?:me|us|it|them|everything|all|that|this|the|my|what|order|things|stuff|lot|whole|in|is|of) )*(?:cart )?out\\b(?! (?:the|this|that|some|our|a)? ?(?:[^ ]+ )*?(?:${thing}|details|reviews|§department|page))(?! (?:the|this|that|some|our|a) (?!(?:whole |entire )?(?:${cart}|order|rest|lot|things|items|stuff)\\b))|^check out (?:the |my |this )?(?:${cart}|order|rest|lot|whole)\\b|^(?:complete|finish|finalize|finalise|conclude|submit|send off|send in|wrap up|confirm|put through|execute)\\b.*\\b(?:order|purchase|buy|checkout|${cart}|shopping|payment)\\b|^(?:place|make) (?:the|its|my|an|this|that|our|one) (?:\\p{L}+ )?(?:order|purchase)\\b(?! (?:for|of|on) (?:a|an|one|§|the §))|^(?:place|submit|confirm|complete) (?:it|everything|all|it all)$|^pay(?: (?:now|up|please|it all|today))*$|^pay (?:for )?(?:it|them|everything|all|the lot|the (?:rest|order|bill)|whats|what|whatever|${theCart}|(?:the|my) (?:things|stuff|items|shopping|order))\\b|^pay (?:with|by|using|via|on)\\b.*\\bcard\\b|^(?:buy|order|get|pay for|take)\\b.* ?(?:${all}|contents?)\\b.*\\b${cart}|^(?:buy|order|take|get|pay for) (?:now )?(?:just |only )?${rest}\\b|^(?:buy|order) (?:the |my |this |that )?(?:whole |entire |full )?${cart}\\b|^(?:buy|order) (?:it all|the lot|the whole (?:thing|lot)|all of (?:it|that|them)|everything)(?:$| ,| to\\b| and\\b| now\\b| today\\b)|^${want} to (?:pay|checkout|check out|order now)\\b|^(?:turn|make|convert)\\b.*${cart}.*\\border\\b|^(?:i|we) (?:am|are|'m|'re) (?:now )?ready to (?:pay|checkout|check out|order|buy)|^(?:${np})?ready to (?:pay|checkout|check out|be ordered)\\b|^(?:the |my )?(?:${cart}|order)\\b(?: .*)? ${must} (?:be )?(?:ordered|order|paid|pay|bought|buy|placed?|complete|submit|submitted|check out|checkout|go out|sent)\\b|^order (?:out of|from|off) ${theCart}|^order placed?(?: today| now| please)*$|^ring (?:it|me|them|everything|us) up|^(?:buy|order) (?:all|everything)(?: that is| which is| i have)?(?: in)? (?:there|here|it)(?: now| today)?$|^(?:order|buy|pay)(?: (?:now|it all|everything))?$|^(?:everything|all|what)\\b.*\\b${cart}\\b.*\\b(?:ordered|bought|paid)\\b|^(?:the )?(?:order|checkout|payment)(?: please| now)+$|^place (?:the|my|an) order\\b|^${want}\\b.*(?:${theCart}|${rest}|my order)\\b.*\\b(?:ordered|paid|placed|bought|check out|checkout)\\b|^order\\b(?! (?:of|is|was|number)\\b).*\\b(?:in|that waits in|lies in|sits in) ${theCart}`,
    {
      many: true,
      but:
        `\\b(?:buy|order) (?:of|for) (?:a|an|one|two|three|§|the §)|\\b(?:later|tomorrow|instal?lments?|bill|rent|taxes|new card|as (?:it|they) (?:is|are)|help|mean|page for)\\b|^(?:check|go|take)\\b.*\\b(?:reviews|orders|history|status)\\b|^make\\b.*\\b(?:list|page)\\b|^pay for (?:the|a|my) §|\\bpayment (?:methods?|options?)\\b|^(?:finish|complete)\\b.*\\b(?:profile|registration|survey)\\b`,
    },
  ),
  frame(
    "delete_from_cart",
    `^${theCart} (?:minus|less) |^(?:delete|take|get|kick|throw|pull|lose|drop|fish|chuck|toss|move|strike|cut|clear|pick|bin|dump|boot|cross|wipe|scratch|eject|yank|pluck|pop|put|leave|have|let|dig|sling|fling|shift|bring|send|see|want)\\b.*(?:${outOfCart}|\\bout of (?:there|it|here)\\b|\\boff it\\b|\\bback (?:on|to|onto) the shel(?:f|ves)\\b)|^delete (?:(?:the|my|that|this|those|these|a|both|one|${n}) )?(?:(?!for|from|on|in\\b)[^ ]+ ){0,4}?(?:${thing}|${it}|[^ ]+)(?: (?:please|now|again|too|as well|from there|in ${theCart}|from it|for me))*$|^get rid of\\b|^(?:away|off|out|down|be gone) with\\b|^(?:throw|kick|take|get|pull|put|chuck|toss|fish|leave|toss|move|have) (?:(?:the|my|that|this|those|a) )?(?:(?!for|from|on|in\\b)[^ ]+ ){0,4}?(?:${thing}|${it}|[^ ]+) (?:back )?(?:out|away|off)(?: (?:please|again|now|of there|of it))*$|^(?:throw|kick|toss|chuck|take|pull|fish|fling|sling|boot) (?:out|off|away) |^(?:drop|lose|dump|bin|axe|strike) (?:the |my |that |this )?(?:[^ ]+ ){0,4}?(?:${thing}|${it})(?: (?:please|again|now|though|instead))*$|^${subject}(?:${must}|wants|needs|gets|is|has got) .*(?:${outOfCart}|\\bbe deleted?\\b)|^${subject}(?:should|must|can|has to|have to|needs to|need to|ought to|may|is to|are to)(?: please| now| really)* (?:go|leave|disappear|vanish|come out|get out|be gone|be delete|delete|be out)(?: (?:please|now|again|away|too|from there|${theCart}|it|${outOfCart}))*$|^(?:${np})(?:: |, |- )?(?:out of|off|from|out from) ${theCart}(?: (?:with (?:it|them|that)|please|now|goes|it goes|again))*$|^(?:out of|off|from) ${theCart}(?: |$)|^(?:out|off|away)(?: with| goes|$)`,
    {
      goods: true,
      but:
        `\\b(?:wishlist|card|filter|sort|search|brand|department|account|order|orders|for later|aside|saved?|history|list|scratch|stain|compare|page|box of)\\b|\\bup from\\b|${intoCart}(?<!\\bin my cart|\\bin the cart|\\bin our cart)`,
    },
  ),
  frame(
    "delete_from_cart",
    `^${subject}(?:should|must|may|can|does|do|is|are|need|needs|has|have|shall|ought|will|would|was|were)\\b.*\\b(?:not|no)\\b.*\\b(?:in|into|part of) ${theCart}|^(?:i|we) (?:do|did|can|will|would|should) (?:not|never)\\b.*\\b(?:in|from) ${theCart}|^(?:i|we) no longer (?:want|need|like|wish)\\b.*\\b(?:in|from) ${theCart}|^(?:i|we) (?:do not|no longer) (?:want|need) (?:the |that |this |my )?(?:[^ ]+ )*?in ${theCart}|^(?:there should be )?no (?!more\\b)(?:[^ ]+ ){1,6}in ${theCart}|^${theCart} (?:should|must|can|does|do|shall) not\\b|^(?:${want}|make|have|let|see)\\b.*\\b${cart} without (?!\\p{L}+ing\\b|delete)|^${theCart} (?:no longer|does not|is not to|shall not|must not|is free|is rid)\\b.*\\b(?:contains?|ha(?:s|ve)|holds?|includes?|shows?|lists?|of)\\b|^(?:do not|never) (?:keep|leave) .*in ${theCart}`,
    {
      denies: true,
      but:
        `\\b(?:wishlist|yet|is in|are in|put|add|added|place|know|sure|sort|find|see|remember|touch|to be put|to put|belongs? in)\\b(?!.*any ?more)(?<!not belong)|\\bnot (?:only|just|want to|need to|have to|necessary)\\b|\\brather not\\b`,
    },
  ),
  frame(
    "again",
    `^reorder\\b|^(?:buy|order|get|send|have|purchase|put|add|take|bring|give|fetch|grab|throw|pop|stick|drop|let|place)\\b.*\\b(?:again|once more|another time|a second time|one more time|another round)\\b|^${want}\\b.*\\b(?:again|once more|another round|the same)\\b|^(?:buy|order|get|send|put|add|${want}|bring|give|have|i|we|same|the same|i would)\\b.*\\b(?:same|identical)\\b.*\\b(?:as|like|that|which|i|we|again|from|of)\\b|^(?:repeat|redo|duplicate|replay)\\b.*\\b(?:order|purchase|buy)\\b|^(?:buy|order|get|need|want|send)\\b.*\\b(?:the|my|our) usual$|\\b(?:hit|press|click|click on|tap|tap on|use|push) (?:the )?(?:buy again|reorder)\\b|^buy again\\b|^(?:the )?same\\b.*\\b(?:as|like|again|that|from|please)\\b|^(?:${np})?(?:again|once more)(?: ,.*)?(?: please| from .*orders?| in(?:to)? ${theCart})*$|^${subject}(?:${must}|goes|go|belongs?)\\b.*\\b(?:again|once more)\\b`,
    {
      goods: true,
      but:
        "\\b(?:aside|saved|later|back|search|look|show|open|check|try|try again|read|tell|cancel|delete|out of|(?:re-?)?activate|reopen)\\b|^take\\b.*\\bout\\b",
    },
  ),
  frame(
    "add",
    `^${bring}\\b.*${intoCart}|^add (?:(?!to|for|on\\b)[^ ]+ )*?(?:${thing}|${it}|[^ ]+)(?: (?:please|too|as well|for me|now|there|to it|again|to (?:my|the) order|first|instead|many))*$|^add to ${cart}\\b|^${want}\\b.*${intoCart}|^(?:${np})?(?:i|we) (?:want|would like|would love|need|wish)\\b.*${intoCart}|^(?:could|can|may|might) (?:the |a |an |my |two |some )?(?:[^ ]+ ){1,6}(?:go|be|land|get|come) ${
      intoCart.slice(2)
    }|^${subject}(?:${must}|goes|go|belongs?|lands?|comes?|gets?|gets a place|jumps?) (?:[^ ]+ )*?${
      intoCart.slice(2)
    }|^(?:and )?${theCart} (?:(?:should|must|has to|needs to)(?! (?:remain|stay|be|look|wait|go|not)\\b)|needs?|could use|could do with|lacks|is missing|misses|gets?|wants|can have|has room for|ought to|shall|is to|still needs|is short of|takes)\\b|^(?:let|have) ${theCart} (?:have|hold|get|contain|include)\\b|^(?:fill|give|load|stock|feed)\\b.*\\b${cart} (?:with|a|an|the|two|one|§|some)|^give (?:the |my )?${cart}\\b|^(?:${np})(?:: |, |- )?${
      intoCart.slice(2)
    }(?: (?:please|with (?:it|them|that|the|a|§|one)|now|too|as well|instead|goes|thanks).*)?$|^(?:${np})(?:: |, )${cart}$|^(?:put|pop|throw|stick|toss|chuck|drop) in (?:a|an|the|one|two|three|some|my)\\b|^(?:to|into|onto|inside) ${theCart}(?: (?:with|goes|go|please|now|a|an|the|instead)\\b|$| :| ,)|^in ${theCart} (?:with|goes|go|:)|^${theCart} (?::|,|\\+|-) |^(?:i|we) (?:am|are|'m|'re) missing\\b.*${intoCart}|^bag (?:up )?(?:a|the|one|two|§)|^in with (?:a|the|my|one|§)|^(?:hit|click|press|tap|push|use)(?: on)? (?:the )?add to cart\\b|^(?:reserve|make|find|save|keep) (?:a |some )?(?:spot|place|room|space) ${
      intoCart.slice(2)
    } for`,
    {
      goods: true,
      but:
        `\\b(?:${cart} of (?:my|his|her|their)|wishlist|card|is in|are in|is already|have already|saved|(?<!with |with the |with a )quantity|number of|delete|filter|what is in|lies|as it is|where it is|as they are|for later|aside)\\b|${outOfCart}|^(?:keep|leave|see|remember|mark|save|store)\\b(?!.*\\binto\\b).*\\bin\\b|\\b(?:take|kick|throw) .* out\\b`,
    },
  ),
  frame(
    "buy",
    `^(?:buy|order)(?: now)?(?: :)? (?!of\\b|is\\b|was\\b|number\\b|by\\b|from\\b|the (?:results|list|rest)\\b|these by\\b|history\\b)(?:(?:me|us|myself|another|yourself) )?(?:(?:for (?:me|us|my [^ ]+) )?(?:\\d+x?|${n}|a|an|the|some|my|our|this|that|these|those|another|a few|more|both)\\b|(?:[^ ]+ ){0,3}${thing}|${it}\\b)|^treat (?:me|us|myself) to |^(?:get|grab|fetch|bring) (?:me|us) (?:${n}|a|an|the|some|another|this|that|those|my own|§product|§q|§goods?)\\b|^get (?:${n}|a|an|the|some|another|§product|§q|§goods?)(?: [^ ]+)*|^(?:i|we) (?:just |only )?(?:want|need|would like|would love|will take|will have|'ll take)(?: to (?:have|buy|own|order))? (?:${n}|a|an|some|another)(?: [^ ]+){0,4} ${thing}$|^(?:i|we) (?:would like|will take|'ll take|would love)(?: to (?:have|buy|own|order))? (?:(?:the|this|that) (?:[^ ]+ ){0,4})?${thing}$|^(?:get|have|want|need|like|see|let me have|i want|i need|we need|we want|i would like|we would like|can i have|can we have)\\b.*\\b(?:ordered|bought)\\b|^(?:${np})(?:, )?(?:ordered|bought)(?: and paid(?: for)?)?(?: (?:today|now|please|for me|soon|this week))*$|^buy now\\b|^let me have (?:the|a|an|${n}|§)|^${subject}(?:should|must|has to|is to|shall)(?: be)? (?:bought|ordered)\\b|^place (?:an|one|the) order (?:for|of|on) (?!${theCart}\\b|what|everything|all|my|the (?:things|stuff|items|cart))|^go for (?:the|a|one|${thing})|^(?:complete|finish|make|place|do|start|conclude) (?:the|a|an|my) (?:buy|order) (?:of|for) (?!${theCart}|what|everything)`,
    {
      goods: true,
      but:
        `${intoCart}|${outOfCart}|\\b(?:all(?! the way)|everything|whatever|what|saved|set aside|put aside|wishlist|orders|order history|order (?:confirmation|status|number|details|total|summary|form)|refund|return|answer|back|see|page|details|list|sort|by price|first|number|dollars off|cheaper|account|card game|rid|notified|details|tracking|as a gift|ready|to know|closer|more about|used|second-hand|delivered? (?:faster|sooner))\\b|^(?:buy|order)\\b.*\\b(?:is|was|were|are|has|had|stays?|arrived|came)\\b|\\d{3}-\\d+|^(?:order|buy)\\b.*\\b(?:history|again)\\b`,
    },
  ),
];
