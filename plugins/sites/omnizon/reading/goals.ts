import { courseOf, courses, type GoalWays, namedBy } from "halo-agent/site";
import { products } from "../catalogue/product.ts";
import type { ShopPage } from "../families/page.ts";
import type { ShopMilestone, ShopWish } from "../families/shop.ts";
import { readShopGoal } from "./read.ts";

const titles = products.map(({ title }) => title);

/** How shop goals in any wording are read and paid; `milestones` are those of the families. */
export const goalsOf = (milestones: (wish: ShopWish) => readonly ShopMilestone[]): GoalWays<ShopPage> => ({
  known: {},
  read: readShopGoal,
  follow: (errands) => courses(errands.map(({ kind, objects }) => courseOf(milestones(meant({ kind, ...objects }))))),
  general: [],
});

/** The same wish with products as the shop calls them, where its words mean just one. */
function meant(wish: ShopWish): ShopWish {
  const named = (said: string | undefined): string | undefined => said && (namedBy(said, titles) ?? said);
  const [product, second] = [named(wish.product), named(wish.second)];
  return { ...wish, ...(product !== undefined && { product }), ...(second !== undefined && { second }) };
}
