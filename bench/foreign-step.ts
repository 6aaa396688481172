/**
 * The same twenty scripted steps on a MiniWoB++ page and on a page of a React app (development build: controlled fields,
 * transitions over a slow tree, a portal, effects that update after a timeout). Bar: each next observation shows the final state,
 * in 100 of 100 runs on each page, also with 8 busy processes beside.
 *
 *   node bench/foreign-step.ts [--runs 100] [--busy 8] [--pages 4] [--only react|miniwob]
 *
 * Needs the MiniWoB++ pages on this machine: halo tasks fetch miniwob. The busy processes are started and ended here.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import type { Task } from "../core/mod.ts";
import { createPlugin } from "../core/testing.ts";
import { mapLimited } from "../core/util/limit.ts";
import miniwob from "../plugins/miniwob/environment.ts";
import { keepBusy } from "./foreign/busy.ts";
import { reactPage, reactTask } from "./foreign/react-page.ts";
import { play, reactTells, script, type Stage } from "./foreign/steps.ts";

const { values: flags } = parseArgs({
  options: {
    runs: { type: "string", default: "100" },
    busy: { type: "string", default: "8" },
    pages: { type: "string", default: "4" },
    only: { type: "string" },
  },
});
const runs = Number(flags.runs);
const pages = Number(flags.pages);
const signal = AbortSignal.timeout(3_600_000);

const name = "form-sequence-2";
const wobTask: Task = {
  ...reactTask,
  id: name,
  key: name,
  goal: { id: name, text: "", startUrl: `/miniwob/${name}.html`, maxSteps: script.length + 1 },
  site: "miniwob",
  template: name,
  params: { name, seed: 1, mode: "train" },
};

const stages: readonly Stage[] = [
  ...flags.only === "react" ? [] : [{
    name: "miniwob",
    environment: await createPlugin(miniwob, { pages, forking: "none" }),
    task: wobTask,
    tells: () => ["Submit"],
  }],
  ...flags.only === "miniwob"
    ? []
    : [{ name: "react", environment: await reactPage({ pages }), task: reactTask, tells: reactTells }],
];
let missed = 0;
try {
  for (const busy of new Set([0, Number(flags.busy)])) {
    const beside = keepBusy(busy);
    try {
      for (const stage of stages) missed += await measure(stage, busy);
    } finally {
      beside.end();
    }
  }
} finally {
  await Promise.all(stages.map(({ environment }) => environment.close()));
}
console.log(missed === 0 ? "ok: every run shows every step" : `MISSED: ${missed} runs`);
process.exitCode = missed === 0 ? 0 : 1;

/** How many runs missed a step. */
async function measure(stage: Stage, busy: number): Promise<number> {
  const start = performance.now();
  const once = () => play(stage, { signal }).catch((e: unknown) => String(e));
  const ends = await mapLimited(Array.from({ length: runs }), pages, once);
  const problems = ends.filter((problem) => problem !== "");
  const stepMs = (performance.now() - start) * pages / (runs * script.length);
  const good = `${runs - problems.length} of ${runs} runs of ${script.length} steps`;
  console.log(
    `${stage.name}, ${busy} busy processes beside: ${good}, ${stepMs.toFixed(0)} ms a step with ${pages} at once`,
  );
  for (const problem of problems.slice(0, 5)) console.log(`  ${problem}`);
  return problems.length;
}
