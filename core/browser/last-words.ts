import type { Browser } from "playwright-core";

const words = new WeakMap<Browser, string>();

/** What Chromium writes on any machine without a desktop, and no reason to end. */
const usual = /dbus|bluez|vaapi|:WARNING:|InitializeSandbox/;

/** The last lines a browser wrote to stderr, as Playwright adds them to the errors of a browser that ended: "; it said: …". */
export function saidIn(error: unknown): string {
  const lines = [...String(error).matchAll(/\[err\] (.+)/g)].map(([, text]) => text!.trim().slice(0, 200));
  const telling = lines.filter((line) => !usual.test(line));
  return telling.length === 0 ? "" : `; it said: ${telling.slice(-3).join(" | ")}`;
}

/** Remembers what a browser said, when the error of a call to it tells. */
export function hearIn(error: unknown, browser: Browser | null): void {
  const said = saidIn(error);
  if (browser && said !== "") words.set(browser, said);
}

/** The last words of a browser that went away; empty when nobody heard any. */
export const lastWordsOf = (browser: Browser | null | undefined): string => (browser && words.get(browser)) ?? "";
