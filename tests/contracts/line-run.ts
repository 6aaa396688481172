import type { Algorithm, Critic, Explorer, Policy } from "halo-agent";
import { createRun } from "../../core/record/run-folder.ts";
import { loadPipeline } from "../../core/config/load.ts";
import { CostMeter, type RunContext } from "../../core/run/context/run-context.ts";
import { freshTotals } from "../../core/run/context/totals.ts";
import { createExplorer } from "../../core/world/explorer.ts";
import { Pages } from "../../core/world/pages.ts";
import { SlotWorld } from "../../core/world/world.ts";
import { keyedRng } from "../../core/stats/rng.ts";
import { limiter } from "../../core/util/limit.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { firstThree, lineTask, type NumberLine } from "../core/run/number-line.ts";
import { runsFolder } from "../core/run/board-run.ts";
import type { TestContext } from "../harness.ts";

export interface LineOptions {
  readonly policy: Policy;
  readonly critic?: Critic;
  readonly canFork?: boolean;
  readonly maxSteps?: number;
  readonly signal?: AbortSignal;
}

/** An explorer over a real slot world on the number line; `world.close()` ends the slot. */
export function exploreLine(environment: NumberLine, o: LineOptions): { io: Explorer; world: SlotWorld } {
  const signal = o.signal ?? new AbortController().signal;
  const world = new SlotWorld({
    environment,
    pages: new Pages(environment),
    rewards: [{ name: "line", weight: 1, shaper: firstThree }],
    need: {},
    task: lineTask(o.maxSteps ?? 3),
    seed: 0,
    id: "s",
    limits: { faultRetries: 0, loop: 0, invalid: 0, stepTimeoutMs: 5000 },
    signal,
    gate: (run) => run(),
  });
  const io = createExplorer({
    world,
    policy: o.policy,
    ...(o.critic && { critic: o.critic }),
    policyVersion: 0,
    rng: keyedRng("line"),
    signal,
    canFork: o.canFork ?? true,
    faultRetries: 0,
    policyTimeoutMs: 5000,
  });
  return { io, world };
}

/** A run's context with the number line in the place of a browser; its folder is removed when the test ends. */
export async function lineContext(
  t: TestContext,
  o: { environment: NumberLine; policy: Policy; algorithm: Algorithm; signal?: AbortSignal },
): Promise<RunContext> {
  const runs = t.use(runsFolder());
  const sets = [`runs_dir=${runs.path}`, "limits.fault_retries=0"];
  const pipeline = await loadPipeline("tests/board/pipeline.yaml", { sets, env: {}, cwd: packageRoot() });
  const { environment, policy, algorithm } = o;
  const tasks = { splits: ["train"], list: () => Promise.resolve([lineTask(3)]), draw: () => lineTask(3) };
  const rewards = [{ name: "line", weight: 1, shaper: firstThree }];
  return {
    pipeline,
    built: { tasks, environment, policy, rewards, trackers: [], algorithm, close: () => Promise.resolve() },
    folder: await createRun(pipeline.runs_dir, pipeline),
    pages: new Pages(environment),
    gate: limiter(4),
    need: {},
    rng: keyedRng("line"),
    log: silentLog,
    signal: o.signal ?? t.signal,
    emit: () => Promise.resolve(),
    progress: { totals: freshTotals },
    meter: new CostMeter(),
    pagesOf: {},
  };
}
