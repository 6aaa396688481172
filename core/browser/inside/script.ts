import { bearing } from "./bearing.ts";
import { clickables } from "./clickables.ts";
import { elements } from "./elements.ts";
import { input } from "./input.ts";
import { roleTables } from "./role-tables.ts";
import { roles } from "./roles.ts";
import { surface } from "./surface.ts";
import { tree } from "./tree.ts";

/**
 * Gives a world its `__look`. Reads only, but for input, focus and scroll; nothing is written into the DOM. On our own pages
 * every control says that it is one; on foreign ones a click listener or a pointer cursor says so too.
 */
export const lookScript = (isOwn: boolean): string =>
  `(() => {
  const page = (${tree})();
  const tables = ${JSON.stringify(roleTables)};
  const roles = (${roles})(page, tables);
  const surface = (${surface})(page);
  const clickables = (${clickables})(page, roles, surface, ${isOwn});
  const elements = (${elements})(page, roles, surface, clickables, tables);
  globalThis.__look = { ...elements, ...(${input})(page, roles), ...(${bearing})(page, elements) };
})()`;
