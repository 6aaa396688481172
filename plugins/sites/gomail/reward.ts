import { definePlugin } from "halo-agent";
import { milestoneReward, rewardOptions } from "halo-agent/site";
import { gomail } from "./gomail.ts";

/** Milestones on the way to what the goal asks for, each paid once; sees goal text and observations only. */
export default definePlugin({
  kind: "reward",
  name: "gomail",
  summary: "milestones of mail tasks, each paid once per episode and only for what the page shows",
  options: rewardOptions(gomail),
  create: (options) => milestoneReward(gomail, options),
});
