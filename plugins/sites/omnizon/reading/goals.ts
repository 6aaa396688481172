import { followBy, type GoalReader, type GoalWays, namedBy, quotedBy } from "halo-agent/site";
import { products } from "../catalogue/product.ts";
import type { ShopPage } from "../families/page.ts";
import type { ShopMilestone, ShopWish } from "../families/shop.ts";
import { readShopGoal } from "./read.ts";

const needs = {
  buy: ["product"],
  add: ["product"],
  wish: ["product"],
  remove: ["product"],
  later: ["product"],
  back: ["product"],
  open: ["product"],
  again: ["product"],
  quantity: ["product", "quantity"],
  department: ["department"],
  brand: ["brand"],
  search: ["query"],
  sort: ["sort"],
  prices: ["min", "max"],
  cancel: ["order"],
  deliver: ["address"],
  new_card: ["number"],
} as const;

/** How shop goals in any wording are read and paid, by the families' milestones and where their patterns find quoted texts. */
export const goalsOf = (
  milestones: (wish: ShopWish) => readonly ShopMilestone[],
  patterns: readonly GoalReader<ShopWish>[],
): GoalWays<ShopPage> => ({
  known: {},
  read: quotedBy(readShopGoal, patterns),
  follow: followBy<ShopWish, ShopPage>({ milestones, needs, bound }),
  general: [],
});

const titles = products.map(({ title }) => title);

/** Products as the shop calls them, where words mean just one of those in view or of all. */
function bound(wish: ShopWish, { from, to }: { readonly from: ShopPage; readonly to: ShopPage }): ShopWish {
  const named = (said: string): string => {
    const inView = titles.filter((title) =>
      [...from.elements, ...to.elements].some(({ name }) => name.endsWith(title))
    );
    return namedBy(said, titles) ?? namedBy(said, inView) ?? said;
  };
  const { product, second } = wish;
  return { ...wish, ...(product && { product: named(product) }), ...(second && { second: named(second) }) };
}
