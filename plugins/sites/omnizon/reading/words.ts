import type { Frame } from "halo-agent/site";

/** A pattern for the words of a unit. */
export const rx = (source: string): RegExp => new RegExp(source, "u");

const the = "(?:the |my |our |your |this |that )?(?:active |actual |real |current |online |own )?";
/** A number of things. */
export const n =
  "(?:\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|a couple|a pair|half a dozen)";
export const cart = "(?:cart|bag)";
export const theCart = `${the}${cart}`;
export const intoCart = `\\b(?<!\\b(?:next|close|similar) )(?:to|for|in|into|inside|onto|on) ${theCart}\\b`;
export const outOfCart =
  `\\b(?:out of|from|off|off of|out from) (?:(?:what|whatever|those|things|the (?:things|items|stuff|goods|ones)|everything)(?: that| which)?(?: is| 's| are| lies?| i have)? in )?${theCart}\\b`;
export const ontoWishes =
  `\\b(?:to|on|onto|in|into|for|among|at|as) (?:the |my |our |your |this |that |a )?(?:wishlist|wish)\\b`;
/** Things by their names, or as the shop's goods are called. */
export const thing = "(?:§product|§goods?|§q)";
export const it = "(?:it|them|this|that|these|those|one|ones|both)";

const says =
  "is|are|was|were|am|be|been|has|have|had|i|we|you|he|she|they|will|would|do|does|did|not|no|never|can|could|should|must|may|might|shall|if|because|when|who|what|how|why|nothing|already|whether|about to|said|says|told|bought|ordered|wanted|thinks|loves|likes|liked|knows|hates|asked|there|'m|'re|'ve|'ll";
/** A phrase that says nothing by itself: no subject and no finite verb is in it. */
export const phrase = `(?:(?!(?:${says})\\b)[^ ]+ )+?`;
/** A phrase that begins with no verb that asks. */
export const np =
  `(?!(?:open|show|view|see|go|look|check|find|search|count|compare|sort|list|tell|read|are|keep|leave|let|put|take|bring|add|get|move|save|set|make|buy|order|print|share|rename|clear|empty|change|hide|use|stay|wait|remember|give|send|delete|cancel|ask|mind|touch|review|rate|swap|return|update|explain|describe|estimate|sum|total|calculate|verify)\\b)${phrase}`;

/** What a wish or a rule is about: somebody else is not. */
export const subject =
  "(?!(?:he|she|they|you|who|what|how|if|when|because|there|§name)\\b)(?:(?!(?:he|she|they|not|no|never|if|because)\\b)[^ ]+ )+?";
/** What a thing has to do. */
export const must =
  "(?:should|must|has to|have to|had better|needs to|need to|ought to|can|may|could|shall|is to|are to|is going|are going|will have to|wants to|is supposed to|are supposed to|deserves to)(?: (?:also|now|please|just|rather|really|better|all|both|be))*";
/** Who asks wants it. */
export const want =
  "(?:i|we) (?:still |also |just |only |really |do |now |actually |therefore |then )*(?:want|need|like|would like|would love|wish|could use|could do with|will take|will have|prefer|would prefer|'d like|'d love|'ll take|'ll have)";
/** Verbs that bring something somewhere. */
export const bring =
  "(?:add|put|pop|stick|throw|toss|chuck|drop|slip|load|pack|place|lay|include|bring|sling|fling|shove|plonk|plop|dump|squeeze|stuff|tuck|set|deposit|transfer|send|move|get|take|bung|enter|insert|carry|file|list|note|write|jot|save|keep|remember|store|mark|bookmark|record|log|pin|shift|push|place|leave|let|have|grab|fetch|collect|see|pick up|give|hang|land)";

/** Those of them that move what lies elsewhere. */
export const carry =
  "(?:move|put|bring|get|add|return|take|have|transfer|send|shift|drag|pull|push|pop|stick|throw|toss|drop|place|load|fetch|carry)";

/** What is no thing that the shop sells, though it is said with the same verbs. */
const noGoods =
  "note|message|engraving|initials|monogram|bow|ribbon|sticker|logo|photo|picture|comment|reviews?|rating|feedback|questions?|answer|coupons?|codes?|vouchers?|discounts?|tip|donation|warranty|guarantee|insurance|protection|cover plan|subscription|membership|nickname|password|pin|e-?mail|tickets?|taxi|cab|ride|uber|pizza|table for|appointment|some time|(?<!more |another |second |last |first )time$|look|colou?r|sizes?|instal?lments?|credit|points|extended|reminder|alert|notifications?|invoice|receipt|catalogue|catalog|samples?|my money|money back|address|name|gift|birthday card|search history|replacement parts?|spare parts?|service|bill|logo|emoji|star|stars|tax|customs|fee|tour|advice|help|idea|ideas|stock|manual|pdf|guide|instructions|price tag|brochure|recommendations?|human|person|agent|support|status|job";

/** Where, when or what for, before the verb: "for the office buy two". */
const lead = `(?:(?:for|at|in|on|from|as|with|among|of|under|before|after|out of) ${
  phrase.slice(0, -2)
}{1,6}?(?:, )?(?:please )?)?`;

/** A frame; it fits no words that deny something unless it is made for them. */
export function frame(
  kind: string,
  says: string,
  { but = "", denies, many, asks, goods = false, not = false }: {
    readonly but?: string;
    readonly denies?: true;
    readonly many?: true;
    readonly asks?: true;
    /** True where it is about goods: with words for what is none it does not fit. */
    readonly goods?: boolean;
    /** True where the words may hold a denial. */
    readonly not?: boolean;
  } = {},
): Frame {
  const against = [
    ...(denies || not ? [] : ["\\b(?:not|never|no|nothing|nobody|none|neither|nor|without|hardly)\\b"]),
    ...(goods ? [`^(?:(?!\\b(?:until|because|for|so|when|before|after|with)\\b).)+\\b(?:${noGoods})\\b`] : []),
    ...(but === "" ? [] : [but]),
  ];
  return {
    kind,
    says: rx(says.replace(/(?<!\[|\\)\^/g, `^${lead}`)),
    ...(against.length > 0 && { but: rx(against.join("|")) }),
    ...(denies && { denies }),
    ...(many && { many }),
    ...(asks && { asks }),
  };
}
