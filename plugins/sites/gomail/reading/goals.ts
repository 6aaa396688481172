import type { GoalWays } from "halo-agent/site";
import type { MailPage } from "../families/page.ts";
import { follow } from "./follow.ts";
import { general } from "./general.ts";
import { known } from "./known.ts";
import { readTaughtGoal } from "./taught.ts";

/** How mail goals in any wording are read and paid. */
export const goals: GoalWays<MailPage> = {
  known,
  read: readTaughtGoal,
  follow,
  general,
  aliases: { delete: "trash" },
};
