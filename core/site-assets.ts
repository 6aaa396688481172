/** Public entry: the plugins of a replica site, and the files that it serves, made from its sources by Node or Deno. */
export { siteAssets } from "./site/assets.ts";
export type { SitePages } from "./site/assets.ts";
export { rewardPlugin, sitePlugin, tasksPlugin } from "./site/plugins.ts";
export { examplesIn } from "./site/examples-file.ts";
