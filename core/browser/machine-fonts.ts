import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { boxFont } from "../util/box-font.ts";
import { cacheFolder } from "../util/cache-folder.ts";
import { namesIn } from "./names-in.ts";

/** Environment variables of a machine. */
type Env = Readonly<Record<string, string | undefined>>;

/** Font files that Chromium on Linux can use from the machine. */
const fontFile = /\.(ttf|otf|ttc|pfb|pcf(\.gz)?)$/i;

/**
 * Variables to start Chromium with. On a Linux machine without any font, text has no width and foreign pages seem empty:
 * there a fontconfig file in halo's cache names the box font, so that pages keep a layout and can be acted on.
 */
export function fontVariables(env: Env = process.env): Readonly<Record<string, string>> {
  if (process.platform !== "linux" || hasFonts(env)) return {};
  const folder = cacheFolder("fonts", env);
  const config = join(folder, "fonts.conf");
  if (!existsSync(config)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "box.ttf"), boxFont());
    const text = `<fontconfig><dir>${folder}</dir><cachedir>${join(folder, "cache")}</cachedir></fontconfig>`;
    writeFileSync(config, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${text}\n`);
  }
  return { FONTCONFIG_FILE: config };
}

/** Whether a folder that fontconfig looks into holds a font. */
export function hasFonts(env: Env = process.env): boolean {
  return fontFolders(env).some((folder) => holdsFont(folder));
}

/** The folders that the machine's fontconfig files name; the usual ones where it has no such file. */
function fontFolders(env: Env): readonly string[] {
  const data = env["XDG_DATA_HOME"] || join(homedir(), ".local", "share");
  const place = (path: string, prefix: string | undefined, from: string): string =>
    prefix === "xdg" ? join(data, path) : resolve(from, path.replace(/^~(?=\/|$)/, homedir()));
  const folders: string[] = [];
  const read = (file: string, depth: number): void => {
    const text = textOf(file);
    for (
      const [, kind, prefix, path] of text.matchAll(/<(dir|include)\b(?:[^>]*\bprefix="(\w+)")?[^>]*>\s*([^<]*?)\s*</g)
    ) {
      const at = place(path!, prefix, dirname(file));
      if (kind === "dir") folders.push(at);
      else if (depth < deepest) { for (const one of configsAt(at)) read(one, depth + 1); }
    }
  };
  const first = env["FONTCONFIG_FILE"] || "/etc/fonts/fonts.conf";
  if (existsSync(first)) read(first, 0);
  else folders.push("/usr/share/fonts", "/usr/local/share/fonts", join(homedir(), ".fonts"), join(data, "fonts"));
  return folders;
}

/** How deep files include files and folders of fonts hold folders; links may make circles. */
const deepest = 8;

/** A fontconfig file, or the files of a folder of them. */
const configsAt = (path: string): readonly string[] =>
  namesIn(path)?.filter((name) => name.endsWith(".conf")).map((name) => join(path, name)) ?? [path];

function holdsFont(folder: string, depth = 0): boolean {
  const names = namesIn(folder) ?? [];
  return names.some((name) => fontFile.test(name)) ||
    depth < deepest && names.some((name) => !name.includes(".") && holdsFont(join(folder, name), depth + 1));
}

/** The text of a file; nothing where there is none, or it may not be read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
