/**
 * The 21 REAL tasks of the mail site, graded by their own scripts and by our strict rules. Bar: each right run passes
 * both, the untouched mailbox and a near miss (the right action on a wrong recipient or mail) pass neither, and wrong
 * work that a script is known to let pass does not pass our rule.
 *
 *   node bench/official.ts
 *
 * Needs the tasks on this machine: halo tasks fetch real.
 */
import process from "node:process";
import { runs } from "../tests/plugins/real/gomail-runs.ts";
import { installed } from "../tests/plugins/real/installed.ts";
import { type Graders, type Row, rowOf } from "../tests/plugins/real/verdicts.ts";

const here = await installed();
if ("missing" in here) {
  console.log(here.missing);
  process.exitCode = 3;
} else {
  const start = performance.now();
  const signal = AbortSignal.timeout(300_000);
  const rows: Row[] = [];
  console.log("official/strict: + passes, - refuses");
  console.log("task          right  untouched  near miss  what the script lets pass and our rule refuses");
  for (const task of here.tasks) {
    const run = runs[task.id];
    if (run === undefined) continue;
    const row = await rowOf(task, run, { ...here, signal });
    rows.push(row);
    const [right, untouched, near] = [row.right, row.untouched, row.near].map(signs);
    const notes = row.loose.map((one) => `${signs(one)} ${one.how}`);
    console.log(`${row.id.padEnd(13)} ${right}    ${untouched}        ${near}        ${notes.join("; ")}`.trimEnd());
  }
  const missed = here.tasks.map((task) => task.id).filter((id) => !holds(rows.find((row) => row.id === id)));
  const loose = rows.filter((row) => row.loose.length > 0).length;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const bar = missed.length === 0 ? "held" : `missed by ${missed.join(", ")}`;
  console.log(
    `official graders: ${here.tasks.length - missed.length} of ${here.tasks.length} tasks hold, ` +
      `${loose} scripts let wrong work pass that ours refuses, ${seconds} s; bar ${bar}`,
  );
  if (missed.length > 0) process.exitCode = 1;
}

function signs({ official, strict }: Graders): string {
  return `${official ? "+" : "-"}/${strict ? "+" : "-"}`;
}

function holds(row: Row | undefined): boolean {
  if (row === undefined) return false;
  const refused = [row.untouched, row.near].every((one) => !one.official && !one.strict);
  return row.right.official && row.right.strict && refused && row.loose.every((one) => !one.strict);
}
