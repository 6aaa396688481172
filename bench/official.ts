/**
 * The REAL tasks of every replica site that can be graded, by their own scripts and by our strict rules. Bar: each right run passes
 * both, the untouched page and a near miss (the right action on a wrong recipient or thing) pass neither, and wrong
 * work that a script is known to let pass does not pass our rule. So for the tasks of the first version that queries grade.
 *
 *   node bench/official.ts
 *
 * Needs the tasks on this machine: halo tasks fetch real.
 */
import process from "node:process";
import { unplayable } from "../plugins/real/catalogue.ts";
import { installed } from "../tests/plugins/real/installed.ts";
import { type Graders, openScripted, type Row, siteNames } from "../tests/plugins/real/verdicts.ts";

console.log("official/strict: + passes, - refuses");
console.log("task               right  untouched  near miss  what the script lets pass and our rule refuses");
const start = performance.now();
const signal = AbortSignal.timeout(600_000);
const counts = { tasks: 0, held: 0, loose: 0 };
for (const version of ["v2", "v1"] as const) for (const name of siteNames) await gradeAll(name, version);
if (process.exitCode === undefined) {
  const { tasks, held, loose } = counts;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `official graders: ${held} of ${tasks} tasks hold, ` +
      `${loose} scripts let wrong work pass that ours refuses, ${seconds} s; bar ${held === tasks ? "held" : "missed"}`,
  );
  if (held < tasks) process.exitCode = 1;
}

async function gradeAll(name: typeof siteNames[number], version: "v1" | "v2"): Promise<void> {
  const here = await installed(name, version);
  if ("missing" in here) {
    console.log(here.missing);
    process.exitCode = 3;
    return;
  }
  const site = await openScripted(name, version);
  for (const task of here.tasks.filter(({ id, isGradeable }) => isGradeable && !unplayable.has(id))) {
    counts.tasks++;
    if (!site.ids.includes(task.id)) {
      console.log(`${task.id.padEnd(18)} has no scripted run`);
      continue;
    }
    const row = await site.rowOf(task.id, { signal });
    if (holds(row)) counts.held++;
    if (row.loose.length > 0) counts.loose++;
    const [right, untouched, near] = [row.right, row.untouched, row.near].map(signs);
    const notes = row.loose.map((one) => `${signs(one)} ${one.how}`);
    console.log(`${row.id.padEnd(18)} ${right}    ${untouched}        ${near}        ${notes.join("; ")}`.trimEnd());
  }
}

function signs({ official, strict }: Graders): string {
  return `${official ? "+" : "-"}/${strict ? "+" : "-"}`;
}

function holds(row: Row): boolean {
  const refused = [row.untouched, row.near].every((one) => !one.official && !one.strict);
  return row.right.official && row.right.strict && refused && row.loose.every((one) => !one.strict);
}
