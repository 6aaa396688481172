/**
 * agisdk's own harness beside halo's own loop, on ten mail tasks of REAL that are played by script: right work, wrong work, ends
 * without work, outputs that cannot be read. Bar: on every task both loops give the same verdict, and at every step they see the
 * same page (equal `stateKey`) and do the same.
 *
 *   node bench/agisdk.ts [PYTHON]     # a Python that has agisdk 0.3.5; default: what `halo agisdk --install` makes
 *
 * The banner that the harness's settings open is closed by --config removePopup=true, as it is in halo's own loop. Not in CI:
 * it takes 0.7 GB of packages and some minutes. Reaches no network.
 */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cli } from "../core/cli/cli.ts";
import { processIo } from "../core/cli/io.ts";

const [python] = process.argv.slice(2);
const results = await mkdtemp(join(tmpdir(), "halo-agisdk-"));
const start = performance.now();
process.exitCode = await cli([
  "agisdk",
  fileURLToPath(new URL("agisdk/pipeline.yaml", import.meta.url)),
  ...["--config", "removePopup=true", "--results", results],
  ...(python === undefined ? [] : ["--python", python]),
], processIo(AbortSignal.timeout(3_600_000)));
const bar = process.exitCode === 0 ? "held" : process.exitCode === 5 ? "missed" : "not measured";
console.log(`agisdk: ${((performance.now() - start) / 1000).toFixed(0)} s; bar ${bar}`);
