import process from "node:process";
import { onDurableWrite } from "../../../core/record/durable.ts";
import { runBoard, smallRun } from "./board-run.ts";

/**
 * Runs the board and kills itself: `crash-child.ts RUNS_DIR KILL_AT [RUN]`. KILL_AT counts durable writes, each about
 * to be made; 0 never kills and prints how many there were.
 */
const [runsDir, killAt, resume] = process.argv.slice(2);
let writes = 0;
onDurableWrite(({ when }) => {
  if (when === "before" && ++writes === Number(killAt)) process.kill(process.pid, "SIGKILL");
});
const done = await runBoard(runsDir!, resume === undefined ? { sets: smallRun } : { resume });
console.log(JSON.stringify({ run: done.run, exit: done.exit, writes }));
