import { readFile } from "node:fs/promises";
import { definePlugin } from "halo-agent";
import type { Asset } from "halo-agent";
import { siteOf } from "halo-agent/site";
import { bundleScript } from "./app/bundle.ts";
import { styleWithAliases } from "./app/names.ts";
import { gomail } from "./gomail.ts";

/** The mail site: a Gmail-like page whose whole state is one JSON value. */
export default definePlugin({
  kind: "site",
  name: "gomail",
  summary: "a Gmail-like mail site: lists, search, labels, compose, reply",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      scramble: {
        type: "integer",
        minimum: 0,
        description: "Seed that renames every id and class of the page; absent or 0 leaves them as written.",
      },
    },
  },
  create: ({ scramble = 0 }) => siteOf(gomail, () => assetsOf(scramble > 0 ? String(scramble) : "")),
});

const cached = new Map<string, Promise<ReadonlyMap<string, Asset>>>();

function assetsOf(seed: string): Promise<ReadonlyMap<string, Asset>> {
  const known = cached.get(seed);
  if (known !== undefined) return known;
  const assets = load(seed);
  cached.set(seed, assets);
  return assets;
}

async function load(seed: string): Promise<ReadonlyMap<string, Asset>> {
  const [html, css, app, routes] = await Promise.all([
    readFile(new URL("app/index.html", import.meta.url), "utf8"),
    readFile(new URL("app/style.css", import.meta.url), "utf8"),
    script("app.js"),
    script("routes.js"),
  ]);
  const page = (name: string): Asset => ({
    type: "text/html; charset=utf-8",
    body: new TextEncoder().encode(
      html.replace("/* style.css */", () => styleWithAliases(css, seed))
        .replace("/app.js", name)
        .replace("<body>", () => seed === "" ? "<body>" : `<body>\n    <script>gomailNames = "${seed}"</script>`),
    ),
  });
  const code = (body: Uint8Array): Asset => ({ type: "text/javascript; charset=utf-8", body });
  return new Map([
    ["/", page("/app.js")],
    ["/app.js", code(app)],
    ...["/config", "/finish", "/submit"].map((path) => [path, page("/routes.js")] as const),
    ["/routes.js", code(routes)],
  ]);
}

/** A script built beforehand, else bundled now; esbuild is there in a checkout only. */
async function script(name: Parameters<typeof bundleScript>[0]): Promise<Uint8Array> {
  return await readFile(new URL(`app/dist/${name}`, import.meta.url)).catch(() => bundleScript(name));
}
