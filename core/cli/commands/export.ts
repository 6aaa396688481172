import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makeDir, writeWhole } from "../../record/durable.ts";
import { fileNameOf } from "../../record/file-name.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { type Exported, pairLines, sftLines, trajectories } from "../../report/exported.ts";
import { HaloError, isHaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { exportFlags } from "../flags.ts";
import { openPlayed } from "../played-run.ts";
import { type ExportedFile, type Format, type FormatOptions, nothing } from "./export-format.ts";
import { harborTasks } from "./export-harbor.ts";

const formats: Readonly<Record<string, Format>> = {
  sft: (run, o) => dataset(run, { ...o, name: "sft", read: sftLines, what: "steps of solved episodes" }),
  pairs: (run, o) =>
    dataset(run, { ...o, name: "pairs", read: pairLines, what: "decisions that were paid differently" }),
  trajectories: async function* (run) {
    let count = 0;
    for await (const { id, lines } of trajectories(run)) {
      count++;
      yield jsonLines(`${fileNameOf(id)}.jsonl`, lines);
    }
    if (count === 0) throw nothing(run, "episodes");
  },
  harbor: harborTasks,
};

/** `halo export RUN`: what a run met, as files that other tools read. */
export const exportRun: RunCommand<typeof exportFlags> = async ({ args, flags }, io) => {
  const format = flags.format ?? "trajectories";
  const filesOf = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (!filesOf) {
    const names = Object.keys(formats);
    throw new HaloError(
      "HALO_CLI_USAGE",
      `--format must be ${names.join(", ")}, got "${format}"${didYouMean(format, names)}`,
      { hint: "halo export --help" },
    );
  }
  const run = await openPlayed(args[0]!, flags);
  const to = resolve(io.cwd, flags.to ?? join("exports", run.id, format));
  await checkEmpty(to);
  const leftOut: string[] = [];
  const options = { pack: flags.package, io, leftOut: (what: string) => void leftOut.push(what) };
  const { files, lines } = await writeAll(filesOf(run, options), to);
  if (flags.json) {
    io.out(JSON.stringify({ type: "export", run: run.id, format, to, lines, files, left_out: leftOut }));
    return exitCodes.done;
  }
  const many = `${files} ${files === 1 ? "file" : "files"}`;
  io.out(`${to}  ${lines === 0 ? many : `${lines} lines in ${many}`}`);
  for (const what of leftOut) io.err(what);
  return exitCodes.done;
};

/** Throws HALO_EXPORT_FOLDER for a folder that holds anything: two exports in one folder would be read as one. */
async function checkEmpty(to: string): Promise<void> {
  const found = await readdir(to).catch((e: NodeJS.ErrnoException) => {
    if (e.code === "ENOENT") return [];
    throw new HaloError("HALO_EXPORT_FOLDER", `${to} is no folder to write to (${e.code})`, {
      hint: "name another --to",
      cause: e,
    });
  });
  if (found.length === 0) return;
  throw new HaloError("HALO_EXPORT_FOLDER", `${to} holds ${found.slice(0, 3).join(", ")} already`, {
    hint: "remove it, or name another --to",
  });
}

/** Writes every file, or none: what was written before a failure is removed. */
async function writeAll(
  files: AsyncIterable<ExportedFile>,
  to: string,
): Promise<{ readonly files: number; readonly lines: number }> {
  const count = { files: 0, lines: 0 };
  const tops = new Set<string>();
  const folders = new Set<string>();
  try {
    for await (const { path, content, lines = 0 } of files) {
      const parts = path.split("/");
      tops.add(parts[0]!);
      const folder = join(to, ...parts.slice(0, -1));
      if (!folders.has(folder)) await makeDir(folder);
      folders.add(folder);
      await writeWhole(join(to, path), content);
      count.files++;
      count.lines += lines;
    }
    return count;
  } catch (e) {
    for (const top of tops) await rm(join(to, top), { recursive: true, force: true });
    if (!isHaloError(e, "HALO_DISK")) throw e;
    throw new HaloError("HALO_DISK", e.message, {
      hint: "mend that, then export again: no part of it was left",
      cause: e,
    });
  }
}

interface DatasetOptions extends FormatOptions {
  readonly name: string;
  readonly what: string;
  readonly read: (run: RunFolder) => Promise<Exported<object>>;
}

async function* dataset(run: RunFolder, { name, what, read, leftOut }: DatasetOptions): AsyncGenerator<ExportedFile> {
  const { lines, skipped } = await read(run);
  if (lines.length === 0) throw nothing(run, what, { skipped });
  if (skipped > 0) leftOut(`${skipped} lines left out: the run recorded no page for them (record.pages)`);
  yield jsonLines(`${name}.jsonl`, lines);
}

const jsonLines = (path: string, lines: readonly unknown[]): ExportedFile => ({
  path,
  content: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  lines: lines.length,
});
