import { armPath } from "../../record/arm-path.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { type Fits, listRuns, openRun } from "../../record/runs.ts";
import { chooseRuns } from "../../report/choose-runs.ts";
import { armNames } from "../../report/compared-side.ts";
import { hasTree } from "../../report/find-group.ts";
import { learningView } from "../../report/learning-view.ts";
import { lastComparisons, lastEvaluations, runSummary } from "../../report/run-summary.ts";
import { HaloError } from "../../util/errors.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { runsFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { showEpisode } from "../report/show-episode.ts";
import { showGroup } from "../report/show-group.ts";
import { showTree } from "../report/show-tree.ts";
import { comparisonLines, evaluationLine, percent } from "../report/lines.ts";
import { runListLines } from "../report/run-list.ts";
import type { RecordedEvent } from "../../record/events.ts";

/** `halo runs`: lists, shows and removes runs. */
export const runs: RunCommand<typeof runsFlags> = async ({ args, flags }, io) => {
  const runsDir = flags["runs-dir"] ?? "runs";
  const [verb = "list", ...named] = args;
  switch (verb) {
    case "list":
      return await list(runsDir, flags, io);
    case "show":
      return await showPart(await openRun(named[0] ?? "latest", runsDir, { fits: fitsPart(flags) }), flags, io);
    case "rm":
      return await (await import("./runs-remove.ts")).removeRuns(named, { runsDir, flags, io });
    case "prune":
      return await (await import("./runs-remove.ts")).pruneRuns({ runsDir, flags, io });
    default:
      throw new HaloError("HALO_CLI_USAGE", `expected "list", "show", "rm" or "prune", got "${verb}"`, {
        hint: "halo runs --help",
      });
  }
};

/** The newest run that has what is asked for is the one to show it of. */
function fitsPart({ tree, episode, group }: Flags<typeof runsFlags>): Fits {
  if (tree) return async (run) => await hasTree(run);
  if (episode !== undefined) return async (run) => (await run.episodes()).some((e) => e.id.startsWith(episode));
  if (group !== undefined) return async (run) => (await run.iterations()).length > 0;
  return () => true;
}

async function showPart(run: RunFolder, flags: Flags<typeof runsFlags>, io: Io): Promise<number> {
  const { json: isJson } = flags;
  if (flags.tree) return await showTree(run, flags.group, { isJson, io });
  if (flags.episode !== undefined) return await showEpisode(run, flags.episode, { isJson, io });
  if (flags.group !== undefined) return await showGroup(run, flags.group, { isJson, io });
  return await show(run, isJson, io);
}

async function list(runsDir: string, flags: Flags<typeof runsFlags>, io: Io): Promise<number> {
  const all = await listRuns(runsDir);
  const matching = chooseRuns(all, flags, { nowMs: Date.now() });
  const listings = flags.limit === undefined ? matching : matching.slice(-flags.limit);
  const summaries = await Promise.all(
    listings.map(async (run) => runSummary(run, run.damage ? undefined : await openRun(run.path, runsDir))),
  );
  if (flags.json) {
    const items = summaries.map(({ rewards: _, ...item }) => item);
    io.out(JSON.stringify({ type: "runs", items }));
  } else for (const line of runListLines(summaries)) io.out(line);
  if (listings.length === 0) {
    io.err(
      all.length === 0
        ? `no runs in ${runsDir}; halo run makes one, --runs-dir names another folder`
        : `no run of ${all.length} matches`,
    );
  }
  return exitCodes.done;
}

async function show(run: RunFolder, isJson: boolean, io: Io): Promise<number> {
  const arms = armNames(run);
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
  for (const evaluation of lastEvaluations(events)) io.out(evaluationLine(evaluation));
  for (const line of lastComparisons(events).flatMap(comparisonLines)) io.out(line);
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
  if (state?.status !== "RUNNING") {
    for (const name of await run.tornJournals()) {
      io.err(`${io.paint.yellow("warning")} the last line of ${name} is cut short and left out`);
    }
  }
  io.err(`see: halo runs show ${run.info.id} --episode ID, or --group ID (for example i1.s0.0)`);
  return exitCodes.done;
}

const shownUnsolved = 5;

/** How rewards went over the iterations, and why groups carried no gradient. */
function learningLines(events: readonly RecordedEvent[]): readonly string[] {
  const view = learningView(events);
  if (!view) return [];
  const rewards = view.rewards.map(({ iteration, reward }) => `${iteration}: ${reward.toFixed(3)}`);
  const dead = view.dead.map(({ cause, groups }) => `${cause} ${groups}`);
  return [
    `reward by iteration  ${rewards.join("  ")}`,
    `groups without gradient  ${dead.join(", ") || "none"}; output valid in ${percent(view.leastValid)} or more`,
  ];
}
