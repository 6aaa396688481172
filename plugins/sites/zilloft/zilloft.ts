import { defineSite, type GoalReader, patternReader } from "halo-agent/site";
import { homesDrawer } from "./families/drawer.ts";
import { families, sets } from "./families/families.ts";
import { entities, type HomesTypes } from "./families/homes-types.ts";
import { readPage } from "./families/page.ts";
import { official } from "./official/official.ts";
import { goalsOf } from "./reading/goals.ts";
import { rules } from "./rules.ts";
import { faults } from "./state/faults.ts";
import { initialState } from "./state/initial.ts";
import { clock } from "./state/time.ts";

const readers: readonly GoalReader<HomesTypes["wish"]>[] = [patternReader({ families, entities })];

/** The site for homes but for its page: its whole state is one JSON value beside a catalogue that never changes. */
export const zilloft = defineSite<HomesTypes>({
  name: "zilloft",
  host: "zilloft.halo.test",
  clock,
  families,
  sets,
  drawer: homesDrawer,
  start: initialState,
  plainSetup: {},
  rules,
  readers,
  goals: goalsOf((wish) => families.find(({ name }) => name === wish.kind)!.milestones(wish), readers),
  page: readPage,
  faults,
  official,
});
