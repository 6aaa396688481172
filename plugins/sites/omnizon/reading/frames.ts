import type { Frame } from "halo-agent/site";
import { cartFrames } from "./cart-frames.ts";
import { listFrames } from "./list-frames.ts";

/** What goals about a shop ask for, tried in order. */
const isBuy = ({ kind }: Frame): boolean => kind === "buy";
export const frames: readonly Frame[] = [
  ...cartFrames.filter((one) => !isBuy(one)),
  ...listFrames,
  ...cartFrames.filter(isBuy),
];

/** What only says more of an errand. */
export const more: RegExp =
  /^(?:use|take|charge) (?:the|my) .*\bcard\b|^(?:keep|leave) (?:it|the|them|my|that|everything|all|looking|browsing|shopping)\b|^(?:go|come) (?:with|for) |^(?:narrow|filter|limit|restrict)\b(?!.*§).*\b(?:down|results|accordingly|by that)$|^(?:find out|know|learn|see|check) (?:what|how|which|whether|if)\b|^(?:hide|leave|drop|skip|ignore) (?:the )?(?:rest|others?|everything else)$|^(?:go|take me|bring me|get me) there\b|^(?:set|apply|use) (?:these|those|this|that|the) (?:limits?|bounds?|filters?|range)\b|^(?:mind|spare|watch|do not touch) (?:the|my)\b|^(?:the )?same (?:[^ ]+ ){0,5}[^ ]+$|^(?:open|show|view|see|go to|go into|look at|look in|look into|look through|check|take me to|bring me to)(?: me)? (?:the |my |our )?(?:cart|bag|orders?|order history|(?:past|old|previous|earlier|last) orders|wishlist|account|home page|homepage|search|product|saved (?:items|things)|checkout page)$|^double check\b|^show(?: me)? (?:the )?(?:matching|results?|hits|resulting|found|matches|what)\b.*$|^(?:find|show|get)(?: me)? the (?:best|cheapest|most|highest|lowest|top|priciest|dearest)\b|^(?:apply|use|confirm|submit) (?:it|them|this|that)$|^(?:press|hit|push|click|tap)(?: on)? (?:the )?(?:enter|return|search|go|ok)(?: key| button)?$|^send it off$|^order (?:number )?\d{3}-\d+\b|^find (?:the |that |those )?.*\b(?:i|we) (?:have )?(?:ordered|bought|had|saved|put|set)\b|^(?:take|leave) .* out of (?:this|the|my) order$|^(?:buy|order|get|take|want)\b.*\b(?:i|we) (?:have )?(?:saved|set|put)\b|^(?:filter|sort|show) .* like (?:so|that|this)$|^(?:choose|select|pick|set|ask for|take)\b.*\b(?:delivery|days?|saturday|sunday)\b|^make .* mine$|^wrap (?:it|this|things)(?: all)? up$|^(?:choose|pick|select|take|use) (?:it|that|this|that one)$|^swap\b.*\bin (?:the |my )?cart$|^(?:have|let|get) (?:it|them|everything|the (?:parcels|order)) (?:come|arrive|deliver|sent|here|brought)\b|^sort (?:it|them|these|those|the (?:list|results))$|^(?:fix|correct|change|adjust|update|undo) (?:it|that|this)$|^(?:fix|correct|filter|proceed|go on|go ahead|continue|do it|do that|do so|get it done|take your time|see what comes|show what comes|have a nice \p{L}+|make it so|adjust|thank you|fix it|fix that|sort it out|show me|let me know|check it|check)(?: please| for me| now| by price| for (?:that|it|this))*$|^(?:search|show|find|list|see) (?:them|it|those|these|that)?$|^let (?:me|us) (?:see|have|look|know|read|check)\b|^have (?:the|a|an|one|§product)(?: |$)|^(?:want|need) /u;

/** What points back at a brand or at prices that were told. */
export const pointsBack = {
  says:
    /^(?=(?:filter|limit|narrow|restrict|tick|check|set|change|apply|use|adjust|choose|select|pick|confine)\b)(?!.*(?:§brand|\d)).*(?:\b(?:(?:by|to|for|on|with|in|tick|check|apply|use|select|choose|pick) (?:that|this|these|those|the same)(?: (?:price|brand|range|span|budget|limits?|bounds?|filter|box))*(?: in (?:the )?filters?)?|accordingly)$)/,
  kinds: /^(?:brand|prices)$/,
} as const;

/** What a shop like this cannot do. */
export const foreign =
  /\b(?:second|another|new|extra) wishlist\b|\b(?:rename|recipes?)\b(?! (?:books?|cards?|box|holder|stand))|\bshares of\b|'s (?:account|profile)\b|\b(?:next|previous|second|third|fourth|last|following|\d+(?:st|nd|rd|th)) page\b|\bpage (?:number )?(?:\d+|two|three|four)\b|\b(?:not sure (?:whether|if|yet|about)|(?:i|we) do not know (?:yet|whether|if)|undecided|still thinking about|track|tracking|refunds?|money back|exchange|warrant(?:y|ies)(?!.*\bpage\b)|protection plan|gift cards?|gift[- ]?wrap\p{L}*|wrapping|vouchers?|coupons?|promo|discount codes?|redeem|subscribe|subscription|membership|chat|customer (?:service|support)|write (?:a|an|the) (?:\p{L}+ )*review|(?:leave|post|add|write|give) (?:it |them )?(?:a |an )?(?:\p{L}+ )*(?:review|feedback|rating)|password|sign in|log in|sign out|log out|log off|account settings|e-?mail|phone (?:number|support|them|us|call)|by phone|print(?! ?er)|share|invoice|receipt|compare|complain|complaint|dark mode|language|notify|newsletter|alert|remind|reminder|translate|repair(?:ed)?|assemble|assembled|install|instal?lments?|financing|paypal|bitcoin|crypto|cheque|return (?:the|my|a|this|that|these|those|it|them)\b(?!.*cart)|send (?:the |it |them )?back to|seller|call (?!(?:[^ ]+ ){0,8}off\b|up\b)|delete my account|close my account|question|rate (?:the|my|it)|back in stock|registry|engrave|engraving|monogram|insurance|lend|rent|donate|auction|bid|haggle)\b(?!-)/u;

/** How commands about lists begin. */
const listing =
  /^(?:among|of|from|for|in|with|within|between|under|over|above|below|the|my|show|find|search|look|list|see|view|browse|filter|limit|narrow|restrict|set|put|get|give|sort|order|hide|leave|keep|only|check|tick|choose|pick|select|use|let|have|want|need|make|start|begin|display|reduce|enter|type|apply|change|go|open|take|bring|run|do|click|adjust|step|switch|tap|exclude|forget)\b/;
export const acts: Readonly<Record<string, RegExp>> = { prices: listing, sort: listing, brand: listing };

/** Words without which what is only told asks for nothing. */
export const tells: RegExp =
  /\b(?:it is|address|what|which|any|have you|do you|are there|got|in (?:that|this|my) range|(?:not|no longer) (?:want|need|needed|wanted|belong)|not|no longer|mistake|(?:am|'m|are|'re) (?:just |only |still )*(?:looking|after|ready|in|missing|done|interested|curious|browsing)|belongs?|goes|go|waits?|needs?|want|feel like|could use|would|should|must|can|may)\b/;
