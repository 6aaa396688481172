import { elements } from "./elements.ts";
import { input } from "./input.ts";
import { roles } from "./roles.ts";
import { stance } from "./stance.ts";

/** Gives an isolated world its `__look`. Reads only, but for input, focus and scroll; nothing is written into the DOM. */
export const lookScript = `(() => {
  const roles = (${roles})();
  const elements = (${elements})(roles);
  globalThis.__look = { ...elements, ...(${input})(roles, elements), ...(${stance})(roles, elements) };
})()`;
