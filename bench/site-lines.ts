/**
 * What each site costs: lines of TypeScript by part, stylesheets left out. Bar: 3,000 lines a site without style and data.
 *
 *   node bench/site-lines.ts
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { packageRoot } from "../core/util/package-root.ts";
import { siteNames } from "./sites/rows.ts";

const bar = 3000;

/** Files that hold nothing but what a site shows and asks for: seeds, catalogues, names, pools of values. */
const isData = (file: string): boolean =>
  /^(?:data|catalogue)\/(?!product|search)|^state\/(?:seed|seed-text|people)\.ts$|^families\/pools\.ts$|^app\/drawings\.ts$/
    .test(file);

/** The part of a site that a file belongs to. */
function partOf(file: string): string {
  if (isData(file)) return "data";
  const [folder] = file.split("/");
  if (/^(?:app|state|catalogue)$/.test(folder!)) return "pages and state";
  if (/^(?:families|drills)$/.test(folder!)) return "families";
  return /^(?:official|reading)$/.test(folder!) ? folder! : "plugins";
}

const parts = ["pages and state", "families", "official", "reading", "plugins", "data"];
console.log(["site".padEnd(11), ...parts.map((part) => part.padStart(16)), "without data".padStart(16)].join(""));
const over: string[] = [];
for (const site of siteNames) {
  const folder = path.join(packageRoot(), "plugins/sites", site);
  const lines = new Map(parts.map((part) => [part, 0]));
  for (const file of await readdir(folder, { recursive: true })) {
    if (!/\.tsx?$/.test(file)) continue;
    const part = partOf(file.split(path.sep).join("/"));
    lines.set(part, lines.get(part)! + (await readFile(path.join(folder, file), "utf8")).split("\n").length - 1);
  }
  const counted = parts.filter((part) => part !== "data").reduce((sum, part) => sum + lines.get(part)!, 0);
  console.log([site.padEnd(11), ...[...lines.values(), counted].map((n) => String(n).padStart(16))].join(""));
  if (counted > bar) over.push(`${site} ${counted}`);
}
console.log(over.length > 0 ? `MISSED ${bar} lines: ${over.join(", ")}` : "ok");
process.exitCode = over.length > 0 ? 1 : 0;
