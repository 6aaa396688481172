/** Public entry: the files that a replica site serves, made from its sources by Node or Deno. */
export { siteAssets } from "./site/assets.ts";
export type { SitePages } from "./site/assets.ts";
