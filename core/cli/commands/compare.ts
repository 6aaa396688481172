import type { Json } from "../../domain/json.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { openRun } from "../../record/runs.ts";
import { armPath } from "../../run/arms.ts";
import { type Arm, compareArms } from "../../run/evaluate/compare.ts";
import type { Comparison } from "../../record/events.ts";
import { comparisonGates } from "../../run/evaluate/gates.ts";
import { HaloError } from "../../util/errors.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { compareFlags } from "../flags.ts";
import { comparisonLines, gateLine } from "../report/lines.ts";

/**
 * `halo compare A B`: two evaluations, each `RUN` (its last evaluation), `RUN:LABEL` or `RUN:ARM/LABEL`, paired by task
 * key. Flipped tasks are named with their episodes, evaluations that were cut short are flagged.
 */
export const compare: RunCommand<typeof compareFlags> = async ({ args, flags }, io) => {
  const gate = {
    ...numberOf("min-delta", flags["min-delta"], (min_delta) => ({ min_delta })),
    ...numberOf("max-p", flags["max-p"], (max_p) => ({ max_p })),
  };
  const [first, second] = args;
  if ((second === undefined) !== flags.self) {
    throw new HaloError("HALO_CLI_USAGE", "halo compare takes two evaluations, or one with --self");
  }
  const names = second === undefined ? [first!] : [first!, second];
  const sides = await Promise.all(names.map((which) => readSide(which, flags["runs-dir"] ?? "runs")));
  const [a, b] = flags.self ? halves(sides[0]!) : sides;
  const comparison = compareArms(a!, b!);
  const gates = comparisonGates({ gate }, comparison);
  const unfinished = [a!, b!].flatMap((side) => side.cut ?? []);
  if (flags.json) io.out(JSON.stringify({ type: "comparison", ...comparison, unfinished, gates }));
  else {
    for (const line of comparisonLines(comparison)) io.out(line);
    for (const line of flippedLines(comparison)) io.out(plainLine(line));
    for (const { label, episodes, of } of unfinished) {
      io.err(`${io.paint.yellow("warning")} ${label} was cut short: ${episodes} of ${of} episodes; resume its run`);
    }
    for (const line of gates.map(gateLine)) io.out(line);
  }
  return gates.every((g) => g.ok) ? exitCodes.done : exitCodes.gate;
};

/** An evaluation as two: of each task the first, third, … trial against the second, fourth, …: what chance alone makes. */
function halves(side: Side): readonly [Side, Side] {
  const trials = [...Map.groupBy(side.episodes, ({ taskKey }) => taskKey).values()];
  const half = (rest: number, label: string): Side => ({
    ...side,
    label: `${side.label} ${label}`,
    episodes: trials.flatMap((episodes) => episodes.length < 2 ? [] : episodes.filter((_, i) => i % 2 === rest)),
  });
  if (trials.some((episodes) => episodes.length > 1)) return [half(0, "odd"), half(1, "even")];
  throw new HaloError("HALO_COMPARE_UNPAIRED", `${side.label} has one trial of each task, which cannot be halved`, {
    hint: "evaluate with episodes_per_task: 2 or more and decoding: sample",
  });
}

interface Side extends Arm {
  readonly run: string;
  /** Set when the evaluation did not come to its end. */
  readonly cut?: { readonly label: string; readonly episodes: number; readonly of: number };
}

async function readSide(which: string, runsDir: string): Promise<Side> {
  const colon = which.lastIndexOf(":");
  const [name, asked] = colon > 1 ? [which.slice(0, colon), which.slice(colon + 1)] : [which, undefined];
  const run = await openRun(name, runsDir);
  const slash = asked?.indexOf("/") ?? -1;
  if (slash < 0) return await sideOf(run, asked, run.id);
  const arm = await openRun(armPath(run.path, asked!.slice(0, slash)), runsDir).catch(() => undefined);
  return arm ? await sideOf(arm, asked!.slice(slash + 1), `${run.id}:${arm.id}`) : await sideOf(run, asked, run.id);
}

async function sideOf(folder: RunFolder, asked: string | undefined, name: string): Promise<Side> {
  const all = (await folder.episodes()).filter((e) => e.label !== "train");
  const labels = [...new Set(all.map((e) => e.label))];
  const label = asked ?? labels.at(-1);
  if (label === undefined || !labels.includes(label)) {
    const arms = Object.keys((folder.info.document as { readonly arms?: object }).arms ?? {});
    throw new HaloError(
      "HALO_COMPARE_LABEL",
      `run ${name} has no evaluation${asked === undefined ? "" : ` "${asked}"`}`,
      {
        hint: arms.length > 0
          ? `name one of an arm: ${folder.id}:${arms[0]}/LABEL; its arms: ${arms.join(", ")}`
          : labels.length === 0
          ? "it has none yet: halo runs show " + folder.id
          : `its evaluations: ${labels.join(", ")}`,
      },
    );
  }
  const episodes = all.filter((e) => e.label === label);
  const full = name === folder.id ? `${name}:${label}` : `${name}/${label}`;
  const isOver = (await folder.readEvents()).some((e) => e.type === "evaluation" && e.label === label);
  const of = plannedEpisodes(folder.info.document, label);
  return {
    label: full,
    run: folder.path,
    episodes,
    ...(!isOver && { cut: { label: full, episodes: episodes.length, of } }),
  };
}

/** Episodes that the recorded pipeline asks for under a label. */
function plannedEpisodes(document: Json, label: string): number {
  type Entry = Readonly<Record<string, { label?: string; sample_size?: number; episodes_per_task?: number }>>;
  const { stages } = document as unknown as { readonly stages: readonly Entry[] };
  const stage = stages.flatMap((entry) => Object.values(entry)).find((s) => s.label === label);
  return (stage?.sample_size ?? 0) * (stage?.episodes_per_task ?? 1);
}

/** Every task that one side solved and the other did not, with what shows how. */
function flippedLines({ flipped, run_a, run_b }: Comparison): readonly string[] {
  return flipped.flatMap(({ key, a, b, episodes_a, episodes_b }) => [
    `  ${key}  ${a} → ${b}`,
    ...episodes_a.map((id) => `    halo runs show ${run_a} --episode ${id}`),
    ...episodes_b.map((id) => `    halo runs show ${run_b} --episode ${id}`),
  ]);
}

function numberOf<T>(name: string, text: string | undefined, then: (value: number) => T): T | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return then(value);
  throw new HaloError("HALO_CLI_USAGE", `--${name} must be a number, got "${text}"`, { hint: "halo compare --help" });
}
