import { accessSync, constants, readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { chromium } from "playwright-core";
import { HaloError } from "../util/errors.ts";

/**
 * Finds a Chromium: the given path, HALO_CHROMIUM, Debian's headless shell (the binary, not its wrapper script, so that
 * signals reach it), any Chromium or Chrome, Playwright's own download. One with a window is no headless shell. Throws
 * HALO_BROWSER_NOT_FOUND.
 */
export function findChromium(given?: string, { isVisible = false }: { readonly isVisible?: boolean } = {}): string {
  const asked = given ?? process.env["HALO_CHROMIUM"];
  if (asked !== undefined) {
    if (isExecutable(asked)) return asked;
    throw new HaloError("HALO_BROWSER_NOT_FOUND", `${asked} is not an executable file`, {
      hint: given === undefined ? "correct or unset HALO_CHROMIUM" : "correct the environment's `chromium` option",
    });
  }
  const found = candidates().filter((path) => !isVisible || !path.includes("headless-shell")).find(isExecutable);
  if (found !== undefined) return found;
  throw new HaloError("HALO_BROWSER_NOT_FOUND", "no Chromium was found on this machine", {
    hint: "./launch.sh --setup-only, or apt-get install chromium-headless-shell, or set HALO_CHROMIUM",
  });
}

function candidates(): readonly string[] {
  const debian = entries("/usr/lib").filter((name) => name.startsWith("chromium")).map((name) =>
    path.join("/usr/lib", name)
  );
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
  const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return [
    ...debian.map((folder) => path.join(folder, "chromium-headless-shell")),
    ...debian.map((folder) => path.join(folder, "chromium")),
    ...names.flatMap((name) => onPath.map((folder) => path.join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    chromium.executablePath(),
  ];
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
