import type { Vocabulary } from "halo-agent/site";
import { departmentData } from "../catalogue/departments.ts";
import { departments, products } from "../catalogue/product.ts";

/** Words that mean the same in goals about a shop, by the one that stands for them. */
const same = {
  cart: "basket trolley shopping-cart shopping-basket carts kart",
  wishlist: "wishlists wish-list wishes",
  delete: "deletes deleting deleted remove removes removing removed erase erasing erased ditch discard scrap eliminate",
  add: "adds adding added",
  buy: "buys buying purchase purchasing acquire",
  order: "ordering",
  orders: "purchases",
  reorder: "re-order reordering rebuy",
  cancel: "cancels cancelling canceling cancelled canceled revoke",
  checkout: "check-out",
  department: "departments section sections category categories aisle",
  brand: "brands manufacturer manufacturers",
  sort: "sorts sorting sorted rank ranked ranking arrange arranged",
  find: "finds finding",
  show: "shows showing display displaying displayed",
  price: "prices pricing priced",
  dollars: "dollar usd bucks buck $ euros euro",
  quantity: "amount count quantities",
  deliver: "delivers delivering delivered ship shipping shipped ships dispatch",
  address: "addresses adress",
  rating: "ratings rated stars",
  details: "detail specifications specification specs description",
  cheapest: "least-expensive",
} as const;

const known =
  `order basket cart trolley wishlist delete remove purchase checkout department section category search quantity delivery
  deliver address cancel cheapest expensive details product brand manufacturer between dollars rating reviews aside later`
    .split(/\s+/);

/** Words of shop goals. */
export const vocabulary: Vocabulary = { same, known: new Set(known) };

/** What the shop has, by the mark that stands for a name. */
export const names = {
  "§product": { all: products.map(({ title }) => title) },
  "§department": { all: departments },
  "§brand": { all: departmentData.flatMap(({ brands }) => brands) },
};

/** Goals with "$50" as "50 dollars" and "1,200" as "1200". */
export function prepared(goal: string): string {
  return goal.replace(/(\d),(?=\d{3}\b)/g, "$1").replace(/\$\s?(\d+(?:\.\d+)?)/g, "$1 dollars");
}

/** How commands begin. */
export const begins =
  /^(?:(?:quickly|really|also) )?(?:delete|add|buy|order|reorder|cancel|checkout|check out|sort|find|show|deliver|put|pop|stick|throw|toss|chuck|drop|slip|load|pack|place|take|get|grab|kick|pull|lose|make|set|change|update|increase|raise|bump|lower|reduce|adjust|fix|pay|finish|complete|finalize|finalise|submit|conclude|fill|narrow|restrict|proceed|go|move|bring|save|keep|leave|hold|park|remember|open|look|search|browse|see|view|read|list|limit|filter|narrow|restrict|hide|use|enter|register|send|have|let|call off|stop|undo|withdraw|return|track|review|rate|compare|write|print|share|empty|clear|repeat|give|want|need|turn|switch|select|pick|choose|ask|tell|contact|apply|redeem|exchange|refund|subscribe|forget|display|bookmark|mark|step|swap|replace|start)\b/;
