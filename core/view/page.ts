import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { bundled } from "../site/bundle.ts";

/** The viewer's page: one file with its script and style inside. */
export interface ViewerPage {
  readonly html: string;
  /** Content-Security-Policy: this script, nothing from elsewhere. */
  readonly policy: string;
}

const own = (path: string): URL => new URL(path, import.meta.url);

/** Builds the page. In a package the script was bundled beforehand; in a checkout esbuild does it now, once a process. */
export function viewerPage(): Promise<ViewerPage> {
  return built ??= build();
}

let built: Promise<ViewerPage> | undefined;

async function build(): Promise<ViewerPage> {
  const require = createRequire(import.meta.url);
  const [script, style, font] = await Promise.all([
    readFile(own("app/dist/main.js")).catch(() => bundled(own("app/main.tsx"))),
    readFile(own("app/style.css"), "utf8"),
    readFile(require.resolve("@fontsource-variable/arimo/files/arimo-latin-wght-normal.woff2")),
  ]);
  // In a script "</script" would end it; in JavaScript the escape means the same.
  const code = new TextDecoder().decode(script).replaceAll("</script", "<\\/script");
  const hash = createHash("sha256").update(code).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>halo</title>
    <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='5.5' fill='none' stroke='%235b6ee1' stroke-width='3'/%3E%3C/svg%3E">
    <style>
@font-face { font-family: "Halo"; font-weight: 400 700; src: url(data:font/woff2;base64,${
    font.toString("base64")
  }) format("woff2"); }
${style}</style>
  </head>
  <body><div id="app"></div><script>${code}</script></body>
</html>
`;
  return { html, policy };
}
