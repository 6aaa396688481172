import type { Vocabulary } from "halo-agent/site";
import { places, regions, states } from "../data/places.ts";

/** Words that mean the same in goals about homes, by the one that stands for them. */
const same = {
  home: "property listing residence",
  house: "houses",
  homes: "properties listings residences",
  apartment: "flat flats apartments",
  condo: "condos condominium condominiums co-op co-ops",
  townhome: "townhomes townhouse townhouses rowhouse rowhouses",
  lot: "lots land plot plots",
  manufactured: "mobile-home mobile-homes",
  bed: "beds bedroom bedrooms br bd bdr bdrm brs",
  bath: "baths bathroom bathrooms ba bathrm",
  tour: "tours viewing viewings showing showings walkthrough walk-through",
  visit: "visits visiting",
  agent: "realtor realtors agents broker seller lister",
  save: "saves saving",
  unsave: "unsaving unfavorite unfavourite un-favorite unheart un-save unlike un-like unbookmark",
  favorite: "favourite favorites favourites fave faves",
  heart: "hearts hearted",
  delete: "deletes deleting deleted remove removes removing removed erase",
  cancel: "cancels cancelling canceling cancelled canceled withdraw withdrawing",
  search: "searches searching",
  find: "finds finding",
  show: "shows display displaying",
  sort: "sorts sorting sorted rank arrange",
  rent: "rental rentals renting lease leasing to-let",
  price: "prices priced cost costs costing",
  dollars: "dollar usd bucks",
  filter: "filters criteria",
  request: "requests",
  contact: "contacting reach",
  message: "msg email e-mail mail",
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
} as const;

const units: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  grand: 1e3,
  m: 1e6,
  million: 1e6,
  mio: 1e6,
  mil: 1e6,
  mn: 1e6,
};
const unit = "(k|thousand|grand|million|mio|mil|mn|m)\\b";

const denial =
  "(?:nothing|not|no|none|never|can ?not|can['’]t|mustn['’]t|shouldn['’]t|don['’]t|won['’]t|isn['’]t|hide|exclude|skip|leave out|filter out|without|drop)";
const upper =
  "(?:over|above|more(?: expensive)? than|higher than|pricier than|beyond|exceed(?:s|ing)?|past|greater than|bigger than)";
const lower = "(?:under|below|(?:less|fewer|lower|cheaper|smaller)(?: expensive)? than|beneath)";
/** "Nothing over", "can't go above", "hide everything below": a limit that is denied is the other one. */
const limit = (no: string, than: string): RegExp =>
  new RegExp(
    `\\b${no}\\b(?:(?!\\b(?:and|but|or)\\b)[^.;,:!?]){0,40}?\\b${than}\\s+(?:about |around |a |of )*(?=\\d|(?:one|two|three|four|five|six)\\b)`,
    "giu",
  );

/** Goals with amounts of money as "650000 dollars" and numbers of rooms apart from their words. */
export function prepared(goal: string): string {
  const times = (n: string, by: string): string => `${Math.round(Number(n) * units[by.toLowerCase()]!)} dollars`;
  return goal.replace(/(\d),(?=\d{3}\b)/g, "$1")
    .replace(/\bhalf a million\b/gi, "500000 dollars").replace(
      /\b(?:a|one) million(?: dollars| bucks)?\b/gi,
      "1000000 dollars",
    )
    .replace(/\btwo million\b/gi, "2000000 dollars").replace(
      /\ba million and a half\b|\bone and a half million\b/gi,
      "1500000 dollars",
    )
    .replace(
      new RegExp(`\\$?\\s?(\\d+(?:\\.\\d+)?)(\\s*(?:and|to|-|–|or|up to)\\s*)\\$?(\\d+(?:\\.\\d+)?)\\s?${unit}`, "gi"),
      (_, a: string, joint: string, b: string, by: string) => ` ${times(a, by)}${joint}${times(b, by)}`,
    )
    .replace(
      new RegExp(`\\$?\\s?(?<![\\d.])(\\d+(?:\\.\\d+)?)\\s?${unit}(?:\\s+dollars)?`, "gi"),
      (_, n: string, by: string) => ` ${times(n, by)}`,
    )
    .replace(/\$\s?(\d+(?:\.\d+)?)(?!\d)/g, "$1 dollars")
    .replace(limit(denial, upper), "at most ").replace(limit(denial, lower), "at least ")
    .replace(/(\d|one|two|three|four|five|six)\s?[-+]?\s?(?=(?:bed|bath|br\b|bd\b|ba\b))/gi, "$1 ");
}

/** How commands begin. */
export const begins =
  /^(?:(?:quickly|really|also) )?(?:delete|unsave|save|favorite|heart|keep|bookmark|remember|add|put|take|get|drop|forget|cancel|call off|search|find|look|show|see|view|open|click|bring|pull|go|visit|book|arrange|schedule|set|request|tour|ask|tell|write|contact|message|send|inquire|get in touch|sort|order|filter|limit|restrict|narrow|hide|exclude|leave|switch|change|make|give|store|reschedule|move|share|print|apply|list|sell|buy|rent|draw|compare|calculate|estimate|offer|pay|hire|call|phone|want|need|have|let|use|choose|select|pick|turn|browse|read|display|tap|press|mark|start|stop|include|skip|withdraw|follow|unfollow|note|report|post|download|zoom)\b/;
