import { rewardPlugin, sitePlugin, tasksPlugin } from "halo-agent/site/assets";
import { definition } from "./definition.ts";

/** The site as an environment serves it. */
export default sitePlugin(definition, {
  summary: "a to-do list",
  folder: new URL("./", import.meta.url),
  title: "To do",
  scripts: { "/": "page.tsx" },
});
export const tasks = tasksPlugin(definition, { summary: "tasks of 1 to 3 steps on a to-do list" });
export const reward = rewardPlugin(definition, { summary: "milestones of the tasks on a to-do list" });
