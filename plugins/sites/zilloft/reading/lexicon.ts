import { numberWords, type Vocabulary } from "halo-agent/site";
import { places, regions, states } from "../data/places.ts";
import { agents } from "../data/words.ts";

/** Words that mean the same in goals about homes, by the one that stands for them. */
const same = {
  home: "property listing residence",
  house: "houses",
  homes: "properties listings residences",
  apartment: "flat flats apartments",
  condo: "condos condominium condominiums co-op co-ops coop",
  townhome: "townhomes townhouse townhouses rowhouse rowhouses row-house row-houses",
  lot: "lots land plot plots acreage",
  manufactured: "mobile-home mobile-homes prefab prefabs",
  "multi-family": "multifamily duplex duplexes",
  bed: "beds bedroom bedrooms br bd bdr bdrm brs bds bedder bedrm bdrms sleeping",
  bath: "baths bathroom bathrooms ba bathrm bas bathrms restrooms restroom toilets washrooms",
  tour: "tours viewing viewings showing showings walkthrough walk-through walkthroughs",
  visit: "visits visiting",
  agent: "realtor realtors agents broker brokers seller sellers lister",
  save: "saves saving",
  unsave:
    "unsaving unfavorite unfavourite un-favorite un-favourite unheart un-heart un-save unlike un-like unbookmark unstar",
  saved: "hearted favorited favourited bookmarked shortlisted starred",
  favorite: "favourite favorites favourites fave faves fav favs",
  heart: "hearts",
  list: "shortlist short-list wishlist wish-list",
  delete: "deletes deleting remove removes removing erase",
  removed: "deleted erased",
  cancel: "cancels cancelling canceling withdraw withdrawing",
  cancelled: "canceled withdrawn scrapped",
  search: "searches searching",
  find: "finds finding",
  show: "shows display displaying",
  sort: "sorts sorting rank ranks reorder re-order re-sort resort",
  sorted: "ranked ordered",
  rent: "rental rentals renting lease leasing to-let rented",
  price: "prices priced cost costs costing",
  dollars: "dollar usd bucks",
  filter: "filters criteria",
  request: "requests",
  contact: "contacting reach",
  message: "msg",
  details: "detail",
} as const;

const known =
  `bedroom bedrooms bathroom bathrooms house houses apartment condo townhouse rental minimum maximum between budget
  favorites viewing schedule cancel agent message contact search listing listings address square newest cheapest dollars`
    .split(/\s+/);

/** Words of goals about homes. */
export const vocabulary: Vocabulary = { same, known: new Set(known) };

/** Places with homes. */
export const names = {
  "§place": {
    all: [...places.flatMap(([city, , area]) => [city, area]), ...Object.keys(regions), ...Object.values(states)],
    anyCase: true,
  },
  "§agent": { all: agents },
} as const;

/** What the pages call their filters' choices. */
export const controls =
  /^(?:use exact match|for sale|for rent|sold|newest|square feet|(?:bed|bath)rooms|houses|townhomes|multi-family|condos\/co-ops|lots\/land|apartments|manufactured)$/i;

const units: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  thousands: 1e3,
  grand: 1e3,
  m: 1e6,
  million: 1e6,
  millions: 1e6,
  mio: 1e6,
  mil: 1e6,
  mn: 1e6,
};
const unit = `(${Object.keys(units).join("|")})\\b(?! (?:street|avenue|lane|court|drive|road|place|way)\\b)`;
const digits = "one|two|three|four|five|six|seven|eight|nine";
const tens = "ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";

const denial =
  "(?:nothing|not|no|none|never|nowhere|can ?not|can['’]?t|mustn['’]?t|shouldn['’]?t|don['’]?t|doesn['’]?t|won['’]?t|wouldn['’]?t|isn['’]?t|hide|exclude|excluding|skip|ignore|leave out|leave off|filter out|weed out|throw out|cut out|rule out|get rid of|without|drop|remove)";
const upper =
  "(?:over|above|more(?: expensive)? than|higher than|pricier than|dearer than|costlier than|beyond|exceed(?:s|ing)?|past|greater than|bigger than|north of|upwards of)";
const lower = "(?:under|below|(?:less|fewer|lower|cheaper|smaller)(?: expensive)? than|beneath|south of)";
/** "Nothing over", "can't go above", "hide everything below": a limit that is denied is the other one. */
const limit = (no: string, than: string): RegExp =>
  new RegExp(
    `\\b${no}\\b(?:(?!\\b(?:and|but|or|hoa|fees?|dues|taxes|deposits?|\\d+ dollars)\\b)(?:[^.;,:!?]|, (?=\\p{L}{2}\\b))){0,40}?\\b${than}\\s+(?:about |around |a |of |the )*(?=\\d|\\$|(?:one|two|three|four|five|six)\\b)`,
    "giu",
  );

/** "What costs more than that should be hidden". */
const hidden = (than: string): RegExp =>
  new RegExp(
    `\\b${than}\\s+(?:a |about |the )*(\\d+ dollars[^.;!?,]{0,30}?(?:(?:not|n['’]t) (?:be )?(?:shown|listed|displayed|seen|there|appear|come up|show up)|(?:be |is |are )(?:hidden|excluded|left out|skipped|removed|gone|out)|(?:can|should|must) go)\\b)`,
    "giu",
  );

/** Goals with amounts of money as "650000 dollars" and numbers of rooms apart from their words. */
export function prepared(goal: string): string {
  const times = (n: string, by: string): string => `${Math.round(Number(n) * units[by.toLowerCase()]!)} dollars`;
  const spoken = goal
    .replace(
      /(?<=[,;] |\band |\()(?:e-?mail(?: address)?:? (?=\S+@)|(?:phone|tel|telephone|mobile)(?: number)?[.:]? (?=\d{3}-))/gi,
      "",
    ).replace(/\blocated (?=at|in|on)/gi, "")
    .replace(/\bfirst free (?=day|slot)/gi, "first available ")
    .replace(/\b(?:no|not|neither) more,? (?:and|or|nor) (?:(?:no|not) )?(?:less|fewer) than\b/gi, "exactly")
    .replace(/,? ?\bno more(?:,| and| or| nor)*(?: and)? no (?:less|fewer)\b(?! than)/gi, " exactly")
    .replace(/\bmobile (?=homes?\b)/gi, "manufactured ").replace(/\b(town|row) (?=(?:home|house)s?\b)/gi, "$1")
    .replace(/\bmulti family\b/gi, "multi-family").replace(/\bsingle family\b/gi, "single-family")
    .replace(
      /\b(?:don['’]?t|do not|never) (?:let (?:me|us) )?(?:forget|lose|miss)(?: sight of| track of)?(?! to\b)/gi,
      "remember",
    )
    .replace(/\blots ?\/ ?land\b/gi, "lots").replace(/\bcondos ?\/ ?co-?ops\b/gi, "condos")
    .replace(/(\d\+?) ?(?:brs?|bds?|beds?|bdrms?|bedrooms?) ?[/,&+|] ?(?=\d)/gi, "$1 bed and ")
    .replace(
      /\b(homes?|houses?|ones?|places?|properties|listings?|list)(?: that| which)? (?:i|we)(?: have|['’]ve| had)?(?: already| earlier)? (?:saved|hearted|favou?rited|bookmarked|liked|kept)\b/gi,
      "saved $1",
    )
    .replace(/\b(stop|quit|start|keep) showing\b/gi, "$1 to show")
    .replace(/\b(?:according to|in order of|based on|on the basis of|depending on)\b/gi, "by")
    .replace(
      /\b(save|store|keep|remember|add|put)\b([^.;!?]*?) (?:in|to|on|under|for) (?:my|our) (?:account|profile)\b/gi,
      "$1$2",
    )
    .replace(/(\d)[,'’](?=\d{3}\b)/g, "$1")
    .replace(
      new RegExp(`\\b(${digits}|a) hundred(?: and)?(?:[ -](${tens}))?[ -](thousand|grand|k)\\b`, "gi"),
      (_, a: string, b: string | undefined) =>
        `${(numberWords[a.toLowerCase()] ?? 1) * 100 + (numberWords[b?.toLowerCase() ?? ""] ?? 0)}000 dollars`,
    )
    .replace(/\b(?:half a million|half a mil)\b/gi, "500000 dollars")
    .replace(/\b(?:a|one) million and a half\b|\bone and a half million\b/gi, "1500000 dollars")
    .replace(/\b(?:a|one) (?:million|mil)(?: dollars| bucks)?\b/gi, "1000000 dollars")
    .replace(/\btwo million\b/gi, "2000000 dollars");
  return spoken
    .replace(
      new RegExp(`\\$?\\s?(\\d+(?:\\.\\d+)?)(\\s*(?:and|to|-|–|or|up to)\\s*)\\$?(\\d+(?:\\.\\d+)?)\\s?${unit}`, "gi"),
      (_, a: string, joint: string, b: string, by: string) =>
        ` ${Number(a) >= 1e4 ? `${a} dollars` : times(a, by)}${joint}${times(b, by)}`,
    )
    .replace(
      new RegExp(`\\$?\\s?(?<![\\d.])(\\d+(?:\\.\\d+)?)\\s?${unit}(?:\\s+(?:dollars|bucks|usd))?`, "gi"),
      (_, n: string, by: string) => ` ${times(n, by)}`,
    )
    .replace(/\$\s?(\d+(?:\.\d+)?)(?!\d)/g, "$1 dollars")
    .replace(/(?<![\d-])(\d{6,7})(?! ?(?:dollars|bucks|usd|square|sq)|[\d-])/g, "$1 dollars")
    .replace(/(\d dollars) dollars/gi, "$1")
    .replace(
      /\b(?:and |but )?not (?:a|one|1) (?:single )?(?:cent|penny|dollar|buck) (?:more|above|over|higher)\b/gi,
      "at most",
    )
    .replace(/dollars ?[-–—] ?/gi, "dollars - ")
    .replace(hidden(upper), "at most $1").replace(hidden(lower), "at least $1")
    .replace(limit(denial, upper), "at most ").replace(limit(denial, lower), "at least ")
    .replace(/(?<!dollars) - (?!\d)/g, " – ")
    .replace(/(\d|one|two|three|four|five|six)\s?[-+]?\s?(?=(?:bed|bath|br\b|brs\b|bd\b|bds\b|ba\b))/gi, "$1 ");
}

/** How commands begin. */
export const begins =
  /^(?:(?:quickly|really|also) )?(?:delete|unsave|save|favorite|heart|keep|bookmark|remember|add|put|place|take|get|drop|forget|cancel|call off|call (?:it|that|this|them|the tour|the visit|my tour|our tour)\b.* off|scrap|search|find|look|show|see|view|open|click|bring|pull|go|visit|book|arrange|schedule|set|request|tour|ask|tell|write|contact|message|email|e-mail|send|inquire|enquire|get in touch|inform|notify|ping|drop|shoot|sort|order|filter|limit|restrict|narrow|hide|exclude|leave|switch|change|make|give|store|reschedule|move|share|print|apply|list|sell|buy|rent|draw|compare|calculate|estimate|offer|pay|hire|call|phone|want|need|have|let|use|choose|select|pick|turn|browse|read|display|tap|press|mark|start|stop|include|hear|retain|skip|follow|unfollow|note|report|post|download|zoom|strike|kick|throw|toss|cross|pull|clear|wipe|scratch|lose|ditch|dump|boot|chuck|purge|shortlist|star|pin|stick|pop|slip|hold on to|sign me up|sign us up|put|reserve|organi[sz]e|plan|fix|lift|run|undo|revoke|abort|display|explore|hunt|check|restrict|cap|reduce|rename|upload|export|forward|text|plot|measure|block|rate|require|punch|key|input|line up|tick|uncheck|withdraw|rank|count|propose|edit|update|copy|remind|negotiate|sign(?! me| us))\b/;
