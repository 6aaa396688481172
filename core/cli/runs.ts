import { listRuns, openRun } from "../record/runs.ts";
import { armPath } from "../run/arms.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { HaloError } from "../util/errors.ts";
import { plainText } from "../util/plain-text.ts";
import type { RunCommand } from "./command.ts";
import { exitCodes } from "./exit.ts";
import type { runsFlags } from "./flags.ts";
import type { Io } from "./io.ts";
import { showEpisode } from "./show-episode.ts";
import { showGroup } from "./show-group.ts";
import { comparisonLines, evaluationLine } from "./report.ts";
import type { Comparison, Evaluation } from "../run/events.ts";

/** `halo runs`: lists runs; `halo runs show RUN` prints one, with --episode or --group a part of it. */
export const runs: RunCommand<typeof runsFlags> = async ({ args, flags }, io) => {
  const runsDir = flags["runs-dir"] ?? "runs";
  const [verb = "list", which = "latest"] = args;
  if (verb === "list") return await list(runsDir, flags.json, io);
  if (verb !== "show") {
    throw new HaloError("HALO_CLI_USAGE", `expected "list" or "show", got "${verb}"`, { hint: "halo runs --help" });
  }
  const run = await openRun(which, runsDir);
  if (flags.episode !== undefined) return await showEpisode(run, flags.episode, { isJson: flags.json, io });
  if (flags.group !== undefined) return await showGroup(run, flags.group, { isJson: flags.json, io });
  return await show(run, flags.json, io);
};

async function list(runsDir: string, isJson: boolean, io: Io): Promise<number> {
  const listings = await listRuns(runsDir);
  if (isJson) io.out(JSON.stringify({ type: "runs", items: listings }));
  else {for (const r of listings) {
      io.out(`${r.id}  ${(r.status ?? "NEW").padEnd(8)} seed ${r.seed}  ${r.created.slice(0, 19)}Z`);
    }}
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
      latest.set(`evaluation ${event["label"]}`, [evaluationLine(event as unknown as Evaluation)]);
    }
    if (event.type === "comparison") {
      latest.set(`comparison ${event["label_a"]} ${event["label_b"]}`, [
        ...comparisonLines(event as unknown as Comparison),
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
  for (const e of episodes.filter((e) => !e.success && e.label !== "train").slice(0, 5)) {
    io.out(plainText(`  unsolved ${e.id}  (${e.stop}: ${e.verdict.reason})`));
  }
  io.err(`see: halo runs show ${run.info.id} --episode ID, or --group ID (for example i1.s0.0)`);
  return exitCodes.done;
}
