/** Public entry: the page side of a replica site. Runs in the browser, bundled into the site's script. */
export { classes, selector, useAliases } from "./site/app/alias.ts";
