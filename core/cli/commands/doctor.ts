import { loadPipeline } from "../../config/load.ts";
import type { CheckResult, DoctorCheck } from "../../domain/doctor.ts";
import { usesOf } from "../../config/uses-of.ts";
import { HaloError, isHaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainText } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { machineChecks } from "../doctor/machine.ts";
import { exitCodes } from "../exit.ts";
import type { doctorFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions, overridesOf } from "../load-options.ts";

/** Longest time one check may take. */
const checkLimitMs = 60_000;

/** `halo doctor`: looks at everything a run needs on this machine and says what to do about the rest. */
export const doctor: RunCommand<typeof doctorFlags> = async ({ args, flags }, io) => {
  let failed = 0;
  let done = 0;
  const tell = (name: string, found: CheckResult) => {
    const { status, text, remedy } = found;
    done++;
    if (status === "fail") failed++;
    if (flags.json) {
      io.out(JSON.stringify({ type: "check", name, status, text, ...(status !== "ok" && remedy && { remedy }) }));
    } else printResult(name, found, io);
  };
  const given = [...flags.profile, ...flags.overlay, ...flags.set, ...flags.mode === undefined ? [] : [flags.mode]];
  if (args[0] === undefined && !flags.gpu && given.length > 0) {
    throw new HaloError("HALO_CLI_USAGE", "a profile, mode, overlay or --set needs the pipeline it changes", {
      hint: "halo doctor --help",
    });
  }
  const pipeline = args[0] === undefined ? [] : await pipelineChecks(args[0], flags, io);
  for (const { name, run } of machineChecks) tell(name, await limited((signal) => run({ ...io, signal }), io));
  for (const { name, run } of pipeline) tell(name, await limited((signal) => run({ env: io.env, signal }), io));
  if (flags.gpu) {
    const { loopSteps } = await import("../doctor/training-loop.ts");
    for await (const { name, found } of loopSteps({ ...loopOf(args[0], flags), io })) tell(name, found);
  }
  const exit = failed > 0 ? exitCodes.prerequisite : exitCodes.done;
  if (flags.json) io.out(JSON.stringify({ type: "done", ok: failed === 0, exit }));
  else io.err(failed === 0 ? "ready to run" : `${failed} of ${done} checks failed`);
  return exit;
};

/** What a check finds within its limit; what it throws is what it finds. */
async function limited(run: (signal: AbortSignal) => Promise<CheckResult>, io: Io): Promise<CheckResult> {
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(checkLimitMs)]);
  const found = await run(signal).catch((e: unknown): CheckResult => ({
    status: "fail",
    text: e instanceof Error ? e.message : String(e),
    ...(isHaloError(e) && e.hint !== undefined && { remedy: e.hint }),
  }));
  io.signal.throwIfAborted();
  return found;
}

/** What the plugins of a pipeline want looked at, those of its arms included, each once. */
async function pipelineChecks(file: string, flags: Flags<typeof doctorFlags>, io: Io): Promise<readonly DoctorCheck[]> {
  const pipeline = await loadPipeline(file, { ...loadOptions(flags, io), mayLackSecrets: true });
  const all = pipeline.arms?.map((arm) => arm.pipeline) ?? [pipeline];
  const found = new Map<string, DoctorCheck>();
  for (const { plugin, options } of all.flatMap(usesOf)) {
    for (const check of plugin.checks?.(options, { packageRoot: packageRoot() }) ?? []) {
      found.set(`${plugin.kind}/${plugin.name} ${check.name} ${JSON.stringify(options)}`, check);
    }
  }
  return [...found.values()];
}

/** The pipeline whose loop is tried: the given one, else the shipped one that trains on a GPU. */
function loopOf(file: string | undefined, flags: Flags<typeof doctorFlags>) {
  const overrides = overridesOf(flags);
  if (file !== undefined) return { file, overrides };
  return { file: "halo:pipelines/grpo-gomail.yaml", overrides: { ...overrides, profiles: ["gpu", ...flags.profile] } };
}

function printResult(name: string, { status, text, remedy }: CheckResult, io: Io): void {
  const colour = { ok: io.paint.green, warn: io.paint.yellow, fail: io.paint.red }[status];
  const [first, ...more] = plainText(text).split("\n");
  io.out(`${colour(status.padEnd(4))}  ${name.padEnd(11)}  ${first}`);
  for (const line of more) io.out(`      ${"".padEnd(11)}  ${line}`);
  if (remedy && status !== "ok") io.out(`      ${"".padEnd(11)}  → ${remedy}`);
}
