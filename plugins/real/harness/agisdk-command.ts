import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type BroughtInput,
  type Closable,
  type CommandKit,
  HaloError,
  type InsideEpisode,
  type OutsideRun,
  type Task,
} from "halo-agent";
import { findChromium, lookScript, serveAssets } from "halo-agent/browser";
import { withSettings } from "./config-route.ts";
import { type Compared, compared, linesOf } from "./compare.ts";
import { harnessPython, installHarness } from "./python.ts";
import { type HarnessJob, runHarness } from "./run-harness.ts";
import { servePolicy } from "./server.ts";

interface Flags {
  readonly match?: string;
  readonly limit?: number;
  readonly only: boolean;
  readonly config: readonly string[];
  readonly python?: string;
  readonly install: boolean;
  readonly results?: string;
  readonly submit?: string;
  readonly mode?: string;
  readonly json: boolean;
}

/** Runs `halo agisdk`; the exit status is 0 when both loops agree on every task, 5 when they do not. */
export async function runAgisdk({ args: [file], flags: given }: BroughtInput, kit: CommandKit): Promise<number> {
  const flags = given as unknown as Flags;
  if (flags.install) {
    kit.err("making a Python with agisdk 0.3.5: 0.7 GB, some minutes");
    kit.out(await installHarness(kit));
    return 0;
  }
  if (file === undefined) throw usage("expected a pipeline, or --install");
  const submit = submission(flags, kit);
  const python = await harnessPython(flags.python, kit);
  const run = await kit.open(file, { mode: flags.mode ?? "strict", flags: given });
  try {
    const tasks = await tasksOf(run, flags);
    const results = resolve(kit.cwd, flags.results ?? "agisdk-results");
    await mkdir(results, { recursive: true });
    const rows = await playBoth(run, { tasks, results, python, flags, kit, ...(submit && { submit }) });
    return print(rows, { flags, kit, results, policy: run.policy });
  } finally {
    await run.close();
  }
}

interface BothOptions extends Pick<HarnessJob, "results"> {
  readonly tasks: readonly Task[];
  readonly python: string;
  readonly submit?: string;
  readonly flags: Flags;
  readonly kit: CommandKit;
}

async function playBoth(
  run: OutsideRun,
  { tasks, results, python, submit, flags, kit }: BothOptions,
): Promise<readonly Compared[]> {
  const pages = await pagesOf(run, flags.config);
  if (!flags.only && pages.isBannerClosed?.(tasks)) {
    kit.err(
      "NOTE: the banner stands open in the harness and closed in halo's own loop, so the pages differ; " +
        "in the pipeline: environment.options.site: { use: SITE, options: { banner: open } }",
    );
  }
  const server = await servePolicy({
    tasks,
    need: run.need,
    look: lookScript(pages.isOwn),
    outside: (task) => run.outside(task),
  });
  try {
    kit.err(`agisdk's harness plays ${tasks.length} tasks with ${run.policy}; its results and log: ${results}`);
    const records = await runHarness({
      python,
      shim: join(kit.packageRoot, "plugins", "real", "harness", "shim", "halo_agisdk.py"),
      server,
      tasks,
      results,
      timeoutS: run.policyTimeoutS,
      chromium: findChromium(),
      ...(pages.rules !== undefined && { rules: pages.rules }),
      isOwn: pages.isOwn,
      ...(submit !== undefined && { submit: { name: submit, model: run.policy } }),
      env: kit.env,
      signal: kit.signal,
    });
    const own = new Map<string, InsideEpisode>();
    for (const task of flags.only ? [] : tasks) {
      kit.err(`halo's own loop plays ${task.key}`);
      own.set(task.key, await run.inside(task));
    }
    return tasks.map((task) =>
      compared({ task, record: records.get(task.template), steps: server.steps.get(task.key), own: own.get(task.key) })
    );
  } finally {
    await server.close();
    await pages.close();
  }
}

/** Where the harness's pages come from: our replica under its own name, or the hosted sites themselves. */
interface Pages extends Closable {
  readonly isOwn: boolean;
  /** Chromium's host rules; none for hosted sites, which the harness reaches by itself. */
  readonly rules?: string;
  /** True when the replica has a banner that is closed in halo's own loop though no setting closes it in the harness. */
  isBannerClosed?(tasks: readonly Task[]): boolean;
}

async function pagesOf(run: OutsideRun, config: readonly string[]): Promise<Pages> {
  const site = await run.site();
  if (site === undefined) return { isOwn: false, close: () => Promise.resolve() };
  const server = await serveAssets(withSettings(await site.assets(), config));
  return {
    isOwn: true,
    isBannerClosed: (tasks) =>
      !config.includes("removePopup=true") &&
      tasks.some((task) => (site.start(task) as { readonly banner?: boolean }).banner === false),
    rules: `MAP ${site.host} ${server.address}, MAP * ~NOTFOUND`,
    close: () => server.close(),
  };
}

async function tasksOf(run: OutsideRun, { match, limit }: Flags): Promise<readonly Task[]> {
  const all = await run.tasks({ split: "eval", ...(match !== undefined && { match }) });
  const isTheirs = all.every(({ params }) => (params as { readonly real?: string } | null)?.real !== undefined);
  if (!["replica", "real"].includes(run.environment) || !isTheirs) {
    throw new HaloError(
      "HALO_AGISDK_PIPELINE",
      "the harness plays the tasks of REAL, on a replica or the hosted sites",
      {
        hint:
          "tasks: { use: real, options: { site: gomail } }, environment: { use: replica, options: { site: gomail } }",
      },
    );
  }
  if (all.length > 0) return all.slice(0, limit ?? all.length);
  throw new HaloError("HALO_TASKS_EMPTY", `no task matches "${match ?? "*"}"`, { hint: "halo tasks PIPELINE" });
}

/** The name to submit under; only when it is asked for and there is a key. */
function submission({ submit, config }: Flags, { env }: CommandKit): string | undefined {
  if (submit === undefined) return undefined;
  if (!env["REAL_API_KEY"]) throw usage("--submit needs the leaderboard's key in REAL_API_KEY");
  if (config.length > 0) throw usage("--submit goes with the harness's own settings: leave out --config");
  return submit;
}

interface Printing {
  readonly flags: Flags;
  readonly kit: CommandKit;
  readonly results: string;
  readonly policy: string;
}

function print(rows: readonly Compared[], { flags: { json, only }, kit, results, policy }: Printing): number {
  const differing = rows.filter(({ isEqual }) => isEqual === false).length;
  const solved = rows.filter(({ reward }) => reward === 1).length;
  const exit = differing === 0 ? 0 : 5;
  if (json) {
    for (const row of rows) kit.out(JSON.stringify({ type: "task", ...row }));
    const done = { policy, n: rows.length, solved, ...(!only && { differing }), results };
    kit.out(JSON.stringify({ type: "done", ok: exit === 0, exit, ...done }));
    return exit;
  }
  for (const line of linesOf(rows)) kit.out(line);
  kit.out(`agisdk's harness: ${solved} of ${rows.length} solved`);
  if (!only) kit.out(`halo's own loop agrees on ${rows.length - differing} of ${rows.length}, verdict and every step`);
  return exit;
}

const usage = (message: string): HaloError => new HaloError("HALO_CLI_USAGE", message, { hint: "halo agisdk --help" });
