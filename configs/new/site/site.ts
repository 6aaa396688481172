import { definePlugin } from "halo-agent";
import { milestoneReward, rewardOptions, siteOf, siteTasks, taskOptions } from "halo-agent/site";
import { siteAssets } from "halo-agent/site/assets";
import { definition } from "./definition.ts";

/** The site as an environment serves it. */
export default definePlugin({
  kind: "site",
  name: "my-site",
  summary: "a to-do list",
  options: {
    type: "object",
    additionalProperties: false,
    properties: { scramble: { type: "integer", minimum: 0, description: "Seed that renames every id and class." } },
  },
  create: ({ scramble }) =>
    siteOf(
      definition,
      () =>
        siteAssets({ folder: new URL("./", import.meta.url), title: "To do", scripts: { "/": "page.tsx" }, scramble }),
    ),
});

/** Its tasks: train and eval share no value, paraphrase shares no wording with either. */
export const tasks = definePlugin({
  kind: "tasks",
  name: "my-site",
  summary: "tasks of 1 to 3 steps on a to-do list",
  options: taskOptions(definition),
  create: (options) => siteTasks(definition, options),
});

/** Its reward: milestones, each paid once, for what the page shows alone. */
export const reward = definePlugin({
  kind: "reward",
  name: "my-site",
  summary: "milestones of the tasks on a to-do list",
  options: rewardOptions(definition),
  create: (options) => milestoneReward(definition, options),
});
