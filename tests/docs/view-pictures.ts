/**
 * Makes the pictures of docs/view.md from runs on this machine:
 *
 *   node tests/docs/view-pictures.ts RUNS_DIR TRAINED_RUN TREE_RUN
 *
 * TRAINED_RUN is a run of pipelines/grpo-gomail.yaml, TREE_RUN one with search trees.
 */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { launchBrowser } from "../../core/browser/launch.ts";
import { Pictures } from "../../core/cli/pictures.ts";
import { silentLog } from "../../core/util/log.ts";
import { KnownRuns } from "../../core/view/known-runs.ts";
import { serveView } from "../../core/view/server.ts";

const [runsDir, run, tree] = process.argv.slice(2) as [string, string, string];
const link = (...parts: readonly string[]) => `#/${parts.map(encodeURIComponent).join("/")}`;
const signal = AbortSignal.timeout(600_000);

/** Address, colours and height of each picture. */
const pictures: Readonly<Record<string, readonly [hash: string, theme: "light" | "dark", heightPx: number]>> = {
  "view-runs": ["#/", "light", 420],
  "view-run": [link("run", run, "iteration", "6"), "light", 900],
  "view-group": [link("run", run, "group", "i6.s0.1"), "light", 760],
  "view-episode": [link("run", run, "episode", "before/gomail/label/eval/1@123#0", "1"), "light", 820],
  "view-compare": [link("compare", `${run}:before`, `${run}:after`, "gomail/label/eval/1@123"), "dark", 760],
  "view-tasks": [link("run", run, "tasks"), "light", 640],
  "view-tree": [link("run", tree, "tree", "i1.s0.0"), "dark", 700],
};

const maker = new Pictures({ io: { log: silentLog, env: {}, signal } });
const view = await serveView({ runs: new KnownRuns(runsDir), picture: maker.make });
const browser = await launchBrowser({ hosts: { "127.0.0.1": "127.0.0.1" } });
try {
  for (const [name, [hash, theme, height]] of Object.entries(pictures)) {
    const page = await browser.newPage({ viewport: { width: 1280, height }, colorScheme: theme });
    await page.goto(view.url + hash);
    await shown(page);
    writeFileSync(fileURLToPath(new URL(`../../docs/img/${name}.png`, import.meta.url)), await page.screenshot());
    await page.close();
  }
} finally {
  await browser.close();
  await view.close();
  await maker.close();
}

/** Waits until every picture in sight is there. */
async function shown(page: Page): Promise<void> {
  await page.waitForSelector("main > :not(.waiting)");
  await page.waitForFunction(
    () =>
      document.querySelector(".loading, .waiting") === null &&
      [...document.images].every((i) => {
        const { top, left } = i.getBoundingClientRect();
        return top >= innerHeight || left >= innerWidth || i.complete && i.naturalWidth > 0;
      }),
    undefined,
    { timeout: 60_000 },
  );
}
