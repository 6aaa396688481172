import { readFile } from "node:fs/promises";
import { definePlugin } from "halo-agent";
import type { Asset, Json, Site } from "halo-agent";
import { judge } from "./judge.ts";
import { initialState } from "./state/state.ts";
import type { Setup } from "./state/state.ts";
import { clockStart } from "./state/time.ts";

/** The mail site: a Gmail-like page whose whole state is one JSON value. */
export default definePlugin({
  kind: "site",
  name: "gomail",
  summary: "a Gmail-like mail site: lists, search, labels, compose, reply",
  options: { type: "object", properties: {}, additionalProperties: false },
  create: (): Site => ({
    name: "gomail",
    host: "gomail.halo.test",
    clock: clockStart,
    assets: () => cached ??= load(),
    start: (task) => initialState(setupOf(task.params)) as unknown as Json,
    judge,
  }),
});

let cached: Promise<ReadonlyMap<string, Asset>> | undefined;

async function load(): Promise<ReadonlyMap<string, Asset>> {
  const [html, css, js] = await Promise.all([
    readFile(new URL("app/index.html", import.meta.url), "utf8"),
    readFile(new URL("app/style.css", import.meta.url), "utf8"),
    readFile(new URL("app/dist/app.js", import.meta.url)).catch(bundled),
  ]);
  const page = html.replace("/* style.css */", () => css);
  return new Map([
    ["/", { type: "text/html; charset=utf-8", body: new TextEncoder().encode(page) }],
    ["/app.js", { type: "text/javascript; charset=utf-8", body: js }],
  ]);
}

/** Bundles where nothing was built beforehand; esbuild is there in a checkout only. */
async function bundled(): Promise<Uint8Array> {
  const { bundleApp } = await import("./app/bundle.ts");
  return bundleApp();
}

function setupOf(params: Json): Setup {
  return (params as { readonly setup?: Setup }).setup ?? { mails: [] };
}
