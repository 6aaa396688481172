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
export async function viewerPage(): Promise<ViewerPage> {
  const { code, html } = await (built ??= build());
  const policy = policyOf({ scripts: sourceOf(code), pictures: "'self' data:", answers: "'self'" });
  return { html: html(`<script>${code}</script>`), policy };
}

/** The page as a file, whose answers and pictures lie beside it: `data/pictures.js` says which pictures there are. */
export async function staticPage(): Promise<string> {
  const { code, html } = await (built ??= build());
  // A page from disk has no origin of its own: its folder is named by the scheme.
  const beside = "'self' file:";
  const policy = policyOf({ scripts: `${beside} ${sourceOf(code)}`, pictures: `${beside} data:`, answers: "'none'" });
  return html(
    `<script src="data/pictures.js"></script><script>${code}</script>`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}

interface Built {
  readonly code: string;
  readonly html: (scripts: string, head?: string) => string;
}

let built: Promise<Built> | undefined;

const sourceOf = (code: string): string => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;

function policyOf(
  { scripts, pictures, answers }: { readonly scripts: string; readonly pictures: string; readonly answers: string },
): string {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'unsafe-inline'",
    `img-src ${pictures}`,
    "font-src data:",
    `connect-src ${answers}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

async function build(): Promise<Built> {
  const require = createRequire(import.meta.url);
  const [script, style, font] = await Promise.all([
    readFile(own("app/dist/main.js")).catch(() => bundled(own("app/main.tsx"))),
    readFile(own("app/style.css"), "utf8"),
    readFile(require.resolve("@fontsource-variable/arimo/files/arimo-latin-wght-normal.woff2")),
  ]);
  // In a script "</script" would end it; in JavaScript the escape means the same.
  const code = new TextDecoder().decode(script).replaceAll("</script", "<\\/script");
  const html = (scripts: string, head = "") =>
    `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    ${head}
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
  <body><div id="app"></div>${scripts}</body>
</html>
`;
  return { code, html };
}
