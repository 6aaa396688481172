import { join } from "node:path";
import process from "node:process";
import { onDurableWrite } from "../../../core/record/durable.ts";
import { copyAsLeft } from "../record/copy-as-left.ts";
import { runBoard, smallRun } from "./board-run.ts";

/**
 * Runs the board, counting durable writes, each about to be made: `crash-child.ts RUNS_DIR K` kills itself at the K-th of
 * them; `crash-child.ts RUNS_DIR 0 [COPIES]` prints how many there were, and keeps in COPIES/K what a kill there would leave.
 */
const [runsDir, killAt, copies] = process.argv.slice(2) as [string, string, string | undefined];
let writes = 0;
onDurableWrite(({ when }) => {
  if (when !== "before") return;
  writes++;
  if (writes === Number(killAt)) process.kill(process.pid, "SIGKILL");
  if (copies !== undefined) copyAsLeft(runsDir, join(copies, String(writes)));
});
const done = await runBoard(runsDir, { sets: smallRun });
console.log(JSON.stringify({ run: done.run, exit: done.exit, writes }));
