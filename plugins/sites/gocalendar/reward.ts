import { rewardPlugin } from "halo-agent/site/assets";
import { gocalendar } from "./gocalendar.ts";

/** Milestones on the way to what the goal asks for, each paid once; sees goal text and observations only. */
export default rewardPlugin(gocalendar, {
  summary: "milestones of calendar tasks, each paid once per episode and only for what the page shows",
});
