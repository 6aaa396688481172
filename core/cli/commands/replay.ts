import { loadDocument } from "../../config/load.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import { buildEnvironment, buildTasks } from "../../plugin/container.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { checkReplayable, type Outcome, replay as played } from "../../run/replay/replay.ts";
import type { Replayed } from "../../run/replay/replay-episode.ts";
import { wilson } from "../../stats/wilson.ts";
import { HaloError } from "../../util/errors.ts";
import { globTest } from "../../util/glob.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { replayFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { openPlayedLabel } from "../played-run.ts";
import { percent } from "../report/lines.ts";
import { watchFor } from "../watch-for.ts";

/** `halo replay RUN`: plays recorded episodes again, with their seeds and actions, and compares every page. */
export const replay: RunCommand<typeof replayFlags> = async ({ args, flags }, io) => {
  const { run, label } = await openPlayedLabel(args[0]!, flags);
  const episodes = await chosen(run, { ...flags, label });
  const { info } = run;
  const pipeline = await loadDocument(info.document, {
    base: info.base,
    env: io.env,
    mayLackSecrets: true,
    ...watchFor(io),
  });
  const { outcomes, unpaged } = await playAll(episodes, { run, pipeline, io });
  if (outcomes.length === 0) throw nothingKept(run, unpaged);
  const figures = figuresOf(outcomes);
  const exit = figures.parted > 0 ? exitCodes.gate : figures.faults > 0 ? exitCodes.faults : exitCodes.done;
  if (flags.json) {
    for (const outcome of outcomes) io.out(JSON.stringify({ type: "episode", ...outcome }));
    io.out(JSON.stringify({ type: "done", ok: exit === exitCodes.done, exit, run: run.id, ...figures, unpaged }));
    return exit;
  }
  for (const line of linesOf(outcomes, { run, figures })) io.out(plainLine(line));
  if (unpaged.length > 0) io.err(`left out: ${unpaged.length} episodes of which the run keeps no pages (record.pages)`);
  return exit;
};

async function playAll(
  episodes: readonly EpisodeSummary[],
  { run, pipeline, io }: { readonly run: RunFolder; readonly pipeline: Pipeline; readonly io: Io },
): ReturnType<typeof played> {
  const o = { log: io.log, signal: io.signal, packageRoot: packageRoot() };
  const limitMs = pipeline.limits.step_timeout_s * 1000;
  const tasks = await buildTasks(pipeline, o);
  try {
    const built = await buildEnvironment(pipeline, o);
    try {
      const { environment } = built;
      checkReplayable(environment, pipeline.environment.plugin.name);
      const { concurrency, limits: { fault_retries: retries } } = pipeline;
      const { signal, log } = io;
      const warn = (text: string) => log.warn(text);
      const { grade } = tasks.tasks;
      return await played(episodes, { environment, run, grade, limitMs, signal, warn, retries, concurrency });
    } finally {
      await built.close();
    }
  } finally {
    await tasks.close();
  }
}

type ReplayFlags = Pick<Flags<typeof replayFlags>, "label" | "match" | "episodes">;

/** The episodes that the flags ask for; of too many, some from the whole of the run. */
async function chosen(run: RunFolder, flags: ReplayFlags): Promise<readonly EpisodeSummary[]> {
  const { label, match, episodes: most = Infinity } = flags;
  const all = await run.episodes();
  const isMeant = match === undefined ? () => true : globTest(match);
  const matching = all.filter((e) => (label ?? e.label) === e.label && (isMeant(e.id) || isMeant(e.taskKey)));
  if (matching.length === 0) {
    throw new HaloError("HALO_EPISODE_NOT_FOUND", `run ${run.id} has no such episode`, { hint: "halo replay --help" });
  }
  const every = Math.max(1, matching.length / most);
  return matching.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
}

function figuresOf(outcomes: readonly Outcome[]) {
  const compared = outcomes.filter((o): o is Replayed => !("fault" in o));
  const parted = compared.filter((o) => o.parts).length;
  const same = compared.length - parted;
  return {
    episodes: compared.length,
    same,
    same_rate: compared.length === 0 ? 0 : same / compared.length,
    ci95: wilson(same, compared.length),
    same_pages: compared.reduce((sum, { samePages }) => sum + samePages, 0),
    parted,
    faults: outcomes.length - compared.length,
  };
}

function linesOf(
  outcomes: readonly Outcome[],
  { run, figures }: { readonly run: RunFolder; readonly figures: ReturnType<typeof figuresOf> },
): readonly string[] {
  const { episodes, same, same_rate: rate, ci95: [low, high], same_pages: pages } = figures;
  return [
    `${run.id}  ${same} of ${episodes} episodes met the same pages, ${percent(rate)} [${percent(low)}, ${
      percent(high)
    }]; ${pages} pages compared and equal`,
    ...outcomes.flatMap((outcome) => {
      if ("fault" in outcome) return [`  ${outcome.id}  not played: ${outcome.fault.code}: ${outcome.fault.message}`];
      if (!outcome.parts) return [];
      const { step, url, differences } = outcome.parts;
      return [
        `  ${outcome.id}  parts after step ${step} at ${url}`,
        ...differences.map(({ what, recorded, now }) => `    ${what}: was ${shown(recorded)}, is ${shown(now)}`),
      ];
    }),
  ];
}

const shown = (text: string): string => text === "" ? "nothing" : text.length > 160 ? `${text.slice(0, 159)}…` : text;

function nothingKept(run: RunFolder, unpaged: readonly string[]): HaloError {
  return new HaloError(
    "HALO_REPLAY_IMPOSSIBLE",
    `run ${run.id} keeps no pages to compare with of ${unpaged.length === 1 ? "this episode" : "these episodes"}`,
    { hint: "runs keep pages with `record: { pages: all }`, the default, where the environment can go back to them" },
  );
}
