import { definePlugin, type PluginDefinition } from "../plugin/define.ts";
import { siteAssets, type SitePages } from "./assets.ts";
import type { SiteDefinition } from "./definition.ts";
import type { SiteTypes } from "./family.ts";
import { milestoneReward, rewardOptions } from "./reward.ts";
import { banners, type OfficialWorks, siteOf } from "./site.ts";
import { siteTasks, taskOptions } from "./tasks.ts";

/** Line of a plugin for `halo plugins`. */
interface Summed {
  readonly summary: string;
}

const siteOptions = {
  type: "object",
  additionalProperties: false,
  properties: {
    scramble: {
      type: "integer",
      minimum: 0,
      description: "Seed that renames every id and class of the page; absent or 0 leaves them as written.",
    },
    banner: {
      type: "string",
      enum: banners,
      description:
        "Whether the notice above the page, which the official pages show, is there when a task begins; closed when absent, random: in half of the tasks, by their keys.",
    },
  },
} as const;

/** The plugin of a site: its definition with the files of its pages, and what users do for its REAL tasks. */
export function sitePlugin<T extends SiteTypes>(
  definition: SiteDefinition<T>,
  { summary, works, ...pages }: Summed & Omit<SitePages, "scramble"> & { readonly works?: OfficialWorks },
): PluginDefinition<"site", typeof siteOptions, Record<never, never>> {
  return definePlugin({
    kind: "site",
    name: definition.name,
    summary,
    options: siteOptions,
    create: ({ scramble, banner = "closed" }) =>
      siteOf(definition, () => siteAssets({ ...pages, scramble }), { banner, works }),
  });
}

/** The plugin of its tasks: train and eval share no value, paraphrase shares no wording with either. */
export function tasksPlugin<T extends SiteTypes>(
  definition: SiteDefinition<T>,
  { summary }: Summed,
): PluginDefinition<"tasks", ReturnType<typeof taskOptions>, Record<never, never>> {
  return definePlugin({
    kind: "tasks",
    name: definition.name,
    summary,
    options: taskOptions(definition),
    create: (options) => siteTasks(definition, options),
  });
}

/** The plugin of its reward: milestones, each paid once, for what goal text and pages show alone. */
export function rewardPlugin<T extends SiteTypes>(
  definition: SiteDefinition<T>,
  { summary }: Summed,
): PluginDefinition<"reward", ReturnType<typeof rewardOptions>, Record<never, never>> {
  return definePlugin({
    kind: "reward",
    name: definition.name,
    summary,
    options: rewardOptions(definition),
    create: (options) => milestoneReward(definition, options),
  });
}
