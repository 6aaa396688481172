import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { onDurableWrite } from "../../../core/record/durable.ts";
import { playScenario } from "./crash-scenario.ts";

/**
 * Plays the scenario and kills itself at the k-th moment before or after a durable operation, counting both:
 * `crash-child.ts RUNS_DIR K`. K = 0 never kills and prints the number of moments.
 */
const [runsDir, killAt] = process.argv.slice(2);
let moments = 0;
onDurableWrite(({ what, when, path }) => {
  if (++moments !== Number(killAt)) return;
  // A crash inside an append leaves a part of the line.
  if (what === "append" && when === "before") writeFileSync(path, '{"half of a li', { flag: "a" });
  process.kill(process.pid, "SIGKILL");
});
await playScenario(runsDir!);
writeFileSync(join(runsDir!, "moments"), String(moments));
