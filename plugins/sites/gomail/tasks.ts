import { tasksPlugin } from "halo-agent/site/assets";
import { gomail } from "./gomail.ts";

/** Parameterised mail tasks; train and eval share no value, paraphrase shares no wording with either. */
export default tasksPlugin(gomail, {
  summary: "mail tasks of 1 to 8 steps; unseen values in eval, unseen wordings in paraphrase",
});
