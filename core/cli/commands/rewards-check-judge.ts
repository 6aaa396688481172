import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadPipeline, originOf } from "../../config/load.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import { ConfigProblem } from "../../config/problem.ts";
import { buildRewards, type Built } from "../../plugin/container.ts";
import { PluginError } from "../../plugin/plugin-error.ts";
import { RunAnswers } from "../../run/answers.ts";
import { RunBudget } from "../../run/budget.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { rewardsFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions } from "../load-options.ts";
import { type Agreement, agreementOf } from "../../run/rescore/agreement.ts";
import { readTracks, type RecordedTrack } from "../../run/rescore/recorded-tracks.ts";

/** Share of steps that have to be on the right side unless `--min` says otherwise. */
const standardMin = 0.85;

/** `halo rewards check-judge PIPELINE`: pays for recorded steps whose order is known. Opens no page. */
export const checkJudge: RunCommand<typeof rewardsFlags> = async ({ args, flags }, io) => {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) throw usage("expected one pipeline with a reward that asks a model");
  const min = flags.min === undefined ? standardMin : Number(flags.min);
  if (!(min >= 0 && min <= 1)) throw usage(`--min is a share from 0 to 1, got "${flags.min}"`);
  const pipeline = await loadPipeline(file, loadOptions(flags, io));
  const tracks = await recorded(flags, io);
  const budget = new RunBudget(pipeline.limits);
  const built = await open(pipeline, { budget, io });
  try {
    const rewards = chosen(built.rewards, flags.reward);
    for (const { shaper } of rewards) await shaper.ready?.(io);
    const found = await agreementOf(rewards, { tracks, call: io });
    const ok = found.rate >= min;
    const exit = ok ? exitCodes.done : exitCodes.gate;
    const names = rewards.map(({ name }) => name);
    if (flags.json) {
      io.out(JSON.stringify({ type: "agreement", rewards: names, ...found, min, spent: budget.spent }));
      io.out(JSON.stringify({ type: "done", ok, exit }));
      return exit;
    }
    for (const line of linesOf(names, { found, budget })) io.out(plainLine(line));
    io.err(
      ok
        ? `at least ${percent(min)}, as asked for`
        : `below ${percent(min)}: this judge would teach too much that is wrong`,
    );
    return exit;
  } finally {
    await built.close();
  }
};

async function open(pipeline: Pipeline, { budget, io }: { readonly budget: RunBudget; readonly io: Io }) {
  const o = { log: io.log, signal: io.signal, packageRoot: packageRoot(), budget, answers: new RunAnswers() };
  const { algorithm: _, ...paying } = pipeline;
  return await buildRewards(paying, o).catch((e: unknown) => {
    if (!(e instanceof PluginError)) throw e;
    const { code, message, hint, path, cause } = e;
    throw new ConfigProblem(code, message, { span: originOf(pipeline, path), hint, cause });
  });
}

/** The reward of that name, else those that ask somebody. */
function chosen(rewards: Built["rewards"], named: string | undefined): Built["rewards"] {
  const found = rewards.filter(({ name, shaper }) =>
    named === undefined ? shaper.deterministic === false : name === named
  );
  if (found.length > 0) return found;
  const what = named === undefined ? "no reward of this pipeline asks a model" : `there is no reward "${named}"`;
  const names = rewards.map(({ name }) => name).join(", ") || "none";
  throw new HaloError("HALO_CLI_USAGE", what, {
    hint: `its rewards: ${names}; --mode judge puts one in, docs/judge.md`,
  });
}

async function recorded({ recorded: file }: Flags<typeof rewardsFlags>, io: Io): Promise<readonly RecordedTrack[]> {
  const path = file === undefined ? join(packageRoot(), "configs", "recorded", "mailbox.json") : resolve(io.cwd, file);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new HaloError("HALO_CLI_USAGE", `there is no file "${file ?? path}"`, { hint: "halo rewards --help", cause });
  });
  return readTracks(text, file ?? path);
}

function linesOf(
  names: readonly string[],
  { found, budget }: { readonly found: Agreement; readonly budget: RunBudget },
): readonly string[] {
  const { transitions, points, tracks, agree, undecided, rate, ci95: [low, high] } = found;
  const { tokens, usd } = budget.spent;
  return [
    `${names.join(" + ")}: ${transitions} steps at ${points} points of ${tracks} episodes`,
    `on the right side of their siblings  ${agree}/${transitions}  ${percent(rate)} [${percent(low)}, ${
      percent(high)
    }]`,
    `on no side, paid as all of them      ${undecided}`,
    ...tokens === 0 ? [] : [`spent  ${tokens} tokens${usd === 0 ? "" : `, $${usd.toFixed(4)}`}`],
  ];
}

const percent = (x: number): string => `${Math.round(1000 * x) / 10} %`;

function usage(message: string): HaloError {
  return new HaloError("HALO_CLI_USAGE", message, { hint: "halo rewards --help" });
}
