import { findChromium } from "../../browser/find.ts";
import { hasFonts } from "../../browser/machine-fonts.ts";
import { launchBrowser, viewport } from "../../browser/launch.ts";
import type { CheckResult } from "../../domain/doctor.ts";
import { isHaloError } from "../../util/errors.ts";
import type { Io } from "../io.ts";

/** Launches the Chromium a run would use, as a run does, and takes a screenshot of a small page in it. */
export async function checkBrowser({ signal }: Io): Promise<CheckResult> {
  let chromium: string;
  try {
    chromium = findChromium();
  } catch (e) {
    if (!isHaloError(e)) throw e;
    return { status: "fail", text: e.message, ...(e.hint !== undefined && { remedy: e.hint }) };
  }
  const another = "apt-get install chromium-headless-shell, or set HALO_CHROMIUM to another Chromium";
  let browser;
  try {
    browser = await launchBrowser({ chromium, hosts: {} });
  } catch (e) {
    return { status: "fail", text: e instanceof Error ? e.message : String(e), remedy: another };
  }
  const abort = () => void browser.close();
  signal.addEventListener("abort", abort, { once: true });
  try {
    const page = await browser.newPage({ viewport });
    await page.setContent("<!doctype html><title>halo</title><p>halo");
    const { width, height } = pngSize(await page.screenshot({ timeout: 30_000 }));
    const isRight = width === viewport.width && height === viewport.height;
    const text = `Chromium ${browser.version()} at ${chromium}, screenshot ${width}×${height}`;
    if (isRight && !hasFonts()) {
      return {
        status: "warn",
        text: `${text}; the machine has no font: pages that bring none show a box for every letter`,
        remedy: "apt-get install fonts-dejavu-core",
      };
    }
    return isRight ? { status: "ok", text } : {
      status: "fail",
      text: `${text}, expected ${viewport.width}×${viewport.height}`,
      remedy: another,
    };
  } finally {
    signal.removeEventListener("abort", abort);
    await browser.close();
  }
}

/** Width and height from a PNG's first chunk. */
function pngSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
