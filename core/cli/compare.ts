import { openRun } from "../record/runs.ts";
import { type Arm, compareArms } from "../run/compare.ts";
import { HaloError } from "../util/errors.ts";
import type { RunCommand } from "./command.ts";
import { exitCodes } from "./exit.ts";
import type { compareFlags } from "./flags.ts";
import { comparisonLines } from "./report.ts";

/** `halo compare A B`: two evaluations, each `RUN` (its last evaluation) or `RUN:LABEL`, paired by task key. */
export const compare: RunCommand<typeof compareFlags> = async ({ args, flags }, io) => {
  const [a, b] = await Promise.all([args[0]!, args[1]!].map((which) => readArm(which, flags["runs-dir"] ?? "runs")));
  const comparison = compareArms(a!, b!);
  if (flags.json) {
    io.out(JSON.stringify({ type: "comparison", ...comparison }));
    return exitCodes.done;
  }
  for (const line of comparisonLines(comparison)) io.out(line);
  for (const { key, a: before, b: after } of comparison.flipped) io.out(`  ${key}  ${before} → ${after}`);
  return exitCodes.done;
};

async function readArm(which: string, runsDir: string): Promise<Arm> {
  const colon = which.lastIndexOf(":");
  const [name, label] = colon > 1 ? [which.slice(0, colon), which.slice(colon + 1)] : [which, undefined];
  const folder = await openRun(name, runsDir);
  const episodes = (await folder.episodes()).filter((e) => e.label !== "train");
  const labels = [...new Set(episodes.map((e) => e.label))];
  const chosen = label ?? labels.at(-1);
  if (chosen === undefined || !labels.includes(chosen)) {
    throw new HaloError(
      "HALO_COMPARE_LABEL",
      `run ${folder.info.id} has no evaluation${label === undefined ? "" : ` "${label}"`}`,
      {
        hint: labels.length === 0
          ? "it has none yet: halo runs show " + folder.info.id
          : `its evaluations: ${labels.join(", ")}`,
      },
    );
  }
  return { label: `${folder.info.id}:${chosen}`, episodes: episodes.filter((e) => e.label === chosen) };
}
