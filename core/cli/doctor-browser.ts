import { existsSync, globSync } from "node:fs";
import process from "node:process";
import { chromium } from "playwright-core";
import type { Finding } from "./doctor.ts";
import type { Io } from "./io.ts";

const viewport = { width: 1280, height: 720 };

/** Launches the Chromium a run would use and takes a screenshot of a blank page in it. */
export async function checkBrowser({ env, signal }: Io): Promise<Finding> {
  const remedy =
    "apt-get install chromium-headless-shell, or npx playwright-core install chromium-headless-shell, or set HALO_CHROMIUM";
  const executablePath = findChromium(env);
  if (executablePath === undefined) return { status: "fail", text: "no Chromium was found", remedy };
  const isRoot = process.getuid?.() === 0;
  let browser;
  try {
    browser = await chromium.launch({ executablePath, chromiumSandbox: !isRoot, timeout: 30_000 });
  } catch (e) {
    const reason = e instanceof Error ? e.message.split("\n")[0] : String(e);
    return { status: "fail", text: `${executablePath} does not launch: ${reason}`, remedy };
  }
  const abort = () => void browser.close();
  signal.addEventListener("abort", abort, { once: true });
  try {
    const page = await browser.newPage({ viewport });
    await page.setContent("<!doctype html><title>halo</title><p>halo");
    const { width, height } = pngSize(await page.screenshot({ timeout: 30_000 }));
    const isRight = width === viewport.width && height === viewport.height;
    const text = `Chromium ${browser.version()} at ${executablePath}, screenshot ${width}×${height}`;
    return {
      status: isRight ? "ok" : "fail",
      text,
      remedy: `expected ${viewport.width}×${viewport.height}: use another Chromium`,
    };
  } finally {
    signal.removeEventListener("abort", abort);
    await browser.close();
  }
}

function findChromium(env: Io["env"]): string | undefined {
  const candidates = [
    env["HALO_CHROMIUM"],
    ...globSync("/usr/lib/chromium*/chromium-headless-shell"),
    ...["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
    chromium.executablePath(),
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** Width and height from a PNG's first chunk. */
function pngSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
