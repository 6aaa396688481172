import { defineSite, drawerOf, type GoalReader, patternReader } from "halo-agent/site";
import { families, sets } from "./families/families.ts";
import { readPage } from "./families/page.ts";
import { pools } from "./families/pools.ts";
import { entities, type ShopTypes } from "./families/shop.ts";
import { official } from "./official/official.ts";
import { goalsOf } from "./reading/goals.ts";
import { rules } from "./rules.ts";
import { faults } from "./state/faults.ts";
import { initialState } from "./state/initial.ts";
import { clock } from "./state/time.ts";

const readers: readonly GoalReader<ShopTypes["wish"]>[] = [patternReader({ families, entities })];

/** The shop but for its page: a catalogue, a cart, a checkout and orders, whose whole state is one JSON value. */
export const omnizon = defineSite<ShopTypes>({
  name: "omnizon",
  host: "omnizon.halo.test",
  clock,
  families,
  sets,
  drawer: (rng, split) => drawerOf(rng, pools[split]),
  start: initialState,
  plainSetup: {},
  rules,
  readers,
  goals: goalsOf((wish) => families.find(({ name }) => name === wish.kind)!.milestones(wish), readers),
  page: readPage,
  faults,
  official,
});
