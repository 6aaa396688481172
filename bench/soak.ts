/**
 * A long run in Chromium at eight environments: what it holds must not grow. At each iteration's end stock is taken, after a
 * collection; the first fifth is the warm-up. What counts is the upper end of the slope's 95 % interval, for 10,000 steps.
 *
 *   npm run bench:soak [-- --steps 10000 --pipeline FILE --set KEY=VALUE]
 *
 * Floors for 10,000 steps: live objects < 10 MB, memory of the browsers < 100 MB, descriptors < 2, renderers < 1, temporary
 * files < 20 (Chromium's own caches of a profile); when it has ended: no browser, no temporary file.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { browserFolder, endBrowsers } from "../core/browser/temp-folder.ts";
import { loadPipeline } from "../core/config/load.ts";
import { runPipeline } from "../core/run/pipeline.ts";
import { HaloError } from "../core/util/errors.ts";
import { silentLog } from "../core/util/log.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { type Held, heldNow } from "./soak/processes.ts";
import { slopeOf } from "./soak/slope.ts";

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "10000" },
    pipeline: { type: "string", default: "pipelines/grpo-gomail.yaml" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const floors = { heapMb: 10, browsersMb: 100, descriptors: 2, renderers: 1, tempFiles: 20 } as const;
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const controller = new AbortController();
/** The first signal ends the run early; what was measured until then is summed up all the same. */
process.once("SIGTERM", () => controller.abort(new HaloError("HALO_TERMINATED", "stopped early")));
const runs = mkdtempSync(join(tmpdir(), "halo-soak-"));
const start = performance.now();
const taken: (Held & { readonly steps: number })[] = [];
let done;
try {
  const pipeline = await loadPipeline(values.pipeline, {
    env: process.env,
    cwd: packageRoot(),
    sets: [
      `runs_dir=${runs}`,
      "concurrency=8",
      "environment.options.pages=8",
      "trainer.options.replay=1",
      `stages=[{train: {env_steps: ${values.steps}, tasks_per_iteration: 4}}]`,
      ...values.set,
    ],
  });
  done = await runPipeline(pipeline, {
    log: silentLog,
    signal: controller.signal,
    packageRoot: packageRoot(),
    onEvent(event) {
      if (event.type !== "iteration") return;
      const held = heldNow({ tempFolder: browserFolder() ?? "", collect });
      taken.push({ steps: (taken.at(-1)?.steps ?? 0) + event.env_steps, ...held });
      console.log(line(taken.at(-1)!));
    },
  });
} finally {
  rmSync(runs, { recursive: true, force: true });
}
const { orphans } = await endBrowsers({ limitMs: 3_000 });
const after = heldNow({ tempFolder: browserFolder() ?? "", collect });
const steady = taken.filter(({ steps }) => steps >= 0.2 * done.env_steps);
let isFlat = true;
for (const [name, floor] of Object.entries(floors) as [keyof typeof floors, number][]) {
  const { per, low, high } = slopeOf(steady.map((held) => [held.steps, held[name]]), { scale: 10_000 });
  const ok = high < floor;
  isFlat &&= ok;
  console.log(
    `${ok ? "ok    " : "MISSED"} ${name.padEnd(12)} ${per.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}] ` +
      `in 10,000 steps (floor ${floor}); last ${steady.at(-1)?.[name].toFixed(1)}`,
  );
}
const isClean = orphans === 0 && after.renderers === 0 && after.tempFiles === 0;
const ok = done.exit === 0 && isFlat && isClean && done.env_steps >= Number(values.steps);
console.log(
  `${ok ? "ok" : "MISSED"} soak: ${done.env_steps} steps in ${((performance.now() - start) / 1000).toFixed(0)} s, ` +
    `exit ${done.exit}; orphans: ${orphans}, browsers ${after.renderers}, temporary files ${after.tempFiles}`,
);
process.exitCode = ok ? 0 : 1;

function line({ steps, heapMb, rssMb, browsersMb, descriptors, renderers, tempFiles }: (typeof taken)[number]): string {
  const mb = [heapMb, rssMb, browsersMb].map((value) => value.toFixed(0));
  return `${steps} steps: heap ${mb[0]} MB, rss ${mb[1]} MB, browsers ${mb[2]} MB, ` +
    `${descriptors} descriptors, ${renderers} renderers, ${tempFiles} temporary files`;
}
