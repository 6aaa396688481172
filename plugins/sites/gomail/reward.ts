import { rewardPlugin } from "halo-agent/site/assets";
import { gomail } from "./gomail.ts";

/** Milestones on the way to what the goal asks for, each paid once; sees goal text and observations only. */
export default rewardPlugin(gomail, {
  summary: "milestones of mail tasks, each paid once per episode and only for what the page shows",
});
