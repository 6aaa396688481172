// runtime: node
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fontSetUps } from "../../../core/suite/looks.ts";
import { openSite } from "../../../core/suite/site-pages.ts";
import { launchBrowser } from "../../../core/browser/launch.ts";
import { fontScript } from "../../../core/site/font.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { twoViews, visitAt } from "./two-views/site.ts";

const test = suite("site/box-font");

/** Runs under each of the suite's font set-ups, after the machine's own. */
async function underEach<R>(t: TestContext, run: () => Promise<R>): Promise<readonly (readonly [string, R])[]> {
  const folder = mkdtempSync(join(tmpdir(), "halo-fonts-"));
  const before = process.env["FONTCONFIG_FILE"];
  const results: (readonly [string, R])[] = [["the machine's own fonts", await run()]];
  try {
    for (const [name, file] of Object.entries(fontSetUps(folder))) {
      process.env["FONTCONFIG_FILE"] = file;
      results.push([name, await run()]);
    }
  } finally {
    if (before === undefined) delete process.env["FONTCONFIG_FILE"];
    else process.env["FONTCONFIG_FILE"] = before;
    t.defer(() => rmSync(folder, { recursive: true }));
  }
  return results;
}

test("characters outside of the site's font have the same pixels whatever fonts the machine has", async (t) => {
  const shown = await underEach(t, async () => {
    const pages = await openSite(twoViews);
    try {
      const episode = await pages.open(visitAt("/"), t);
      const { elements } = await episode.observe({ need: {}, ...t });
      const { observation } = await episode.step({ action: "click", el: elements[0]!.id }, {
        need: { screenshot: true },
        ...t,
      });
      return observation.screenshot?.sha256;
    } finally {
      await pages.close();
    }
  });
  assert.match(shown[0]![1]!, /^[0-9a-f]{64}$/);
  for (const [name, pixels] of shown) assert.is(pixels, shown[0]![1], name);
}, { timeoutMs: 60_000 });

test("a character outside of the site's font is a box 0.6 em wide, a joiner takes no room, a Latin letter is neither", async (t) => {
  const browser = t.use(await launchBrowser({ hosts: {} }));
  const page = await browser.newPage();
  await page.setContent(`<body style="font: 100px Site, Any"></body>`);
  await page.addScriptTag({ content: await fontScript("@fontsource-variable/arimo", new URL(import.meta.url)) });
  const widths = await page.evaluate((texts) =>
    texts.map((text) => {
      const span = document.createElement("span");
      span.textContent = text;
      document.body.append(span);
      return Math.round(span.getBoundingClientRect().width);
    }), ["東", "東京", "😀", "東\u200d", "東\ufe0f", "i", "W"]);
  assert.equal(widths.slice(0, 5), [60, 120, 60, 60, 60]);
  assert.ok(widths[5]! < 30 && widths[6]! > 80, `i ${widths[5]}, W ${widths[6]}`);
});
