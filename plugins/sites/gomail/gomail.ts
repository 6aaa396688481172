import { defineSite, patternReader } from "halo-agent/site";
import { drills } from "./drills/drills.ts";
import { mailDrawer } from "./families/drawer.ts";
import { families, sets } from "./families/families.ts";
import { entities, type MailTypes } from "./families/mail.ts";
import { readPage } from "./families/page.ts";
import { goals } from "./reading/goals.ts";
import { pools } from "./families/pools.ts";
import { stray } from "./families/stray.ts";
import { official } from "./official/official.ts";
import { rules } from "./rules.ts";
import { faults } from "./state/faults.ts";
import { initialState } from "./state/initial.ts";
import { clock } from "./state/time.ts";

/** The mail site but for its page: a Gmail-like mailbox whose whole state is one JSON value. */
export const gomail = defineSite<MailTypes>({
  name: "gomail",
  host: "gomail.halo.test",
  clock,
  families,
  drills,
  sets,
  drawer: (rng, split) => mailDrawer(rng, pools[split]),
  start: initialState,
  plainSetup: { mails: [] },
  rules,
  readers: [patternReader({ families, entities })],
  page: readPage,
  stray,
  faults,
  official,
  goals,
});
