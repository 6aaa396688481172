import { access } from "node:fs/promises";
import { chromium } from "playwright-core";
import type { Page } from "playwright-core";
import { partActs } from "../../../../core/site.ts";
import site from "../../../../plugins/sites/gomail/site.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import type { GoMailState, Setup } from "../../../../plugins/sites/gomail/state/state.ts";
import type { TestContext } from "../../../harness.ts";

/** What the page offers to the environment. */
export interface Hook {
  snapshot(): string;
  restore(state: string): void;
  pending(): number;
}

const paths = [
  "/usr/lib/chromium/chromium-headless-shell",
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
];

/** The mail page in a real browser at 1280×720, at the start state of a setup. */
export async function openPage(t: Pick<TestContext, "use">, setup: Setup = { mails: [] }): Promise<Page> {
  const found = await Promise.all(paths.map((path) => access(path).then(() => path, () => undefined)));
  const executablePath = found.find((path) => path !== undefined);
  const browser = t.use(
    await chromium.launch({
      args: ["--no-sandbox", "--disable-partial-raster"],
      ...(executablePath !== undefined && { executablePath }),
    }),
  );
  const assets = await (await site.create({}, {})).assets();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: "en-US" });
  const page = await context.newPage();
  await context.route("**", (route) => {
    const asset = assets.get(new URL(route.request().url()).pathname.replace(/^\/+/, "/"));
    if (asset === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: asset.type, body: Buffer.from(asset.body) });
  });
  page.setDefaultTimeout(5_000);
  await page.goto("http://gomail.halo.test/");
  await restore(page, JSON.stringify(initialState(setup)));
  return page;
}

/** The whole state as canonical JSON. */
export function snapshot(page: Page): Promise<string> {
  return page.evaluate(() => (globalThis as unknown as { readonly __halo: Hook }).__halo.snapshot());
}

/** Shows a state. */
export function restore(page: Page, state: string): Promise<void> {
  return page.evaluate((text) => (globalThis as unknown as { readonly __halo: Hook }).__halo.restore(text), state);
}

/** The state as a value. */
export async function stateOf(page: Page): Promise<GoMailState> {
  return partActs(JSON.parse(await snapshot(page)) as GoMailState).state;
}
