import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { onDurableWrite } from "../../../core/record/durable.ts";
import { copyAsLeft } from "./copy-as-left.ts";
import { playScenario } from "./crash-scenario.ts";

/**
 * Plays the scenario in RUNS_DIR, counting the moments before and after every durable operation: `crash-child.ts RUNS_DIR K`
 * kills itself at the K-th of them; `crash-child.ts RUNS_DIR 0 COPIES` keeps in COPIES/K what a kill there would leave, and
 * writes the number of moments to COPIES/moments.
 */
const [runsDir, killAt, copies] = process.argv.slice(2) as [string, string, string | undefined];
let moments = 0;
onDurableWrite(({ what, when, path }) => {
  moments++;
  if (copies === undefined && moments !== Number(killAt)) return;
  const left = copies === undefined ? runsDir : join(copies, String(moments));
  if (copies !== undefined) copyAsLeft(runsDir, left);
  // A crash inside an append leaves a part of the line.
  if (what === "append" && when === "before") {
    writeFileSync(join(left, relative(runsDir, path)), '{"half of a li', { flag: "a" });
  }
  if (copies === undefined) process.kill(process.pid, "SIGKILL");
});
await playScenario(runsDir);
if (copies !== undefined) writeFileSync(join(copies, "moments"), String(moments));
