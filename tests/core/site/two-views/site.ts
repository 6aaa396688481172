import type { Json } from "../../../../core/domain/json.ts";
import type { Site } from "../../../../core/domain/site.ts";
import type { Task } from "../../../../core/domain/task.ts";
import { siteAssets } from "../../../../core/site/assets.ts";
import { start } from "./state.ts";

/** The site of two views; nothing on it is ever achieved. */
export const twoViews: Site = {
  name: "two-views",
  host: "two-views.halo.test",
  clock: { start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" },
  assets: () => siteAssets({ folder: new URL("./", import.meta.url), title: "Two", scripts: { "/*": "page.tsx" } }),
  start: () => start as unknown as Json,
  judge: () => ({ success: false, by: "two-views", reason: "nothing is asked for" }),
};

/** Looks at the site, beginning at an address. */
export function visitAt(startUrl: string): Task {
  const goal = { id: "visit", text: "Look around.", startUrl, maxSteps: 20 };
  return { id: "visit", key: "visit", goal, site: "two-views", template: "", split: "train", optimum: 1, params: {} };
}
