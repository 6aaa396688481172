/**
 * What paying recorded steps by other rewards costs: a synthetic run of 10,000 steps in less than 10 s of processor time,
 * the command's start aside.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { cli } from "../core/cli/cli.ts";
import { processIo } from "../core/cli/io.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { writeSyntheticRun } from "./view/synthetic-run.ts";

const folder = mkdtempSync(path.join(tmpdir(), "halo-rescore-"));
try {
  const run = await writeSyntheticRun(folder, { steps: 10_000 });
  const rewards = path.join(folder, "rewards.yaml");
  const board = path.join(packageRoot(), "tests/board/reward.ts");
  writeFileSync(rewards, `rewards: [{ use: ${board} }, { use: shaping, options: { preset: field } }]\n`);
  const out: string[] = [];
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const exit = await cli(["rescore", run.path, "--rewards", rewards, "--json"], {
    ...processIo(new AbortController().signal),
    out: (line) => void out.push(line),
  });
  if (exit !== 0) throw new Error(out.join("\n"));
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  const { steps, groups, changed } = JSON.parse(out[0]!);
  const ok = seconds < 10 && steps >= 10_000;
  console.log(
    `${ok ? "ok" : "MISSED"} rescore: ${steps} steps in ${groups} groups paid again in ${
      seconds.toFixed(1)
    } s of processor time (bar 10), ${
      ((performance.now() - start) / 1000).toFixed(1)
    } s by the clock, ${changed.length} groups changed`,
  );
  process.exitCode = ok ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
