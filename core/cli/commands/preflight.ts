import { buildChecked } from "../../config/build-checked.ts";
import { loadPipeline } from "../../config/load.ts";
import type { Pipeline, TrainStage } from "../../config/pipeline.ts";
import { RunBudget } from "../../run/budget.ts";
import { checkReady } from "../../run/check-ready.ts";
import { lostAdapter } from "../../run/preflight/lost-adapter.ts";
import { type Probe, probe } from "../../run/preflight/probe.ts";
import { causesOf, judge, listed, type Preflight } from "../../run/preflight/verdict.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { preflightFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions } from "../load-options.ts";
import { percent } from "../report/lines.ts";

/** `halo preflight PIPELINE`: tries a few training tasks, learns nothing, and says whether the training would learn. */
export const preflight: RunCommand<typeof preflightFlags> = async ({ args, flags }, io) => {
  const pipeline = await loadPipeline(args[0]!, loadOptions(flags, io));
  const arms = pipeline.arms ?? [{ name: undefined, pipeline }];
  let isDoubted = false;
  for (const { name, pipeline: one } of arms) {
    const { probed, result } = await tried(one, flags, io);
    isDoubted ||= result.verdict !== "learns";
    if (flags.json) {
      io.out(JSON.stringify({ type: "preflight", ...(name !== undefined && { arm: name }), ...probed, ...result }));
      continue;
    }
    if (name !== undefined) io.out(`arm ${name}`);
    for (const line of linesOf(probed, result)) io.out(plainLine(line));
  }
  const exit = isDoubted ? exitCodes.gate : exitCodes.done;
  if (flags.json) io.out(JSON.stringify({ type: "done", ok: !isDoubted, exit }));
  return exit;
};

async function tried(pipeline: Pipeline, flags: Flags<typeof preflightFlags>, io: Io) {
  const stage = pipeline.stages.find((one): one is TrainStage => one.kind === "train");
  if (!stage) {
    throw new HaloError("HALO_CLI_USAGE", "the pipeline has no `train` stage: there is nothing to learn", {
      hint: "halo run --dry-run shows its stages",
    });
  }
  const [tasks, episodes] = [flags.tasks ?? 12, flags.episodes ?? 1];
  if (tasks === 0 || episodes === 0) throw new HaloError("HALO_CLI_USAGE", "--tasks and --episodes are 1 or more");
  const budget = new RunBudget(pipeline.limits);
  const o = { log: io.log, signal: io.signal, packageRoot: packageRoot(), budget };
  const { built, warnings } = await buildChecked(pipeline, o);
  try {
    for (const warning of warnings) io.log.warn(warning);
    await checkReady({ pipeline, built, signal: io.signal });
    const spent = () => budget.spent;
    const probed = await probe({ pipeline, built, stage, tasks, episodes, signal: io.signal, spent });
    return { probed, result: judge(probed, { pipeline, stage, lostAdapter: await lostAdapter(pipeline) }) };
  } finally {
    await built.close();
  }
}

const verdicts: Readonly<Record<Preflight["verdict"], string>> = {
  learns: "it should learn",
  doubtful: "it may not learn",
  stuck: "it will not learn",
};

function linesOf(p: Probe, r: Preflight): readonly string[] {
  const interval = ({ rate, ci95: [low, high] }: Preflight["live"]) =>
    `${percent(rate)} [${percent(low)}, ${percent(high)}]`;
  const dead = causesOf(p.dead);
  const { iterations, slots, env_steps: steps, hours, usd } = r.expected;
  return [
    `${verdicts[r.verdict]}: ${p.tasks} training tasks tried, ${p.env_steps} steps`,
    `  groups that teach   ${interval(r.live)}, ${p.live_groups} of ${p.groups}${dead === "" ? "" : `; not: ${dead}`}`,
    `  in an iteration     ${r.live_groups_per_iteration.toFixed(1)}; in ${p.live_tasks} of ${p.tasks} tasks`,
    `  tries paid          ${paidText(p)}`,
    `  reward in a group   ${p.mean_reward.toFixed(3)} ± ${p.reward_std.toFixed(3)}`,
    `  success, sampled    ${interval(r.success)}`,
    `  valid outputs       ${percent(p.action_validity)}`,
    `  the whole training  ${iterations} iterations, ${slots} task slots, about ${steps} steps and ${timeText(hours)}` +
    `${usd > 0 ? `, ${usd.toFixed(2)} US dollars` : ""}, updates aside`,
    ...r.doubts.flatMap(({ because, change }) => [`! ${because}`, `  → ${change}`]),
  ];
}

/** "tick 3 of 4, add 0 of 4": of each template, the least paid first. */
function paidText({ by_template }: Probe): string {
  const share = ({ tries, paid }: Probe["by_template"][string]) => paid / tries;
  const rows = Object.entries(by_template).sort(([, a], [, b]) => share(a) - share(b));
  return listed(rows.map(([name, { tries, paid }]) => `${name} ${paid} of ${tries}`));
}

const timeText = (hours: number): string => hours < 1 ? `${Math.ceil(hours * 60)} min` : `${hours.toFixed(1)} h`;
