// What the official scripts say of scripted runs on the mail site under its hosted name, by way of `environment: real`.
import type { Environment, TaskSource } from "../../../core/mod.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { hostedEnvironment, type HostedOptions } from "../../../plugins/real/hosted/hosted.ts";
import source from "../../../plugins/real/tasks.ts";
import { after, runs } from "../../../plugins/sites/gomail/official/runs.ts";
import type { HostedStandIn } from "./hosted-stand-in.ts";

/** The hosted tasks of the mail site, or what other options name. */
export async function hostedTasks(o: object = {}): Promise<TaskSource> {
  return await source.create(
    { hosted: "gomail", tasks: [], exclude_ungradeable: true, max_steps: 25, python: "python3", ...o },
    { packageRoot: packageRoot(), log: silentLog },
  );
}

/** The environment over a stand-in. */
export function hostedOn(standIn: HostedStandIn, o: Partial<HostedOptions> = {}): Environment {
  const { address, spki } = standIn;
  return hostedEnvironment({
    mode: "strict",
    stop: "declared",
    forking: "none",
    pages: 2,
    timezone: "America/Los_Angeles",
    assetHosts: [],
    standIn: { address, spki },
    ...o,
  });
}

/** Runs of a task by what is done: right, near (nearly right), untouched, and each wrong work that its script lets pass. */
export function runsOf(id: string): ReadonlyMap<string, ReturnType<typeof after>> {
  const { right, near, loose } = runs[id]!;
  return new Map([
    ["right", after(right)],
    ["near", after(near.run)],
    ["untouched", after([])],
    ...loose.map(({ how, run }) => [how, after(run)] as const),
  ]);
}

export interface HostedVerdictOptions {
  readonly standIn: HostedStandIn;
  readonly environment: Environment;
  readonly tasks: TaskSource;
  readonly id: string;
  readonly state: ReturnType<typeof after>;
  readonly signal: AbortSignal;
}

/** Whether a task counts as achieved with the page in a state. */
export async function hostedSuccess(
  { standIn, environment, tasks, id, state, signal }: HostedVerdictOptions,
): Promise<boolean> {
  const task = (await tasks.list({ split: "eval", match: id }))[0]!;
  standIn.state = JSON.stringify(state);
  const episode = await environment.open(task, { signal, seed: 0, ...(tasks.grade && { grade: tasks.grade }) });
  try {
    return (await episode.verdict({ signal })).success;
  } finally {
    await episode.close();
  }
}
