import { fileURLToPath } from "node:url";
import { HaloError } from "halo-agent";

/** The app as one script, bundled in memory; `dist/app.js` of a packaged halo is the same file. */
export async function bundleApp(): Promise<Uint8Array> {
  const { buildSync } = await import("esbuild");
  const { outputFiles: [file] } = buildSync({ // synchronous: leaves no helper process behind
    entryPoints: [fileURLToPath(new URL("main.tsx", import.meta.url))],
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
