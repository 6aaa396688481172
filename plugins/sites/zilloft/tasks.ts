import { tasksPlugin } from "halo-agent/site/assets";
import { zilloft } from "./zilloft.ts";

/** Parameterised tasks about homes; train and eval share no value, paraphrase shares no wording with either. */
export default tasksPlugin(zilloft, {
  summary: "tasks about homes of 1 to 8 steps; unseen values in eval, unseen wordings in paraphrase",
});
