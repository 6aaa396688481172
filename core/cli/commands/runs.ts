import { listRuns, openRun } from "../../record/runs.ts";
import { armPath } from "../../run/arms.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { HaloError } from "../../util/errors.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { runsFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { showEpisode } from "../report/show-episode.ts";
import { showGroup } from "../report/show-group.ts";
import { showTree } from "../report/show-tree.ts";
import { comparisonLines, evaluationLine, percent } from "../report/lines.ts";
import type { IterationReport, RecordedEvent } from "../../record/events.ts";

/** `halo runs`: lists runs; `halo runs show RUN` prints one, with --episode, --group or --tree a part of it. */
export const runs: RunCommand<typeof runsFlags> = async ({ args, flags }, io) => {
  const runsDir = flags["runs-dir"] ?? "runs";
  const [verb = "list", which = "latest"] = args;
  if (verb === "list") return await list(runsDir, flags.json, io);
  if (verb !== "show") {
    throw new HaloError("HALO_CLI_USAGE", `expected "list" or "show", got "${verb}"`, { hint: "halo runs --help" });
  }
  const run = await openRun(which, runsDir);
  if (flags.tree) return await showTree(run, flags.group, { isJson: flags.json, io });
  if (flags.episode !== undefined) return await showEpisode(run, flags.episode, { isJson: flags.json, io });
  if (flags.group !== undefined) return await showGroup(run, flags.group, { isJson: flags.json, io });
  return await show(run, flags.json, io);
};

async function list(runsDir: string, isJson: boolean, io: Io): Promise<number> {
  const listings = await listRuns(runsDir);
  if (isJson) io.out(JSON.stringify({ type: "runs", items: listings }));
  else {
    const idWidth = Math.max(...listings.map((r) => r.id.length));
    const seedWidth = Math.max(...listings.map((r) => String(r.seed).length));
    for (const r of listings) {
      const facts = `seed ${String(r.seed).padEnd(seedWidth)}  ${r.created.slice(0, 19)}Z`;
      const status = r.damage ? "DAMAGED" : r.status ?? "NEW";
      io.out(`${r.id.padEnd(idWidth)}  ${status.padEnd(7)}  ${r.damage ?? facts}`);
    }
  }
  if (listings.length === 0) io.err(`no runs in ${runsDir}`);
  return exitCodes.done;
}

async function show(run: RunFolder, isJson: boolean, io: Io): Promise<number> {
  const arms = Object.keys((run.info.document as { readonly arms?: object }).arms ?? {});
  const events = await run.readEvents();
  const state = await run.readStatus();
  const episodes = await run.episodes();
  const iterations = await run.iterations();
  if (isJson) {
    io.out(
      JSON.stringify({
        type: "run",
        ...run.info,
        status: state?.status,
        iterations: iterations.length,
        episodes: episodes.length,
      }),
    );
    return exitCodes.done;
  }
  io.out(`${run.info.id}  ${state?.status ?? "NEW"}  seed ${run.info.seed}  ${run.path}`);
  const latest = new Map<string, string[]>();
  for (const event of events) {
    if (event.type === "evaluation") {
      latest.set(`evaluation ${event.label}`, [evaluationLine(event)]);
    }
    if (event.type === "comparison") {
      latest.set(`comparison ${event.label_a} ${event.label_b}`, [
        ...comparisonLines(event),
      ]);
    }
  }
  for (const lines of latest.values()) lines.forEach((line) => io.out(line));
  if (arms.length > 0) {
    for (const arm of arms) io.out(`arm ${arm}  ${armPath(run.path, arm)}`);
    io.err(`see: halo runs show ${armPath(run.path, arms[0]!)}`);
    return exitCodes.done;
  }
  io.out(`${iterations.length} iterations, ${episodes.length} episodes`);
  for (const line of learningLines(events)) io.out(line);
  const unsolved = episodes.filter((e) => !e.success && e.label !== "train");
  for (const e of unsolved.slice(0, shownUnsolved)) {
    io.out(plainLine(`  unsolved ${e.id}  (${e.stop}: ${e.verdict.reason})`));
  }
  if (unsolved.length > shownUnsolved) io.out(`  … and ${unsolved.length - shownUnsolved} more unsolved`);
  io.err(`see: halo runs show ${run.info.id} --episode ID, or --group ID (for example i1.s0.0)`);
  return exitCodes.done;
}

const shownUnsolved = 5;

/** How rewards went over the iterations, and why groups carried no gradient. */
function learningLines(events: readonly RecordedEvent[]): readonly string[] {
  const reports = new Map<number, IterationReport>();
  for (const event of events) {
    if (event.type !== "iteration") continue;
    reports.set(event.iteration, event);
  }
  const all = [...reports.values()];
  if (all.length === 0) return [];
  const shown = [0, 0.25, 0.5, 0.75, 1].map((part) => all[Math.round(part * (all.length - 1))]!);
  const rewards = [...new Set(shown)].map((r) => `${r.iteration}: ${(r.metrics["mean_reward"] ?? 0).toFixed(3)}`);
  const causes: Record<string, number> = {};
  for (const [cause, count] of all.flatMap((r) => Object.entries(r.dead))) {
    causes[cause] = (causes[cause] ?? 0) + count;
  }
  const dead = Object.entries(causes).sort(([, a], [, b]) => b - a).map(([cause, count]) => `${cause} ${count}`);
  const valid = Math.min(...all.map((r) => r.metrics["action_validity"] ?? 1));
  return [
    `reward by iteration  ${rewards.join("  ")}`,
    `groups without gradient  ${dead.join(", ") || "none"}; output valid in ${percent(valid)} or more`,
  ];
}
