import { fileURLToPath } from "node:url";
import { foreignEnvironment, serveAssets } from "../../core/browser.ts";
import type { Environment, Task } from "../../core/mod.ts";

const host = "react.test";
const source = new URL("../../tests/fixtures/sites/react/app.js", import.meta.url);

/** The React fixture, bundled with React's development build, as an environment; to be closed. */
export async function reactPage(o: { readonly pages: number }): Promise<Environment> {
  const { buildSync } = await import("esbuild");
  const { outputFiles: [script] } = buildSync({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "silent",
  });
  const html = "<!doctype html><meta charset=utf-8><title>Form</title><link rel=icon href=data:,>" +
    "<div id=root></div><script src=/app.js></script>";
  const server = await serveAssets(
    new Map([
      ["/", { type: "text/html; charset=utf-8", body: new TextEncoder().encode(html) }],
      ["/app.js", { type: "text/javascript; charset=utf-8", body: script!.contents }],
    ]),
  );
  const environment = foreignEnvironment({
    hosts: { [host]: server.address },
    pages: o.pages,
    forking: "none",
    sideEffects: "none",
    deterministic: false,
    stopsWhenSolved: false,
    url: (task) => task.goal.startUrl,
    judge: () => Promise.resolve({ success: false, by: "react", reason: "nothing is asked for" }),
  });
  return {
    ...environment,
    async close() {
      await environment.close();
      await server.close();
    },
  };
}

/** The task that opens it. */
export const reactTask: Task = {
  id: "react",
  key: "react",
  goal: { id: "react", text: "", startUrl: `http://${host}/`, maxSteps: 30 },
  site: "react",
  template: "form",
  split: "all",
  optimum: 1,
  params: null,
};
