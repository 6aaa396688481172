/**
 * The REAL tasks of the mail site under their hosted name: our replica by TLS, `environment: real`, the report read from `/finish` and
 * given to the official script as it is written. Bar: every right run, near miss, untouched page and known wrong work gets the
 * verdict that it gets on the replica, and no other host is asked for anything.
 *
 *   node bench/hosted.ts [TASK…]
 *
 * Needs the tasks on this machine: halo tasks fetch real. Reaches no network.
 */
import process from "node:process";
import site from "../plugins/sites/gomail/site.ts";
import { hostedOn, hostedSuccess, hostedTasks, runsOf } from "../tests/plugins/real/hosted-runs.ts";
import { mailHost, serveHosted } from "../tests/plugins/real/hosted-stand-in.ts";
import { type Installed, installed } from "../tests/plugins/real/installed.ts";
import { type Graders, openScripted, type Row } from "../tests/plugins/real/verdicts.ts";

const here = await installed();
if ("missing" in here) {
  console.log(here.missing);
  process.exitCode = 3;
} else await gradeAll(here);

async function gradeAll({ tasks: all }: Exclude<Installed, { readonly missing: string }>): Promise<void> {
  const start = performance.now();
  const signal = AbortSignal.timeout(1_800_000);
  const standIn = await serveHosted(await site.create({}, {}));
  const patience = { openMs: 30_000, finishMs: 30_000, reportMs: 30_000, attempts: 3, pauseMs: 100 };
  const environment = hostedOn(standIn, { mode: "training", patience });
  const [replica, tasks] = [await openScripted("gomail"), await hostedTasks()];
  let [equal, graded] = [0, 0];
  try {
    const named = process.argv.slice(2);
    for (const task of all.filter(({ id, isGradeable }) => isGradeable && (named.length === 0 || named.includes(id)))) {
      const signs: string[] = [];
      const row = await replica.rowOf(task.id, { signal });
      for (const [how, state] of runsOf(task.id)) {
        const { official: success } = verdictOf(row, how);
        const hosted = await hostedSuccess({ standIn, environment, tasks, id: task.id, state, signal });
        graded++;
        if (hosted === success) equal++;
        signs.push(`${how} ${success ? "+" : "-"}${hosted === success ? "" : " NOT EQUAL"}`);
      }
      console.log(`${task.id.padEnd(14)} ${signs.join("; ")}`);
    }
  } finally {
    await environment.close();
    await standIn.close();
  }
  const others = standIn.asked.filter((one) => !one.startsWith(`${mailHost} `)).length;
  const isHeld = equal === graded && others === 0;
  console.log(
    `hosted: ${equal} of ${graded} verdicts equal to the replica's, ${others} requests to other hosts, ` +
      `${((performance.now() - start) / 1000).toFixed(1)} s; bar ${isHeld ? "held" : "missed"}`,
  );
  if (!isHeld) process.exitCode = 1;
}

/** What the graders on the replica say of a run. */
function verdictOf(row: Row, how: string): Graders {
  if (how === "right" || how === "near" || how === "untouched") return row[how];
  return row.loose.find((one) => one.how === how)!;
}
