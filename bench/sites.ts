/**
 * What the linear policy learns of each site from nothing: twelve families of 1 to 5 steps, evaluated greedily on values
 * that training never saw. A row that was stopped goes on where it was; a row that ended is read from its file.
 *
 *   node bench/sites.ts [--site omnizon,zilloft] [--seeds 1,2,3] [--control] [--four] [--transfer] [--out DIR]
 *                       [--minutes 8] [--rehearse] [--set a.b=c …]
 *
 * --control   rewards permuted within each group: what is left is chance        --four   one policy for all four sites
 * --transfer  trained on the other three sites: how it starts on this one       --minutes  stop after so many; call again
 * --rehearse  without a browser, to try settings in a fraction of the time: proves nothing, and keeps its runs apart
 */
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { fourRow, rehearsed, type SiteName, siteNames, type SiteRow, siteRow, transferRows } from "./sites/rows.ts";
import { partSignal, runRow } from "./sites/run-row.ts";
import { lineOf, missedBars, type Outcome } from "./sites/table.ts";

const { values: flags } = parseArgs({
  options: {
    site: { type: "string", default: siteNames.join() },
    seeds: { type: "string", default: "1,2,3" },
    control: { type: "boolean", default: false },
    four: { type: "boolean", default: false },
    transfer: { type: "boolean", default: false },
    out: { type: "string" },
    minutes: { type: "string" },
    rehearse: { type: "boolean", default: false },
    set: { type: "string", multiple: true, default: [] },
  },
});
const named = flags.site.split(",");
const unknown = named.find((name) => !(siteNames as readonly string[]).includes(name));
if (unknown) throw new Error(`unknown site "${unknown}", expected some of ${siteNames.join(", ")}`);
const rows: readonly SiteRow[] = flags.four
  ? [fourRow]
  : (named as SiteName[]).flatMap((site) => flags.transfer ? transferRows(site) : [siteRow(site, flags)]);

const out = path.resolve(flags.out ?? (flags.rehearse ? "runs/bench-sites-rehearsed" : "runs/bench-sites"));

const signal = partSignal(flags.minutes);

const outcomes: Outcome[] = [];
const left: string[] = [];
for (const row of flags.rehearse ? rows.map(rehearsed) : rows) {
  for (const seed of flags.seeds.split(",").map(Number)) {
    const done = await runRow(row, { seed, out, sets: flags.set, signal });
    if (done === undefined) {
      left.push(`${row.name}-${seed}`);
      continue;
    }
    outcomes.push({ row: row.name, seed, done });
    console.log(lineOf({ row: row.name, seed, done }));
  }
}
const missed = flags.transfer ? [] : missedBars(outcomes, { isControl: flags.control });
if (left.length > 0) console.log(`not ended yet, call again: ${left.join(", ")}`);
console.log(missed.length > 0 ? `MISSED ${missed.join("; ")}` : `ok ${outcomes.length} rows`);
process.exitCode = missed.length > 0 || left.length > 0 ? 1 : 0;
