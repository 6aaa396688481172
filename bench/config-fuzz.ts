/**
 * Mutates the pipelines that halo ships and checks each of them: `halo check` must end with 0 or 2, name a place in a file for
 * every finding, and take less than two seconds of this process.
 *
 *   npm run bench:config-fuzz [-- --cases 1000 --seed 1]
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
const names = readdirSync(folder).filter((name) => /^[^.].*\.yaml$/.test(name));
/** Those that are sound on this machine: some start from an adapter that has to be trained first. */
const sources: string[] = [];
for (const name of names) {
  const path = join(folder, name);
  if ((await capture(["check", path])).exit === 0) sources.push(readFileSync(path, "utf8"));
}
/** Beside the pipelines, since they name others by relative paths. */
const file = join(folder, `.fuzz-${process.pid}.yaml`);
const exits = new Map<number, number>();
let slowestMs = 0;
let wrong = 0;
try {
  for (let i = 0; i < Number(values.cases); i++) {
    const rng = keyedRng("config-fuzz", Number(values.seed), i);
    const text = mutated(sources[i % sources.length]!, rng);
    writeFileSync(file, text);
    const before = process.cpuUsage();
    const { exit, err } = await capture(["check", file]).catch((e: unknown) => ({ exit: -1, err: String(e) }));
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, ms);
    exits.set(exit, (exits.get(exit) ?? 0) + 1);
    const isLocated = exit === 0 || /^error HALO_\w+ {2}\S.*:\d+:\d+$/m.test(err);
    if ((exit === 0 || exit === 2) && isLocated && ms < limitMs) continue;
    wrong++;
    console.log(`case ${i}: exit ${exit}, ${ms.toFixed(0)} ms\n${err.slice(0, 600)}\n---\n${text}\n`);
  }
} finally {
  rmSync(file, { force: true });
}
console.log(
  `${values.cases} mutated pipelines: ${[...exits].sort().map(([exit, n]) => `${n} end with ${exit}`).join(", ")}; ` +
    `slowest ${slowestMs.toFixed(0)} ms; wrong: ${wrong}`,
);
process.exitCode = wrong === 0 ? 0 : 1;
