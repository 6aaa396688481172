import type { GoalWays } from "halo-agent/site";
import type { MailPage } from "../families/page.ts";
import { follow } from "./follow.ts";
import { general } from "./general.ts";
import { known } from "./known.ts";
import { readMailGoal } from "./read.ts";

/** How mail goals in any wording are read and paid. */
export const goals: GoalWays<MailPage> = {
  known,
  read: readMailGoal,
  follow,
  general,
  aliases: { delete: "trash" },
};
