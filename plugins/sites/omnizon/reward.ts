import { rewardPlugin } from "halo-agent/site/assets";
import { omnizon } from "./omnizon.ts";

/** Milestones on the way to what the goal asks for, each paid once; sees goal text and observations only. */
export default rewardPlugin(omnizon, {
  summary: "milestones of shopping tasks, each paid once per episode and only for what the page shows",
});
