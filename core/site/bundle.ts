import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { HaloError } from "../util/errors.ts";

/** What `esbuild` says of a mistake; its own types are not there for users of a packaged halo. */
interface Mistake {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

/** A script of a site's page with all it imports, as one file for the browser. Throws HALO_SITE_PAGE with the line. */
export async function bundled(source: URL): Promise<Uint8Array> {
  const { buildSync } = await import("esbuild").catch((cause) => {
    throw new HaloError("HALO_SITE_PAGE", `${fileURLToPath(source)} cannot be bundled: esbuild is not installed`, {
      hint: "npm install esbuild preact",
      cause,
    });
  });
  const require = createRequire(import.meta.url);
  const own = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  try {
    const { outputFiles: [file] } = buildSync({ // synchronous: leaves no helper process behind
      entryPoints: [fileURLToPath(source)],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      minify: true,
      jsx: "automatic",
      jsxImportSource: "preact",
      // A site may lie anywhere: halo and preact are those of the running core.
      alias: {
        "halo-agent/site/app": own("../site-app.ts"),
        "halo-agent/site": own("../site.ts"),
        "preact/jsx-runtime": require.resolve("preact/jsx-runtime"),
        "preact/hooks": require.resolve("preact/hooks"),
        preact: require.resolve("preact"),
      },
      logLevel: "silent",
    });
    return file!.contents;
  } catch (cause) {
    const [mistake] = (cause as { readonly errors?: readonly Mistake[] }).errors ?? [];
    if (mistake === undefined) throw cause;
    const { text, location } = mistake;
    throw new HaloError("HALO_SITE_PAGE", `the page's script does not build: ${text}`, {
      ...(location && { at: { file: location.file, line: location.line, col: location.column + 1 } }),
      cause,
    });
  }
}
