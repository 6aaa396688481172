/**
 * Runs at eight environments that are killed (SIGKILL) at random moments, a third of them once more while they are resumed, and
 * then go on to their end: all that the run folder says must be bit-equal to that of a run nobody killed, and nothing of the
 * killed processes' browsers may be left.
 *
 *   npm run bench:kills [-- --kills 100 --seed 1]                  without a browser: tests/board
 *   npm run bench:kills -- --browser --kills 12                    in Chromium: pipelines/smoke.yaml
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { keyedRng } from "halo-agent/kit";
import { leftByDead } from "../core/browser/temp-folder.ts";
import { differences, recordOf } from "./damage/record-of.ts";
import { attempt, runIn, type Work } from "./kills/attempt.ts";

const { values } = parseArgs({
  options: {
    browser: { type: "boolean", default: false },
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
  },
});
const kinds = {
  board: {
    pipeline: "tests/board/pipeline.yaml",
    sets: ["environment.options.capacity=8", "stages.1.train.tasks_per_iteration=8"],
  },
  browser: {
    pipeline: "pipelines/smoke.yaml",
    sets: ["environment.options.pages=8", "stages.1.train.tasks_per_iteration=4", "stages.1.train.iterations=2"],
  },
} as const;
const { pipeline, sets } = kinds[values.browser ? "browser" : "board"];
const child = fileURLToPath(new URL("kills/child.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "halo-kills-"));
const rng = keyedRng("kills", Number(values.seed));
const workIn = (name: string): Work => {
  const runs = join(folder, name);
  mkdirSync(runs);
  return { pipeline, runs, sets: ["concurrency=8", ...sets] };
};

/** A process that makes one attempt; it is killed `killAfterMs` after it has begun its run. */
async function attemptIn(work: Work, { killAfterMs }: { readonly killAfterMs?: number } = {}) {
  const running = spawn(process.execPath, [child, JSON.stringify(work)], { stdio: ["ignore", "pipe", "inherit"] });
  let [out, launchedAt, timer] = ["", 0, undefined as NodeJS.Timeout | undefined];
  running.stdout.on("data", (chunk) => {
    out += chunk;
    if (launchedAt > 0 || !out.includes("launched")) return;
    launchedAt = performance.now();
    if (killAfterMs !== undefined) timer = setTimeout(() => running.kill("SIGKILL"), killAfterMs);
  });
  const limit = setTimeout(() => running.kill("SIGTERM"), 600_000);
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    running.once("error", reject);
    running.once("close", (_, by) => resolve(by));
  });
  for (const t of [timer, limit]) clearTimeout(t);
  return { isKilled: signal === "SIGKILL", ms: performance.now() - launchedAt, last: out.trim().split("\n").at(-1)! };
}

let [killed, again, differing, runs] = [0, 0, 0, 0];
try {
  const first = workIn("whole");
  let { ms } = await attemptIn(first);
  const whole = await recordOf(runIn(first.runs)!);
  while (killed < Number(values.kills)) {
    const work = workIn(String(runs++));
    const once = await attemptIn(work, { killAfterMs: rng.next() * ms });
    // It was quicker than the one before, which tells how long one takes now.
    if (!once.isKilled) ms = Math.max(1, once.ms);
    else {
      killed++;
      if (rng.next() < 1 / 3) {
        const twice = await attemptIn(work, { killAfterMs: rng.next() * ms * 0.7 });
        if (twice.isKilled) again++;
      }
      const { exit } = values.browser ? JSON.parse((await attemptIn(work)).last) : await attempt(work);
      const differs = differences(whole, await recordOf(runIn(work.runs)!));
      if (exit !== 0 || differs.length > 0) {
        differing++;
        console.log(`run ${runs}: exit ${exit}, differs in ${differs.join(", ") || "nothing"}`);
      }
      if (killed % 10 === 0) console.log(`${killed} killed, ${again} of them twice, ${differing} differ`);
    }
    rmSync(work.runs, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const left = leftByDead();
const ok = differing === 0 && left.folders === 0 && left.processes === 0;
console.log(
  `${ok ? "ok" : "MISSED"} kills ${values.browser ? "in Chromium" : "without a browser"}: ${killed} killed, ` +
    `${again} of them twice, ${differing} differ; left behind: ${left.folders} folders, ${left.processes} processes`,
);
process.exitCode = ok ? 0 : 1;
