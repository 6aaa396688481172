import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { HaloError } from "../util/errors.ts";
import { boxFont } from "../util/box-font.ts";

/** The font of a site that names no other: Arimo, as wide as Arial. */
export const defaultFont = "@fontsource-variable/arimo";

/** What a page loads beside Latin, and what is drawn as a box: every other character. */
const subsets = ["latin", "latin-ext"] as const;

/** One file of a font: the characters it is for and the weights it has. */
interface Face {
  readonly family: string;
  readonly weight: string;
  readonly range: string;
  readonly base64: string;
}

/**
 * A script that gives a page the font of an npm package of Fontsource (found from `from`, else halo's own) as the family
 * "Site", and the box font as "Any". Fonts made from bytes are there at once: no request, no wait, no second layout.
 */
export async function fontScript(name: string, from: URL): Promise<string> {
  const any = { family: "Any", weight: "400", range: "U+0-10FFFF", base64: base64Of(boxFont()) };
  const faces: readonly Face[] = [...await facesOf(name, from), any];
  return `for (const { family, weight, range, base64 } of ${JSON.stringify(faces)}) {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  document.fonts.add(new FontFace(family, bytes, { weight, unicodeRange: range }));
}
`;
}

async function facesOf(name: string, from: URL): Promise<readonly Face[]> {
  const file = finder(name, from);
  const { id, weights, variable } = JSON.parse(await readFile(file("metadata.json"), "utf8"));
  const ranges: Readonly<Record<string, string>> = JSON.parse(await readFile(file("unicode.json"), "utf8"));
  // Packages of both makes say whether the font varies; only those of the variable ones bring such files.
  const isVariable = name.startsWith("@fontsource-variable/");
  const cuts: readonly (readonly [weight: string, end: string])[] = isVariable
    ? [[`${variable.wght.min} ${variable.wght.max}`, "wght"]]
    : (weights as readonly number[]).filter((w) => w === 400 || w === 700).map((w) => [`${w}`, `${w}`]);
  const wanted = subsets.flatMap((subset) => {
    const range = ranges[subset];
    return range === undefined ? [] : cuts.map(([weight, end]) => ({ subset, range, weight, end }));
  });
  return await Promise.all(wanted.map(async ({ subset, range, weight, end }) => {
    const bytes = await readFile(file(`files/${id}-${subset}-${end}-normal.woff2`));
    return { family: "Site", weight, range, base64: base64Of(bytes) };
  }));
}

/** Paths of the package's files. Throws HALO_SITE_PAGE when it is not installed. */
function finder(name: string, from: URL): (path: string) => string {
  for (const start of [from, import.meta.url]) {
    const require = createRequire(start);
    try {
      require.resolve(`${name}/metadata.json`);
      return (path) => require.resolve(`${name}/${path}`);
    } catch {
      // The next place may have it.
    }
  }
  throw new HaloError("HALO_SITE_PAGE", `the site's font "${name}" is not installed`, {
    hint: `npm install ${name}, or leave \`font\` out for ${defaultFont}`,
  });
}

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
