import process from "node:process";
import { type Browser, chromium } from "playwright-core";
import { HaloError } from "../util/errors.ts";
import { findChromium } from "./find.ts";
import { fontVariables } from "./machine-fonts.ts";
import { lastWordsOf, saidIn } from "./last-words.ts";
import { shownHere } from "./shown.ts";
import { inTempFolder } from "./temp-folder.ts";

/** Size of a page, CSS pixels; device scale 1. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** Size of every page that asks for no other. */
export const viewport = { width: 1280, height: 720 } as const satisfies Viewport;

export interface LaunchOptions {
  /** Path of a Chromium; found when absent. */
  readonly chromium?: string;
  /** Host, as `name` or `name:port` → "ip:port" or itself. Nothing else resolves: the guard stands below the page. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Hosts, written the same way, that a page may load parts from and is never at. */
  readonly assetHosts?: Readonly<Record<string, string>>;
  /** Public keys whose certificates are taken without an authority, each as base64 of the SHA-256 of its SPKI: stand-ins of sites. */
  readonly trusted?: readonly string[];
  /** Draws frames as fast as they come: screenshots take half the time, but an endless animation takes a whole core. */
  readonly isUnpaced?: boolean;
}

/**
 * Starts a Chromium, headless unless somebody is to look at it, that reaches the named hosts and nothing else. The rules also
 * catch IP literals and localhost, because every name that is not mapped is mapped to nothing.
 */
export async function launchBrowser(o: LaunchOptions): Promise<Browser> {
  const shown = shownHere();
  const isVisible = shown?.isVisible ?? false;
  const executablePath = findChromium(o.chromium, { isVisible });
  const reached = Object.entries({ ...o.assetHosts, ...o.hosts });
  const rules = [...reached.map(([host, address]) => `MAP ${host} ${address}`), "MAP * ~NOTFOUND"];
  const isRoot = process.getuid?.() === 0;
  try {
    return await inTempFolder((folder) =>
      chromium.launch({
        executablePath,
        headless: !isVisible,
        chromiumSandbox: !isRoot,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        env: { ...process.env as Readonly<Record<string, string>>, ...fontVariables() },
        timeout: 30_000,
        artifactsDir: folder,
        args: [
          `--host-resolver-rules=${rules.join(", ")}`,
          "--disable-background-networking",
          "--disable-quic",
          "--disable-gpu",
          "--disable-lcd-text", // Coloured edges of letters depend on the machine's screen.
          "--disable-partial-raster", // Partial repaints leave anti-aliased corners that depend on history.
          ...(o.trusted ? [`--ignore-certificate-errors-spki-list=${o.trusted.join()}`] : []),
          ...(o.isUnpaced ? ["--disable-frame-rate-limit", "--disable-gpu-vsync"] : []),
          "--disable-smooth-scrolling",
          "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
          ...(shown ? [`--remote-debugging-port=${shown.debugPort}`] : []),
        ],
      })
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new HaloError("HALO_BROWSER_LAUNCH", `${executablePath} did not start: ${reason}${saidIn(cause)}`, {
      cause,
      hint: "halo doctor",
    });
  }
}

/** The error of a browser that went away, with what it wrote to stderr last. */
export function lostBrowser(browser?: Browser | null, cause?: unknown): HaloError {
  const said = lastWordsOf(browser) || saidIn(cause);
  return new HaloError("HALO_BROWSER_LOST", `the browser went away${said}`, cause === undefined ? {} : { cause });
}
