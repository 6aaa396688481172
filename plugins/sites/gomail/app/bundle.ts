import { fileURLToPath } from "node:url";
import { HaloError } from "halo-agent";

/** Scripts of the site: the mail app, and the pages `/config`, `/finish` and `/submit`. */
export const scripts = { "app.js": "main.tsx", "routes.js": "routes.ts" } as const;

/** A script of the site, bundled in memory; a packaged halo has the same file under `dist/`. */
export async function bundleScript(name: keyof typeof scripts): Promise<Uint8Array> {
  const { buildSync } = await import("esbuild");
  const { outputFiles: [file] } = buildSync({ // synchronous: leaves no helper process behind
    entryPoints: [fileURLToPath(new URL(scripts[name], import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
  });
  if (file === undefined) throw new HaloError("HALO_BUG", "expected one bundled file of the mail app, got none");
  return file.contents;
}
