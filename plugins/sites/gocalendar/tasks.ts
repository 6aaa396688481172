import { tasksPlugin } from "halo-agent/site/assets";
import { gocalendar } from "./gocalendar.ts";

/** Parameterised calendar tasks; train and eval share no value, paraphrase shares no wording with either. */
export default tasksPlugin(gocalendar, {
  summary: "calendar tasks of 1 to 8 steps; unseen values in eval, unseen wordings in paraphrase",
});
