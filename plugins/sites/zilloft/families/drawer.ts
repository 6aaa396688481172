import { type Drawer, drawerOf, type Pool } from "halo-agent/site";
import type { Home } from "../state/homes.ts";
import { resultsOf } from "../state/search.ts";
import { plainSearch } from "../state/state.ts";
import { pools } from "./pools.ts";

/** Draws the values of a task: words of its pool, and homes. */
export interface HomesDrawer extends Drawer<Pool> {
  /** One of the first homes for sale in a place, as many as fit on a screen. */
  home(place: string): Home;
}

/** Homes of a list that are in view without scrolling. */
const inView = 6;

type Rng = Drawer<Pool>["rng"];

/** A drawer of one task. */
export function homesDrawer(rng: Rng, pool: keyof typeof pools): HomesDrawer {
  const drawer = drawerOf<Pool>(rng, pools[pool]);
  return {
    ...drawer,
    home: (place) => resultsOf({ ...plainSearch, place }, "homes")[drawer.place(place, 0, inView - 1)]!,
  };
}
