import { tasksPlugin } from "halo-agent/site/assets";
import { omnizon } from "./omnizon.ts";

/** Parameterised shopping tasks; train and eval share no value, paraphrase shares no wording with either. */
export default tasksPlugin(omnizon, {
  summary: "shopping tasks of 1 to 8 steps; unseen values in eval, unseen wordings in paraphrase",
});
