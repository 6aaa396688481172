import { isAbsolute, join } from "node:path";
import { canonicalAction } from "../../action/canonical.ts";
import { formatAction } from "../../action/format.ts";
import { buildChecked } from "../../config/build-checked.ts";
import { loadDocument, loadPipeline } from "../../config/load.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import type { PastStep, Point } from "../../domain/point.ts";
import type { Built } from "../../plugin/container.ts";
import { writeWhole } from "../../record/durable.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { openRun } from "../../record/runs.ts";
import { startingAdapter } from "../../run/evaluate/starting-adapter.ts";
import { playTrials, recordedPath, type Trials } from "../../run/evaluate/temperature-trials.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { temperatureFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions } from "../load-options.ts";
import { watchFor } from "../watch-for.ts";
import { pickTask } from "./pick-task.ts";
import { policyOf } from "../report/lines.ts";

/** `halo temperature`: plays one task several times at several temperatures, with equal randomness at each, and compares the actions. */
export const temperature: RunCommand<typeof temperatureFlags> = async ({ args, flags }, io) => {
  const temperatures = temperaturesOf(flags.temperature ?? "0,0.5,1,1.5");
  const run = flags.from === undefined ? undefined : await openRun(flags.from, flags["runs-dir"] ?? "runs", {
    fits: async (run) => (await run.lastCommit()) !== undefined,
  });
  const pipeline = await pipelineOf(args[0], { run, flags, io });
  const { built } = await buildChecked(pipeline, { log: io.log, signal: io.signal, packageRoot: packageRoot() });
  try {
    const policyVersion = run ? await adoptLast(run, built, io) : 0;
    const adapter = run ? undefined : await startingAdapter(pipeline.policy);
    const version = { policy_version: policyVersion, ...(adapter && { adapter }) };
    const seed = flags.seed ?? 0;
    const task = pickTask(built.tasks, { split: flags.split, match: flags.task, seed: 123 });
    const o = { task, temperatures, n: flags.n ?? 4, seed, policyVersion, signal: io.signal };
    const trials = await playTrials({ pipeline, built }, o);
    if (flags.save !== undefined) {
      const file = isAbsolute(flags.save) ? flags.save : join(io.cwd, flags.save);
      await writeWhole(file, `${JSON.stringify(recordedPath(trials[0]!.episodes[0]!), undefined, 1)}\n`);
    }
    const isMissed = flags["expect-change"] && differingEpisodes(trials) === 0;
    const exit = isMissed ? exitCodes.gate : exitCodes.done;
    if (flags.json) {
      const head = { task: task.key, goal: task.goal.text, seed, ...version };
      for (const t of trials) io.out(JSON.stringify({ type: "trials", ...head, ...jsonOf(t) }));
      const differing_episodes = differingEpisodes(trials);
      io.out(JSON.stringify({ type: "done", ok: !isMissed, exit, differing_episodes, of: o.n }));
      return exit;
    }
    io.out(plainLine(`${task.key}  "${task.goal.text}"  seed ${seed}, ${policyOf(version)}`));
    for (const t of trials) for (const line of linesOf(t)) io.out(plainLine(line));
    for (const line of verdict(trials)) io.out(line);
    if (flags.save !== undefined) io.err(`saved the pages of the first episode to ${flags.save}`);
    if (isMissed) io.err("--expect-change: no episode changes with the temperature");
    return exit;
  } finally {
    await built.close();
  }
};

function temperaturesOf(text: string): readonly number[] {
  const values = text.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  if (values.every((value) => Number.isFinite(value) && value >= 0)) return values;
  throw new HaloError("HALO_CLI_USAGE", `--temperature must be numbers from 0 up, got "${text}"`, {
    hint: "write for example --temperature 0,0.5,1",
  });
}

interface Choice {
  readonly run: RunFolder | undefined;
  readonly flags: Flags<typeof temperatureFlags>;
  readonly io: Io;
}

async function pipelineOf(file: string | undefined, { run, flags, io }: Choice): Promise<Pipeline> {
  if (file !== undefined) return await loadPipeline(file, loadOptions(flags, io));
  if (run) return await loadDocument(run.info.document, { base: run.info.base, env: io.env, ...watchFor(io) });
  throw new HaloError("HALO_CLI_USAGE", "expected a pipeline, a run by --from, or both", {
    hint: "halo temperature --help",
  });
}

/** Puts what a run learned last into the policy; returns its version. */
async function adoptLast(run: RunFolder, { policy }: Built, { signal }: Io): Promise<number> {
  const last = await run.lastCommit();
  if (!last || !policy.adopt) {
    const what = last ? `the policy cannot adopt what run ${run.id} learned` : `run ${run.id} has learned nothing yet`;
    throw new HaloError("HALO_RUN_NOT_FOUND", what, {
      hint: "name a run that has trained: halo runs; of an A/B run, one of its arms: runs/RUN/arms/NAME",
    });
  }
  await policy.adopt({ ...last.adapter, dir: run.iteration(last.iteration).adapterPath }, { signal });
  return last.adapter.version;
}

const said = ({ parsed, target }: PastStep): string =>
  parsed.ok ? formatAction(parsed.action, target) : `invalid (${parsed.code})`;
/** Equal for equal actions on equal pages. */
const keyOf = ({ stateKey, parsed }: PastStep): string =>
  `${stateKey} ${parsed.ok ? canonicalAction(parsed.action) : parsed.code}`;
const stepsOf = (episode: readonly Point[]): readonly PastStep[] => episode.at(-1)!.history;
const sequenceOf = (episode: readonly Point[]): string => stepsOf(episode).map(keyOf).join("\n");

function jsonOf({ temperature, episodes }: Trials) {
  return {
    temperature,
    episodes: episodes.map((points) => ({
      actions: stepsOf(points).map(said),
      stop: points.at(-1)!.end!.stop,
      success: points.at(-1)!.end!.verdict.success,
    })),
    distinct: distinctOf(episodes),
  };
}

function distinctOf(episodes: Trials["episodes"]) {
  const steps = episodes.flatMap(stepsOf);
  const count = (keys: readonly string[]) => new Set(keys).size;
  return {
    sequences: count(episodes.map(sequenceOf)),
    first_actions: count(episodes.flatMap((e) => stepsOf(e).slice(0, 1)).map(keyOf)),
    actions: count(steps.map(keyOf)),
    of_actions: steps.length,
  };
}

/** Actions of an episode that are shown; the rest is counted. */
const shownActions = 5;

function linesOf({ temperature, episodes }: Trials): readonly string[] {
  const d = distinctOf(episodes);
  const solved = episodes.filter((e) => e.at(-1)!.end!.verdict.success).length;
  return [
    `temperature ${
      String(temperature).padEnd(4)
    } distinct: ${d.sequences}/${episodes.length} sequences, ${d.first_actions}/${episodes.length} first actions, ${d.actions}/${d.of_actions} actions; ${solved} solved`,
    ...episodes.map((points, k) => {
      const actions = stepsOf(points).map(said);
      const more = actions.length - shownActions;
      const shown = [...actions.slice(0, shownActions), ...more > 0 ? [`… ${more} more`] : []].join(" → ");
      return `  ${k}  ${shown}  (${points.at(-1)!.end!.stop})`;
    }),
  ];
}

/** Episodes that are not the same at every one of these temperatures. */
function differingEpisodes(trials: readonly Trials[]): number {
  const [first] = trials;
  return first?.episodes.filter((_, k) => new Set(trials.map((t) => sequenceOf(t.episodes[k]!))).size > 1).length ?? 0;
}

function verdict(trials: readonly Trials[]): readonly string[] {
  const warm = trials.filter((t) => t.temperature > 0);
  return [
    `${differingEpisodes(trials)} of ${
      trials[0]!.episodes.length
    } episodes change with the temperature, at equal seeds`,
    ...warm.length > 1 && differingEpisodes(warm) === 0
      ? [
        "above 0 it changes nothing: the policy is sure here (try higher ones) or prefers no action (untrained: try --from RUN)",
      ]
      : [],
  ];
}
