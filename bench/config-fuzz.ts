/**
 * Mutates the pipelines that halo ships and checks each of them: `halo check` must end with 0 or 2, name a place in a file for
 * every finding, and take less than two seconds.
 *
 *   npm run bench:config-fuzz [-- --cases 1000 --seed 1]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { packageRoot } from "../core/util/package-root.ts";
import { keyedRng } from "../core/stats/rng.ts";
import { capture } from "../tests/core/cli/capture.ts";
import { mutated } from "./config-fuzz/mutated.ts";

const { values } = parseArgs({
  options: { cases: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const limitMs = 2_000;
const folder = join(packageRoot(), "pipelines");
const sources = readdirSync(folder).filter((name) => name.endsWith(".yaml")).map((name) =>
  readFileSync(join(folder, name), "utf8")
);
const work = mkdtempSync(join(folder, ".fuzz-"));
const exits = new Map<number, number>();
let slowestMs = 0;
let wrong = 0;
try {
  for (let i = 0; i < Number(values.cases); i++) {
    const rng = keyedRng("config-fuzz", Number(values.seed), i);
    const text = mutated(sources[i % sources.length]!, rng);
    const file = join(work, `${i}.yaml`);
    writeFileSync(file, text);
    const start = performance.now();
    const { exit, err } = await capture(["check", file]).catch((e: unknown) => ({ exit: -1, err: String(e) }));
    const ms = performance.now() - start;
    slowestMs = Math.max(slowestMs, ms);
    exits.set(exit, (exits.get(exit) ?? 0) + 1);
    const isLocated = exit === 0 || /^error HALO_\w+ {2}\S.*:\d+:\d+$/m.test(err);
    if ((exit === 0 || exit === 2) && isLocated && ms < limitMs) continue;
    wrong++;
    console.log(`case ${i}: exit ${exit}, ${ms.toFixed(0)} ms\n${err.slice(0, 600)}\n---\n${text}\n`);
  }
} finally {
  rmSync(work, { recursive: true });
}
console.log(
  `${values.cases} mutated pipelines: ${[...exits].sort().map(([exit, n]) => `${n} end with ${exit}`).join(", ")}; ` +
    `slowest ${slowestMs.toFixed(0)} ms; wrong: ${wrong}`,
);
process.exitCode = wrong === 0 ? 0 : 1;
