import { existsSync } from "node:fs";
import { join } from "node:path";
import { endBrowsers } from "../../browser/temp-folder.ts";
import { loadDocument, loadPipeline } from "../../config/load.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import type { Done } from "../../record/events.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { openRun } from "../../record/runs.ts";
import { runPipeline } from "../../run/pipeline.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { Flags, RunCommand } from "../command.ts";
import type { runFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions } from "../load-options.ts";
import { watchFor } from "../watch-for.ts";
import { jsonReporter, textReporter } from "../report/reporter.ts";

/** Time that browsers have to end after a run. */
const browserEndMs = 3_000;

/** What may be set for a resumed run: how much work, how fast, how patient, and who is told. */
const changesNoResult =
  /^(concurrency|trackers(\.[\w.]+)?|limits\.(env_steps|tokens|usd|fault_retries|faulty_tasks|\w+_timeout_s))=/;

/** What a run that reached a limit needs to go on. */
const raised: Readonly<Record<string, string>> = {
  HALO_LIMIT_ENV_STEPS: " --set limits.env_steps=HIGHER",
  HALO_LIMIT_TOKENS: " --set limits.tokens=HIGHER",
  HALO_LIMIT_USD: " --set limits.usd=HIGHER",
  HALO_BROWSER_NOT_FOUND: "   (after halo doctor)",
  HALO_BROWSER_LAUNCH: "   (after halo doctor)",
};

/** `halo run`: runs a pipeline, or continues a run with the pipeline it recorded. */
export const run: RunCommand<typeof runFlags> = async ({ args, flags }, io) => {
  const resume = flags.resume === undefined
    ? undefined
    : await openRun(flags.resume, flags["runs-dir"] ?? "runs", { fits: isStopped });
  if (
    resume &&
    (args.length > 0 || !flags.set.every((set) => changesNoResult.test(set)) || flags.profile.length > 0 ||
      flags.overlay.length > 0 ||
      flags.mode !== undefined || flags.seed !== undefined)
  ) {
    throw new HaloError(
      "HALO_CLI_USAGE",
      "a resumed run keeps its own pipeline: give neither a file nor anything that changes what is learned",
      {
        hint: `halo run --resume ${flags.resume}`,
      },
    );
  }
  if (!resume && (flags["from-iteration"] !== undefined || flags["accept-changes"])) {
    throw new HaloError("HALO_CLI_USAGE", "--from-iteration and --accept-changes go with --resume");
  }
  const pipeline = resume
    ? await loadDocument(resume.info.document, {
      base: resume.info.base,
      env: io.env,
      sets: flags.set,
      mayLackSecrets: flags["dry-run"],
      ...watchFor(io),
    })
    : await load(args[0], flags, io);
  if (flags["dry-run"]) return await (await import("./dry-run.ts")).dryRun(pipeline, { isJson: flags.json, io });
  const report = flags.json ? jsonReporter(io) : textReporter(io, { isQuiet: flags.quiet });
  try {
    const done = await runPipeline(pipeline, {
      log: io.log,
      signal: io.signal,
      packageRoot: packageRoot(),
      ...(resume && { resume }),
      acceptsChanges: flags["accept-changes"],
      ...(flags["from-iteration"] !== undefined && { fromIteration: flags["from-iteration"] }),
      onEvent: (event) => {
        if (event.type === "launch" && io.watchdog) io.watchdog.run = event.run;
        report(event);
      },
    });
    if (done.error) tellHow(done, done.error, io);
    return done.exit;
  } finally {
    const { launches, orphans } = await endBrowsers({ limitMs: browserEndMs });
    if ((launches > 0 && !flags.quiet) || orphans > 0) io.err(`orphans: ${orphans}${orphans > 0 ? ", ended now" : ""}`);
  }
};

/** Says why a run stopped and how to go on with it. */
function tellHow({ run }: Done, { code, message, hint }: NonNullable<Done["error"]>, io: Io): void {
  io.err(`${io.paint.red("stopped")} ${code}  ${message}`);
  // What a hint is recorded of stops the next attempt as well: a damaged file, a mistake in the pipeline that the run keeps.
  if (hint !== undefined) {
    io.err(`mend it: ${hint}`);
    if (code !== "HALO_RUN_CORRUPT") io.err("then begin a new run: a resumed one keeps its pipeline");
  } else io.err(`continue with: halo run --resume ${run}${raised[code] ?? ""}`);
}

/** A run that stopped before its end; the newest of them is what there is to continue. */
async function isStopped(run: RunFolder): Promise<boolean> {
  const status = (await run.readStatus())?.status;
  return status !== "DONE" && status !== "RUNNING";
}

/** What `halo init` writes and `halo run` takes when no pipeline is named. */
const usualFile = "pipeline.yaml";

function load(given: string | undefined, flags: Flags<typeof runFlags>, io: Io): Promise<Pipeline> {
  if (given === undefined && !existsSync(join(io.cwd, usualFile))) {
    throw new HaloError("HALO_CLI_USAGE", `no pipeline given, and no ${usualFile} here`, {
      hint: "halo run pipelines/grpo-gomail.yaml, or halo init for a pipeline.yaml of your own",
    });
  }
  const file = given ?? usualFile;
  const sets = [...flags.set];
  if (flags.seed !== undefined) sets.push(`seed=${flags.seed}`);
  if (flags["runs-dir"] !== undefined) sets.push(`runs_dir=${JSON.stringify(flags["runs-dir"])}`);
  return loadPipeline(file, { ...loadOptions({ ...flags, set: sets }, io), mayLackSecrets: flags["dry-run"] });
}
