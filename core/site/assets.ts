import { readFile } from "node:fs/promises";
import type { Asset } from "../domain/site.ts";
import { styleWithAliases } from "./app/names.ts";
import { bundled } from "./bundle.ts";
import { defaultFont, fontScript } from "./font.ts";

/** What the pages of a site are made of. */
export interface SitePages {
  /** Folder of the scripts and of `style.css`; scripts bundled beforehand lie in `dist/` below it. */
  readonly folder: URL;
  readonly title: string;
  /** Script of each page by its path; "/*" is the page at every path that is none of the others and no file. */
  readonly scripts: Readonly<Record<string, string>>;
  /** npm package of Fontsource with the site's font, for example "@fontsource/inter"; Arimo when absent. */
  readonly font?: string;
  /** Seed that renames every id and class; 0 or absent leaves them as they are written. */
  readonly scramble?: number | undefined;
  /** Milliseconds after which the site answers; 0 or absent: at once. */
  readonly latencyMs?: number | undefined;
}

const cached = new Map<string, Promise<ReadonlyMap<string, Asset>>>();

/**
 * The files of a site by path: its pages with their style, the bundled scripts and the font. Built once for equal
 * arguments. Nothing on a page comes from the machine that shows it.
 */
export function siteAssets(pages: SitePages): Promise<ReadonlyMap<string, Asset>> {
  const key = JSON.stringify(pages);
  const known = cached.get(key) ?? build(pages);
  cached.set(key, known);
  return known;
}

async function build(p: SitePages): Promise<ReadonlyMap<string, Asset>> {
  const seed = (p.scramble ?? 0) > 0 ? String(p.scramble) : "";
  const files = [...new Set(Object.values(p.scripts))];
  const [base, own, font, ...scripts] = await Promise.all([
    readFile(new URL("app/base.css", import.meta.url), "utf8"),
    readFile(new URL("style.css", p.folder), "utf8"),
    fontScript(p.font ?? defaultFont, p.folder),
    ...files.map((file) => scriptOf(file, p.folder)),
  ]);
  const style = styleWithAliases(`${base}\n${own}`, seed);
  const page = (script: string): Asset => ({
    type: "text/html; charset=utf-8",
    body: bytes(html({ title: p.title, latencyMs: p.latencyMs ?? 0, seed, style, script })),
  });
  const code = (body: Uint8Array): Asset => ({ type: "text/javascript; charset=utf-8", body });
  return new Map([
    ...Object.entries(p.scripts).map(([path, file]) => [path, page(nameOf(file))] as const),
    ...files.map((file, i) => [nameOf(file), code(scripts[i]!)] as const),
    ["/font.js", code(bytes(font))],
  ]);
}

/** The font's script comes first and is waited for: what is drawn later finds it there. */
function html(
  o: {
    readonly title: string;
    readonly latencyMs: number;
    readonly seed: string;
    readonly style: string;
    readonly script: string;
  },
): string {
  const settings = [
    ...(o.seed === "" ? [] : [`haloNames = "${o.seed}"`]),
    ...(o.latencyMs === 0 ? [] : [`haloLatencyMs = ${o.latencyMs}`]),
  ];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${o.title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>
    <link rel="icon" href="data:,">
    <style>
${o.style}
    </style>
    <script src="/font.js"></script>
  </head>
  <body>
    ${settings.length === 0 ? "" : `<script>${settings.join("; ")}</script>`}
    <script src="${o.script}"></script>
  </body>
</html>
`;
}

/** A script built beforehand, else bundled now; esbuild is there in a checkout only. */
async function scriptOf(file: string, folder: URL): Promise<Uint8Array> {
  return await readFile(new URL(`dist${nameOf(file)}`, folder)).catch(() => bundled(new URL(file, folder)));
}

const nameOf = (file: string): string => `/${file.replace(/\.tsx?$/, "")}.js`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
