import type { Vocabulary } from "halo-agent/site";
import { departmentData } from "../catalogue/departments.ts";
import { departments, products } from "../catalogue/product.ts";

/** Words that mean the same in goals about a shop, by the one that stands for them. */
const same = {
  cart: "basket trolley shopping-cart shopping-basket carts kart baskets",
  wishlist: "wishlists wish-list wishes favourites favorites",
  delete: "deletes deleting deleted remove removes removing removed erase erasing erased ditch discard scrap eliminate",
  add: "adds adding added",
  put: "putting",
  take: "taking taken",
  move: "moving moved",
  save: "saving",
  change: "changing changed",
  open: "opening opened",
  place: "placing placed",
  throw: "throwing thrown",
  get: "getting",
  click: "clicking clicked",
  tap: "tapping",
  choose: "choosing",
  pick: "picking",
  select: "selecting",
  filter: "filtering",
  set: "setting",
  send: "sending",
  leave: "leaving",
  type: "typing",
  enter: "entering",
  buy: "buys buying purchase purchasing acquire",
  bought: "purchased",
  order: "ordering",
  orders: "purchases",
  reorder: "re-order reordering rebuy re-buy rebuying reordered",
  cancel: "cancels cancelling canceling cancelled canceled revoke cancellation",
  checkout: "check-out",
  department: "departments section sections category categories aisle aisles departement departements",
  brand: "brands manufacturer manufacturers maker makers",
  sort: "sorts sorting sorted rank ranked ranking arrange arranged arranging",
  find: "finds finding",
  search: "searches searching searched seach serch",
  show: "shows showing display displaying displayed",
  price: "prices pricing priced",
  dollars: "dollar usd bucks buck $ euros euro",
  quantity: "amount quantities qty",
  deliver: "delivers delivering delivered ship shipping shipped ships dispatch dispatched",
  address: "addresses adress",
  rating: "ratings rated stars",
  details: "detail specifications specification specs description descriptions specifics particulars",
  cheapest: "least-expensive",
  parcels: "parcel package packages deliveries",
} as const;

const known =
  `order orders basket cart trolley wishlist delete remove purchase checkout department section category search quantity delivery
  deliver address cancel cheapest expensive details product brand manufacturer between dollars rating reviews aside later`
    .split(/\s+/);

/** Words of shop goals. */
export const vocabulary: Vocabulary = { same, known: new Set(known) };

/** Last words of things that mean much else by themselves. */
const ambiguous =
  /^(?:basket|trolley|bag|set|light|run|rest|stand|balance|board|pack|label|letter|card|case|duo|pair|trio|dozen|kit|guards|stick|game|boat|bar|box|can|cover|tree|swing|deck|console|wallet|mount|charger|strip|tower|planner|sleeve|scale|carrier|sling|pouch|lens|cable|pad|protector|tray|sorter|camera|monitor|tablet|speaker|wheel|throw|frame|rack|pot|bowl|rings|theater|hose|feeder|barrel|bin|kite|umbrella|canister|infuser|jug|machine|bank|5|ps5|pc|laptop|fountain|carton|weights|handles|roller|rope|band|mill|stone|tin|sheet|mat|pin|planter|bike|helmet|stapler|ruler|shears|watch|bulb|curtain|pendant|griddle|wok|skillet)$/;
const spareEvenSo =
  /^(?:kite|umbrella|planter|stapler|wok|skillet|griddle|camera|monitor|tablet|speaker|charger|helmet|watch|console|canister|jug|shears|pot|bowl|mat|bike)$/;

/** What the shop's goods are called, with and without their makers. */
const goods = products.flatMap(({ title, brand }) => {
  const [, ...words] = title.slice(brand.length + 1).split(" ");
  const ends = words.flatMap((_, i) => [words.slice(i), words.slice(0, i), words.slice(i, i + 2), words.slice(1, i)])
    .map((part) => part.join(" ")).filter((end) =>
      end !== "" && !/ (?:for|and)$/.test(end) &&
      (end.includes(" ") ||
        (words.at(-1) === end && (!ambiguous.test(end.toLowerCase()) || spareEvenSo.test(end.toLowerCase()))))
    );
  const whole = words.join(" ");
  return [...new Set([whole, ...ends])].filter((end) =>
    end === whole
      ? end.includes(" ") || !ambiguous.test(end.toLowerCase()) || spareEvenSo.test(end.toLowerCase())
      : true
  ).map((end) => ({ end, brand }));
});
const manyOf = (one: string): string =>
  /s$/.test(one) ? one : /f$/.test(one) ? one.replace(/f$/, "ves") : /(?:ch|sh|x)$/.test(one) ? `${one}es` : `${one}s`;
const isMany = (one: string): boolean => manyOf(one) === one;

/** What the shop has, by the mark that stands for a name. */
export const names = {
  "§product": { all: products.map(({ title }) => title) },
  "§department": { all: departments },
  "§section": {
    all: departments.flatMap((name) =>
      ["department", "departement", "section", "category", "aisle"].map((one) => `${name} ${one}`)
    ),
  },
  "§brand": { all: departmentData.flatMap(({ brands }) => brands), anyCase: true },
  "§good": {
    all: goods.filter(({ end }) => !isMany(end)).flatMap(({ end, brand }) => [end, `${brand} ${end}`]),
    anyCase: true,
  },
  "§goods": { all: goods.map(({ end }) => manyOf(end)), anyCase: true },
  "§place": {
    all: [
      "Lopez Studio",
      "Federico Lopez",
      "42 Ferry Lane",
      "Ferry Lane",
      "818 Juniper Street",
      "Juniper Street",
      "San Francisco",
      "Oakland",
    ],
  },
} as const;

/** What is put in other words before a goal is read, outside of its quotation marks. */
const respelled: readonly (readonly [RegExp, string])[] = [
  [
    /(^|[.!?;]\s+)(?:(?:um+|uh+|erm?|hm+|ah|oh|ok|okay|so|well|right|hey|hi|hello|alright|listen|now|sorry|whoops|oops|hmm)(?:[,! ]+))+/gi,
    "$1",
  ],
  [/(\d),(?=\d{3}\b)/g, "$1"],
  [/\$\s?(\d+(?:\.\d+)?)(?:\s?(?:-|–|to)\s?\$?(\d+(?:\.\d+)?))/g, "$1 to $2 dollars"],
  [/\$\s?(\d+(?:\.\d+)?)/g, "$1 dollars"],
  [/\b(\d{1,4})\s?[-–]\s?(\d{1,4})(?=\s?(?:dollars?|bucks?|usd)\b)/gi, "$1 to $2"],
  [/\s*(?:->|→|=>|-->|\+=)\s*/g, " : "],
  [/\bshopping (?=(?:cart|basket|trolley|bag)\b)/gi, ""],
  [/\b(?:wish(?:ing)? list|list of (?:my )?(?:wishes|wish ?lists?))\b/gi, "wishlist"],
  [/\bsaved-for-later\b/gi, "saved for later"],
  [/\bboth (?=in|into|to|on|at|together|please|of (?:them|those|these))/gi, ""],
  [
    /,? (?:if you (?:do not|don't|dont) mind|why not|no rush|no hurry|for now|right now|right away|at once|straight away|that is all|thats all)(?=[ .,;!?]|$)/gi,
    "",
  ],
  [/(?<!buy|order)(?<!\b(?:it|this|that|them)),? now(?=\s*(?:[.,;!?]|$))/gi, ""],
  [/\b(?:no|nr|num)\.?:? ?(?=#?\d{3})/gi, "number "],
  [/,?\s+(?:please|pls|plz|thanks(?: a lot| so much)?|thank you|cheers)(?=\s*[.,;:!?)]|\s*$)/gi, ""],
  [
    /,? (?:and )?(?:the |my |with the |with my )?(?:usual|default|normal|standard) (?:card|address|payment)(?: is fine| and address)?/gi,
    "",
  ],
  [/,? without (?!(?:the|any|a|saving|sending|submitting|confirming)\b)\w+ing\b[^.;,]*/gi, ""],
  [/\b(i)['’]m\b/gi, "$1 am"],
  [/\b(we|you|they|these|those)['’]re\b/gi, "$1 are"],
  [/\b(?:nothing|none) (?:but|except|other than)\b/gi, "only"],
  [/\b(?:what|whatever)(?:['’]s| is)? (?:remains|left|still left)\b/gi, "the rest"],
  [
    /,? (?:all |both )?(?:in (?:just )?(?:one|a)(?: single)? (?:order|go)|together at once|all together|all at once|both at once|in the same order)\b/gi,
    "",
  ],
  [/:\s+(?=(?:what|which|how|where) )/gi, ". "],
  [/\bem\b/g, "them"],
  [/\bbefore i forget[:,]? /gi, ""],
  [
    /\b(?:why (?:don['’]?t|do not) you|would you mind|how about|be (?:an angel|a dear|so kind) and|i(?:['’]d| would) appreciate it if you(?: could)?|any chance you (?:could|can)|do you think you could|is there any way to|could i ask you to) /gi,
    "please ",
  ],
  [/\bplease to (?=\w)/gi, "please "],
  [
    /(^|[.!?;]\s+)(?:the |a )?(?:user|customer|shopper|buyer) (?:wants to|needs to|should|must|has to|can|will|would like to|is to) /gi,
    "$1",
  ],
  [/(^|[.!?;]\s+)(?:the |a )?(?:user|customer|shopper|buyer) (\w+?)(?:(?<=ch|sh|ss|x|o)es|s)\b/gi, "$1$2"],
  [
    /(^|[.!?;]\s+)(?:ensure|make sure|verify|confirm|assure|guarantee|see to it|check)(?: that)? ([^.;:!?,]*?) (?:is|are|gets?|appears?|lands?|equals|moves|goes) /gi,
    "$1$2 should be ",
  ],
  // A button by its name is what it does.
  [
    /\b(?:press|click|tap|hit|push|use|choose|select)(?: on)?(?: the)? (?=(?:buy (?:it )?again|add to (?:cart|basket)|move to (?:cart|basket)|proceed to checkout|place (?:your |my )?order)\b)/gi,
    "",
  ],
  [/\bbuy it again\b/gi, "buy again"],
  [/\blookup\b/gi, "look up"],
  [/\b(?:up close|close up)\b/gi, "closer"],
  [/\b(?:not|no) (?:cheaper|less|lower) than\b/gi, "at least"],
  [/\b(?:not|no) (?:dearer|pricier|more expensive|more|higher) than\b/gi, "at most"],
  [/\bundo (?:that|this|it) by\b/gi, ""],
  [/\b(sort|order|arrange|rank)\b([^.;,:]*?) so (?:that )?(?=the\b)/gi, "$1$2 with "],
  [/ and (?=(?:in|into|to) (?:the |my )?(?:cart|basket|trolley)\b)/gi, " "],
  [/\b(best|top|highest|lowest|most|least)-(?=(?:rated|reviewed|scored|priced|popular|expensive)\b)/gi, "$1 "],
  [/\b(low|high|cheap)-to-(?=low|high|expensive)/gi, "$1 to "],
  // What is to be done stands behind a colon.
  [
    /:\s+(?=(?:please |pls |just |then |kindly |now |so )*(?:add|buy|get|order|cancel|take|put|move|remove|delete|throw|kick|set|save|keep|change|make|note|write|find|search|look|show|open|check|place|pay|go|raise|lower|use|send|drop|pop|stick|filter|sort|purchase|wish|bring|let|deliver|ship|pick|choose|reduce|increase|hide|only) )/gi,
    ". ",
  ],
];

/** What the shop's pages call places and buttons. */
export const controls =
  /^(?:saved? for later|wish ?list|(?:shopping )?(?:cart|basket)|buy (?:it )?again|add to (?:cart|basket|wish ?list)|move to (?:cart|basket)|(?:proceed to )?checkout|place (?:your |my )?order|buy now|cancel order|(?:my |your )?orders|order history)$/i;

/** The goal in the words that the frames know. */
export function prepared(goal: string): string {
  return goal.split(/("[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»)/).map((part, i) =>
    i % 2 === 1 ? part : respelled.reduce((said, [from, to]) => said.replace(from, to), part)
  ).join("");
}

/** How commands begin. */
export const begins =
  /^(?:(?:quickly|really|also) )?(?:delete|add|buy|order|reorder|cancel|checkout|check|sort|find|show|deliver|put|pop|stick|throw|toss|chuck|drop|slip|load|pack|place|take|get|grab|kick|pull|lose|make|set|change|update|increase|raise|bump|lower|reduce|adjust|fix|pay|finish|complete|finalize|finalise|submit|conclude|fill|narrow|restrict|proceed|go|move|bring|save|keep|leave|hold|park|remember|open|look|search|browse|see|view|read|list|limit|filter|hide|use|enter|register|send|have|let|call|stop|undo|withdraw|return|track|review|rate|compare|write|print|share|empty|clear|repeat|give|want|need|turn|switch|select|pick|choose|ask|tell|contact|apply|redeem|exchange|refund|subscribe|forget|bookmark|mark|step|swap|replace|start|bin|dump|strike|cross|shove|sling|fling|postpone|shelve|stash|lay|store|heart|wishlist|note|jot|tick|type|run|do|display|visit|explore|jump|head|click|tap|inspect|study|confirm|double|bag|unsave|restore|annul|void|hit|press|push|ring|treat|axe|fish|dig|shift|transfer|drag|fetch|wrap|ring|charge|sign|log|install|repair|lend|rent|sell|translate|download|away with|off with|out with|(?:off|out of|into|to|from|onto) (?:the |my |our )?(?:cart|bag|wishlist)\b(?! (?:is|are|was|were|has|have|should|must|can)\b))\b/;
