import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writeWhole } from "../../record/durable.ts";
import { fileNameOf } from "../../record/file-name.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { pairLines, sftLines, trajectories } from "../../report/exported.ts";
import { HaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { exportFlags } from "../flags.ts";
import { openPlayed } from "../played-run.ts";

interface Written {
  readonly lines: number;
  readonly files: number;
  /** Lines left out because the run recorded no page for them. */
  readonly skipped: number;
}

const formats: Readonly<Record<string, (run: RunFolder, to: string) => Promise<Written>>> = {
  sft: async (run, to) => await dataset(to, "sft", await sftLines(run)),
  pairs: async (run, to) => await dataset(to, "pairs", await pairLines(run)),
  trajectories: async (run, to) => {
    let lines = 0;
    let files = 0;
    for await (const trajectory of trajectories(run)) {
      await writeLines(join(to, `${fileNameOf(trajectory.id)}.jsonl`), trajectory.lines);
      lines += trajectory.lines.length;
      files++;
    }
    return { lines, files, skipped: 0 };
  },
};

/** `halo export RUN`: what a run met, as JSON Lines that other tools read. */
export const exportRun: RunCommand<typeof exportFlags> = async ({ args, flags }, io) => {
  const format = flags.format ?? "trajectories";
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (!write) {
    const names = Object.keys(formats);
    throw new HaloError(
      "HALO_CLI_USAGE",
      `--format must be ${names.join(", ")}, got "${format}"${didYouMean(format, names)}`,
      {
        hint: "halo export --help",
      },
    );
  }
  const run = await openPlayed(args[0]!, flags);
  const to = resolve(io.cwd, flags.to ?? join("exports", run.id, format));
  await mkdir(to, { recursive: true });
  const written = await write(run, to);
  if (flags.json) io.out(JSON.stringify({ type: "export", run: run.id, format, to, ...written }));
  else io.out(`${to}  ${written.lines} lines in ${written.files} ${written.files === 1 ? "file" : "files"}`);
  if (written.skipped > 0 && !flags.json) {
    io.err(`${written.skipped} lines left out: the run recorded no page for them (record.pages)`);
  }
  return exitCodes.done;
};

async function dataset(
  to: string,
  name: string,
  { lines, skipped }: { readonly lines: readonly object[]; readonly skipped: number },
): Promise<Written> {
  await writeLines(join(to, `${name}.jsonl`), lines);
  return { lines: lines.length, files: 1, skipped };
}

async function writeLines(path: string, lines: readonly unknown[]): Promise<void> {
  await writeWhole(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
