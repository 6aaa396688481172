import { definePlugin, type PluginDefinition } from "../plugin/define.ts";
import { siteAssets, type SitePages } from "./assets.ts";
import type { SiteDefinition } from "./definition.ts";
import type { SiteTypes } from "./family.ts";
import type { SiteFaults } from "./faults.ts";
import { milestoneReward, rewardOptions } from "./reward.ts";
import { banners, type OfficialWorks, siteOf } from "./site.ts";
import { siteTasks, taskOptions } from "./tasks.ts";

/** Line of a plugin for `halo plugins`. */
interface Summed {
  readonly summary: string;
}

/** Longest time an answer may take: two of them lie within the time that a page may be busy after an action. */
const maxLatencyMs = 800;

/** The options of a site's plugin. */
function siteOptions({ faults }: { readonly faults?: Pick<SiteFaults<never>, "switches"> }) {
  const switches = faults?.switches ?? [];
  return {
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
      latency: {
        type: "integer",
        minimum: 0,
        maximum: maxLatencyMs,
        description:
          "Milliseconds after which the site answers; the next observation waits for it. At once when absent.",
      },
      errors: {
        type: "array",
        items: { type: "string", ...(switches.length > 0 && { enum: switches }) } as { readonly type: "string" },
        maxItems: switches.length,
        description: `What fails with a message although all is right: ${
          switches.join(", ") || "nothing on this site"
        }.`,
      },
    },
  } as const;
}

/** The plugin of a site: its definition with the files of its pages, and what users do for its REAL tasks. */
export function sitePlugin<T extends SiteTypes>(
  definition: SiteDefinition<T>,
  { summary, works, ...pages }: Summed & Omit<SitePages, "scramble" | "latencyMs"> & { readonly works?: OfficialWorks },
): PluginDefinition<"site", ReturnType<typeof siteOptions>, Record<never, never>> {
  return definePlugin({
    kind: "site",
    name: definition.name,
    summary,
    options: siteOptions(definition),
    create: ({ scramble, latency = 0, ...seen }) =>
      siteOf(definition, () => siteAssets({ ...pages, scramble, latencyMs: latency }), { ...seen, latency, works }),
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
