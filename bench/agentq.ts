/**
 * Agent Q on GoMail in real Chromium: does search find what chance does not, does it teach, what is a critic worth, what
 * does it cost, does it repeat? Every row runs alone; rows with a bar decide about the exit status. Starts are what
 * pipelines/grpo-gomail-twelve.yaml learns from nothing, trained once a seed and kept in --starts.
 *
 *   node bench/agentq.ts [--rows find7,teach,…] [--seeds 1,2,3] [--starts FOLDER] [--set a.b=c …]
 *
 * Without a browser, to rehearse: --set "environment={ use: …/tests/plugins/sites/gomail/mailbox-environment.ts }"
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { costRow } from "./agentq/cost.ts";
import { criticsRow } from "./agentq/critics.ts";
import { findRow } from "./agentq/find.ts";
import { type BenchOptions, families } from "./agentq/play.ts";
import { repeatRow } from "./agentq/repeat.ts";
import { teachRow } from "./agentq/teach.ts";

/** Runs, prints, and returns what it missed. */
type Row = (name: string, o: BenchOptions) => Promise<readonly string[]>;

/** Rows without a bar show one seed. */
const first = (o: BenchOptions): BenchOptions => ({ ...o, seeds: o.seeds.slice(0, 1) });
const shown = (pipeline: string): Row => (name, o) =>
  teachRow(name, { ...first(o), pipeline, bar: false, searches: false });
const found = (templates: readonly string[]): Row => (name, o) => findRow(name, { ...first(o), templates, bar: false });

const rows: Readonly<Record<string, Row>> = {
  find7: (name, o) => findRow(name, { ...o, templates: families.seven, bar: true }),
  teach: (name, o) => teachRow(name, { ...o, pipeline: "agentq-gomail", bar: true, searches: true }),
  critics: criticsRow,
  cost: (name, o) => costRow(name, first(o)),
  repeat: repeatRow,
  // Without a bar: ablations, and other families.
  outcome: shown("agentq-outcome"),
  critic: shown("agentq-critic"),
  trajectory: shown("agentq-trajectory"),
  pure_dpo: shown("agentq-pure-dpo"),
  rft: shown("agentq-rft"),
  no_search: shown("agentq-no-search"),
  find6: found(families.six),
  find7_cc: found(families.seven_cc),
  find8: found(families.eight),
};

const { values: flags } = parseArgs({
  options: {
    rows: { type: "string", default: Object.keys(rows).join() },
    seeds: { type: "string", default: "1,2,3" },
    starts: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const asked = flags.rows.split(",");
const unknown = asked.find((name) => !(name in rows));
if (unknown) throw new Error(`unknown row "${unknown}", expected some of ${Object.keys(rows).join(", ")}`);
const starts = flags.starts ?? mkdtempSync(path.join(tmpdir(), "halo-starts-"));
const missed: string[] = [];
try {
  const o = { seeds: flags.seeds.split(",").map(Number), sets: flags.set, starts: path.resolve(starts) };
  for (const name of asked) missed.push(...await rows[name]!(name, o));
} finally {
  if (flags.starts === undefined) rmSync(starts, { recursive: true, force: true });
}
console.log(`${missed.length ? `MISSED ${missed.join("; ")}` : "ok"} agentq: ${asked.join(", ")}`);
process.exitCode = missed.length ? 1 : 0;
