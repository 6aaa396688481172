/**
 * agisdk's own harness beside halo's own loop, on mail tasks of REAL: played by script (right work, wrong work, ends without work,
 * outputs that cannot be read), or by a trained adapter. Bar: on every task both loops give the same verdict, at every step they
 * see the same page (equal `stateKey`) and do the same, and the graders of both get the same report, history and configuration too.
 *
 *   node bench/agisdk.ts [--python PYTHON]                # ten scripts; a Python that has agisdk 0.3.5, by default what
 *                                                         # `halo agisdk --install` makes
 *   node bench/agisdk.ts --adapter FOLDER [--limit N]     # an adapter of the linear policy on the first N easy tasks, default 14
 *
 * The banner stands open in both loops, as on the official page. Not in CI: it takes 0.7 GB of packages and some minutes.
 * Reaches no network.
 */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cli } from "../core/cli/cli.ts";
import { processIo } from "../core/cli/io.ts";

const { values: { python, adapter, limit = "14" } } = parseArgs({
  options: { python: { type: "string" }, adapter: { type: "string" }, limit: { type: "string" } },
});
const results = await mkdtemp(join(tmpdir(), "halo-agisdk-"));
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const played = adapter === undefined ? [at("agisdk/pipeline.yaml")] : [
  at("../pipelines/eval-real-gomail.yaml"),
  ...["--set", `policy.options.adapter=${resolve(adapter)}`],
  ...["--set", "tasks.options.list=easy", "--limit", limit],
];
const start = performance.now();
process.exitCode = await cli([
  "agisdk",
  ...played,
  ...["--results", results],
  ...(python === undefined ? [] : ["--python", python]),
], processIo(AbortSignal.timeout(7_200_000)));
const bar = process.exitCode === 0 ? "held" : process.exitCode === 5 ? "missed" : "not measured";
console.log(`agisdk: ${((performance.now() - start) / 1000).toFixed(0)} s; bar ${bar}`);
