import { launchBrowser } from "../../core/browser/launch.ts";
import type { Took } from "./measure-view.ts";

/**
 * What a page of the viewer takes in a browser until `selector` is drawn: by the clock, the server's answer included, and of
 * the page's own main thread (script, style, layout, paint), which another process cannot make longer.
 */
export async function measurePage(
  url: string,
  { hash, selector }: { readonly hash: string; readonly selector: string },
) {
  const browser = await launchBrowser({ hosts: { "127.0.0.1": "127.0.0.1" } });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    await page.waitForSelector("main > :not(.waiting)");
    const tools = await page.context().newCDPSession(page);
    await tools.send("Performance.enable", { timeDomain: "threadTicks" });
    const spent = async () => {
      const { metrics } = await tools.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")!.value * 1000;
    };
    const [start, before] = [performance.now(), await spent()];
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.waitForSelector(selector, { timeout: 120_000 });
    // Two frames: the first is drawn when the second begins.
    await page.evaluate(() =>
      new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
    );
    const took: Took = { clockMs: performance.now() - start, cpuMs: await spent() - before };
    return took;
  } finally {
    await browser.close();
  }
}
