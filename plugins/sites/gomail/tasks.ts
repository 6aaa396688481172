import { definePlugin } from "halo-agent";
import { siteTasks, taskOptions } from "halo-agent/site";
import { gomail } from "./gomail.ts";

/** Parameterised mail tasks; train and eval share no value, paraphrase shares no wording with either. */
export default definePlugin({
  kind: "tasks",
  name: "gomail",
  summary: "mail tasks of 1 to 8 steps; unseen values in eval, unseen wordings in paraphrase",
  options: taskOptions(gomail),
  create: (options) => siteTasks(gomail, options),
});
