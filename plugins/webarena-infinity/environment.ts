import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { type Asset, definePlugin, type Environment, HaloError, type Json, type Task } from "halo-agent";
import { foreignEnvironment, type HaloPage, pageOptions } from "halo-agent/browser";
import { filesBelow } from "halo-agent/kit";
import { serveApps } from "./app-server.ts";
import { appNames, appsFolder } from "./clone.ts";
import { infinityErrors } from "./codes.ts";

/** The WebArena-Infinity apps in real Chromium, each episode with a state of its own. */
export default definePlugin({
  kind: "environment",
  name: "webarena-infinity",
  summary: "The WebArena-Infinity apps, each episode with a state of its own; forks repeat the actions.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      stop: pageOptions.stop,
      forking: {
        type: "string",
        enum: ["replay", "none"],
        default: "replay",
        description: "replay: repeat the actions on a fresh page; none: never go back.",
      },
      pages: { type: "integer", minimum: 1, maximum: 64, default: 4, description: "Pages open at once." },
      path: {
        type: "string",
        "x-path": true,
        description: "Folder that holds `apps`, taken as it is; what was fetched, verified, when absent.",
      },
      viewport: pageOptions.viewport,
      chromium: pageOptions.chromium,
    },
  },
  offers: ["forks"],
  errors: infinityErrors,
  async create({ stop, forking, pages, path, viewport, chromium }): Promise<Environment> {
    const folder = await appsFolder(path);
    const names = await appNames(folder);
    const assets = names.map(async (app) => [hostOf(app), await filesOf(join(folder, "apps", app))] as const);
    const server = await serveApps(new Map(await Promise.all(assets)));
    const environment = foreignEnvironment({
      hosts: Object.fromEntries(names.map((app) => [hostOf(app), server.address])),
      pages,
      forking,
      sideEffects: "none",
      deterministic: false,
      stopsWhenSolved: stop === "solved",
      maxUses: 50,
      timezone: "UTC",
      ...(viewport && { viewport }),
      ...(chromium !== undefined && { chromium }),
      url: (task) => new URL(task.goal.startUrl, `http://${hostOf(appOf(task, names))}/`).href,
      prepare: (page, { task, signal }) => forget(page, { host: hostOf(appOf(task, names)), signal }),
      async start(page, { task, isGraded, signal }) {
        if (!isGraded) throw otherSource(task);
        await stateOf(page, { signal });
      },
      judge: () => Promise.resolve({ success: false, by: "webarena-infinity", reason: "the task's verifier decides" }),
      report: (page, { signal }) => stateOf(page, { signal }),
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

/** All that an app may have kept in a browser context. Its scripts stay in the browser's cache. */
const kept = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems";

/** Leaves the page of the episode before and forgets what it kept, so that the next one begins as in a fresh context. */
async function forget(page: HaloPage, { host, signal }: { readonly host: string; readonly signal: AbortSignal }) {
  await page.goto("about:blank", { signal });
  await page.session.send("Storage.clearDataForOrigin", { origin: `http://${host}`, storageTypes: kept }, { signal });
}

const hostOf = (app: string): string => `${app}.infinity.halo.test`;

const otherSource = ({ key }: Task): HaloError =>
  new HaloError("HALO_INFINITY_TASK", `${key} is no task of WebArena-Infinity`, {
    hint: "use: webarena-infinity for the tasks, too",
  });

function appOf(task: Task, names: readonly string[]): string {
  const { app } = (task.params ?? {}) as { readonly app?: unknown };
  if (typeof app === "string" && names.includes(app)) return app;
  throw otherSource(task);
}

/** How often a page is asked for the state that it has not told yet, and the time between, milliseconds. */
const [askings, pauseMs] = [50, 100];

/** The state that the page told its server last, as the app's verifiers read it. Throws HALO_INFINITY_STATE. */
async function stateOf(page: HaloPage, o: { readonly signal: AbortSignal }): Promise<Json> {
  const script = `(async () => {
    for (let i = 0; i < ${askings}; i++) {
      const answer = await fetch("/api/state");
      if (answer.ok) return await answer.text();
      await new Promise((done) => setTimeout(done, ${pauseMs}));
    }
    return "";
  })()`;
  const text = await page.session.ask<string>(script, o);
  if (text !== "") return JSON.parse(text) as Json;
  throw new HaloError(
    "HALO_INFINITY_STATE",
    `${page.page.url()} told its server no state in ${askings * pauseMs / 1000} s`,
  );
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** What the page of an app is made of, by path. Verifiers and lists of tasks are no part of it: an agent could read them. */
async function filesOf(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const files = (await filesBelow(folder)).filter((file) => types[extname(file)] !== undefined);
  return new Map(
    await Promise.all(files.map(async (file): Promise<[string, Asset]> => [
      `/${file}`,
      { type: types[extname(file)]!, body: await readFile(join(folder, file)) },
    ])),
  );
}
