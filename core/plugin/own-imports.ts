import module from "node:module";

/** Public entries: what follows `halo-agent` in an import, and the file of core behind it. */
const entries = {
  "": "mod",
  "/kit": "kit",
  "/browser": "browser",
  "/testing": "testing",
  "/site": "site",
  "/site/app": "site-app",
  "/site/assets": "site-assets",
} as const;

let installed = false;

/**
 * Maps `halo-agent` and its further entries to the running core for every module loaded from now on, so that a plugin
 * anywhere on disk shares this copy, and reads TypeScript as modules whatever the package.json above it says. On Deno the
 * import map of halo's own deno.json does the same.
 */
export function mapOwnImports(): void {
  if (installed || typeof module.registerHooks !== "function" || "Deno" in globalThis) return;
  installed = true;
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const urls = new Map(
    Object.entries(entries).map(([suffix, file]) => [
      `halo-agent${suffix}`,
      new URL(`../${file}.${extension}`, import.meta.url).href,
    ]),
  );
  module.registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(urls.get(specifier) ?? specifier, context);
      // A package.json of "type": "commonjs", as `npm init` writes it, says nothing about plugins: they are modules.
      return found.format === "commonjs-typescript" ? { ...found, format: "module-typescript" } : found;
    },
  });
}
