import { definePlugin, type Environment, HaloError, type Task } from "halo-agent";
import { type AssetServer, foreignEnvironment, type HaloPage, pageOptions, serveAssets } from "halo-agent/browser";
import { begin, standing, startOf } from "./begin.ts";
import { miniwobErrors } from "./codes.ts";
import { pageAssets, pagesFolder } from "./pages.ts";
import { unserved } from "./suites.ts";

const host = "miniwob.halo.test";

/** The MiniWoB++ pages in real Chromium; success is full credit: a raw reward of 1. */
export default definePlugin({
  kind: "environment",
  name: "miniwob",
  summary: "The MiniWoB++ pages, judged by their own raw reward; forks repeat the actions (docs/miniwob.md).",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      forking: {
        type: "string",
        enum: ["replay", "none"],
        default: "replay",
        description: "replay: repeat the actions on a fresh page with the same seed; none: never go back.",
      },
      pages: { type: "integer", minimum: 1, maximum: 64, default: 8, description: "Pages open at once." },
      viewport: {
        type: "object",
        additionalProperties: false,
        required: ["width", "height"],
        properties: {
          width: { type: "integer", minimum: 160, maximum: 4096 },
          height: { type: "integer", minimum: 210, maximum: 4096 },
        },
        default: { width: 332, height: 214 },
        description: "Size of the page, CSS pixels; the task takes its left upper 160×210.",
      },
      path: {
        type: "string",
        "x-path": true,
        description: "Folder of pages, taken as it is; the fetched ones, verified, when absent.",
      },
      chromium: pageOptions.chromium,
    },
  },
  offers: ["forks"],
  errors: miniwobErrors,
  async create({ forking, pages, viewport, path, chromium }): Promise<Environment> {
    const server: AssetServer = await serveAssets(await pageAssets(await pagesFolder(path)));
    /** Documents of a page when its episode began: a page that was loaded again is no longer the episode. */
    const begun = new WeakMap<HaloPage, number>();
    const isLeft = (page: HaloPage): boolean => begun.get(page) !== page.session.documents;
    const environment = foreignEnvironment({
      hosts: { [host]: server.address },
      pages,
      forking,
      sideEffects: "none",
      deterministic: false,
      stopsWhenSolved: true,
      maxUses: 200, // The pages keep nothing in cookies or storage.
      isUnpaced: true, // None of them animates without end.
      viewport,
      ...(chromium !== undefined && { chromium }),
      url(task) {
        refuseUnserved(task);
        return new URL(task.goal.startUrl, `http://${host}/`).href;
      },
      async start(page, { task, signal }) {
        const asked = await begin(page, startOf(task), { signal });
        begun.set(page, page.session.documents);
        return asked;
      },
      async judge(page, { task, signal }) {
        const by = `miniwob/${task.template}`;
        if (isLeft(page)) return { success: false, by, reason: "the page was left or loaded again" };
        const { isDone, raw } = await standing(page, { signal });
        if (!isDone) return { success: false, by, reason: "the page has not ended the episode" };
        return { success: raw >= 1, by, reason: `raw reward ${raw}` };
      },
      isOver: async (page, { signal }) => isLeft(page) || (await standing(page, { signal })).isDone,
    });
    return {
      ...environment,
      async close() {
        await environment.close();
        await server.close();
      },
    };
  },
});

function refuseUnserved({ template }: Task): void {
  const reason = unserved[template];
  if (reason !== undefined) throw new HaloError("HALO_MINIWOB_TASK", `${template} cannot be played: ${reason}`);
}
