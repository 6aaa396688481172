import { buildSync } from "esbuild";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { App } from "../../../core/site-app.ts";

/** A site's page as far as it can be used without a browser. */
export type PageApp = Pick<
  App<object, { readonly type: string }>,
  "update" | "View" | "complete" | "dismiss" | "router"
>;

const require = createRequire(import.meta.url);
const own = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The app that a site of this repository mounts, bundled for this process. */
export async function appOf(site: string): Promise<PageApp> {
  const { outputFiles: [file] } = buildSync({
    entryPoints: [own(`../../../plugins/sites/${site}/app/main.tsx`)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: {
      "halo-agent/site/app": own("shim.ts"),
      "halo-agent/site": own("../../../core/site.ts"),
      "preact/jsx-runtime": require.resolve("preact/jsx-runtime"),
      "preact/hooks": require.resolve("preact/hooks"),
      preact: require.resolve("preact"),
    },
    logLevel: "silent",
  });
  const folder = mkdtempSync(path.join(tmpdir(), "halo-rehearsal-"));
  try {
    const script = path.join(folder, "app.mjs");
    writeFileSync(script, file!.contents);
    await import(pathToFileURL(script).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return (globalThis as unknown as { readonly haloRehearsed: PageApp }).haloRehearsed;
}
