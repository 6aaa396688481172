import { followBy, type GoalReader, type GoalWays, type Look, namedBy, quotedBy } from "halo-agent/site";
import type { HomesPage, HomesWish } from "../families/homes-types.ts";
import type { HomesMilestone } from "../families/milestones.ts";
import { readHomesGoal } from "./read.ts";

const needs = {
  search: ["place"],
  view: ["street"],
  save: ["street"],
  unsave: ["street"],
  cancel: ["street"],
  sort: ["choice"],
  deal: ["choice"],
  types: ["choice"],
  min_price: ["price"],
  max_price: ["price"],
  price_range: ["price", "high"],
  beds: ["beds"],
  baths: ["baths"],
  exact_beds: ["beds"],
  rooms: ["beds", "baths"],
  contact: ["street"],
  tour: ["street", "time"],
} as const;

/** How goals about homes in any wording are read and paid, by the families' milestones and where their patterns find quoted texts. */
export const goalsOf = (
  milestones: (wish: HomesWish) => readonly HomesMilestone[],
  patterns: readonly GoalReader<HomesWish>[],
): GoalWays<HomesPage> => ({
  known: {},
  read: quotedBy(readHomesGoal, patterns),
  follow: followBy<HomesWish, HomesPage>({ milestones: (wish) => known(wish, milestones(wish)), needs, bound }),
  general: [],
});

/** Without the fields of which a goal says nothing. */
function known(wish: HomesWish, all: readonly HomesMilestone[]): readonly HomesMilestone[] {
  const fields = (["name", "email", "phone"] as const).filter((one) => wish[one] === undefined);
  return /^(?:contact|tour)$/.test(wish.kind) ? all.filter(({ name }) => !fields.some((one) => one === name)) : all;
}

/** Addresses as pages show them, where words mean just one. */
function bound(wish: HomesWish, { from, to }: Look<HomesPage>): HomesWish {
  if (wish.street === undefined) return wish;
  const shown = [...from.elements, ...to.elements].flatMap(({ name }) =>
    /^(?:Open|Save|Remove|Cancel tour of) (\d+ .+?)(?: from saved homes)?$/.exec(name)?.[1] ?? []
  );
  return { ...wish, street: namedBy(wish.street, shown) ?? wish.street };
}
