import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { packageRoot } from "../../core/util/package-root.ts";
import { find, foundLine, ways } from "./find.ts";
import { type BenchOptions, families } from "./play.ts";

/** How many times as much a fork by replay costs at depth 10. */
const bar = 5;

/** What a success costs on each family, and native forks against replay (bench/fork.ts, in Chromium). */
export async function costRow(name: string, o: BenchOptions): Promise<readonly string[]> {
  for (const family of ["six", "seven"] as const) {
    const one = await find(ways["puct"]!, { ...o, templates: families[family], more: ["critic={ use: prior }"] });
    console.log(`${name.padEnd(10)} ${family.padEnd(8)} ${foundLine(one, o)}`);
  }
  const { stdout } = spawnSync(process.execPath, [path.join(packageRoot(), "bench/fork.ts")], {
    encoding: "utf8",
    timeout: 600_000,
  });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  const times = Number(/([\d.]+) times as much/.exec(last)?.[1]);
  console.log(`${name.padEnd(10)} ${last}`);
  return times >= bar ? [] : [`${name}: replay costs ${times} times a native fork, bar ${bar}`];
}
