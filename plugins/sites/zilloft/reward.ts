import { rewardPlugin } from "halo-agent/site/assets";
import { zilloft } from "./zilloft.ts";

/** Milestones on the way to what the goal asks for, each paid once; sees goal text and observations only. */
export default rewardPlugin(zilloft, {
  summary: "milestones of tasks about homes: search, each filter, the home, the request; each paid once per episode",
});
