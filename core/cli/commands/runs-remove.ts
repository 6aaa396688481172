import { folderSize } from "../../record/folder-size.ts";
import { removeRun } from "../../record/remove-run.ts";
import { listRuns, openRun, type RunListing } from "../../record/runs.ts";
import { chooseRuns, statusOf } from "../../report/choose-runs.ts";
import { HaloError } from "../../util/errors.ts";
import type { Flags } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { runsFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { sizeText } from "../report/run-list.ts";
import { textTable } from "../report/text-table.ts";

interface Asked {
  readonly runsDir: string;
  readonly flags: Flags<typeof runsFlags>;
  readonly io: Io;
}

/** `halo runs rm RUN…`: removes these runs, after a question. */
export async function removeRuns(names: readonly string[], { runsDir, flags, io }: Asked): Promise<number> {
  if (names.length === 0) {
    throw new HaloError("HALO_CLI_USAGE", "expected at least one run to remove, got none", {
      hint: "halo runs rm RUN…; halo runs lists them",
    });
  }
  const listings = await listRuns(runsDir);
  const chosen = new Set<RunListing>();
  for (const name of names) {
    const damaged = listings.find((run) => run.id === name && run.damage);
    const path = damaged?.path ?? (await openRun(name, runsDir)).path;
    const found = listings.find((run) => run.path === path);
    if (!found) {
      throw new HaloError("HALO_RUN_NOT_FOUND", `"${name}" is no run of ${runsDir}`, {
        hint: "an arm goes with its run; name the folder of other runs by --runs-dir",
      });
    }
    chosen.add(found);
  }
  return await remove([...chosen], { flags, io });
}

/** `halo runs prune`: removes the runs that the filters choose, the newest `--keep` of them left out. */
export async function pruneRuns({ runsDir, flags, io }: Asked): Promise<number> {
  const { status, match, since, before, keep = 0 } = flags;
  if ([status, match, since, before, flags.keep].every((value) => value === undefined)) {
    throw new HaloError("HALO_CLI_USAGE", "expected what to remove: --keep, --status, --match, --since or --before", {
      hint: "halo runs prune --keep 10",
    });
  }
  const all = chooseRuns(await listRuns(runsDir), flags, { nowMs: Date.now() });
  const chosen = all.slice(0, Math.max(0, all.length - keep)).filter((run) => run.status !== "RUNNING");
  return await remove(chosen, { flags, io });
}

async function remove(runs: readonly RunListing[], { flags, io }: Omit<Asked, "runsDir">): Promise<number> {
  const busy = runs.find((run) => run.status === "RUNNING");
  if (busy) throw new HaloError("HALO_RUN_BUSY", `${busy.id} is being run`, { hint: "end it first" });
  const sized = await Promise.all(runs.map(async (run) => ({ run, bytes: await folderSize(run.path) })));
  const total = sized.reduce((sum, { bytes }) => sum + bytes, 0);
  if (!flags.json) {
    const rows = sized.map(({ run, bytes }) => [run.id, statusOf(run), sizeText(bytes)]);
    for (const line of textTable(rows, { right: [2] })) io.out(line);
  }
  const what = runs.length === 1 ? "1 run" : `${runs.length} runs`;
  if (runs.length === 0) io.err("no run to remove");
  else if (!flags.yes && !await confirmed(`remove ${what}, ${sizeText(total)}?`, io)) {
    io.err("nothing was removed");
    return exitCodes.done;
  }
  for (const { run } of sized) await removeRun(run);
  if (flags.json) {
    const items = sized.map(({ run: { id, path }, bytes }) => ({ id, path, bytes }));
    io.out(JSON.stringify({ type: "removed", items, bytes: total }));
  } else if (runs.length > 0) io.err(`removed ${what}, ${sizeText(total)}`);
  return exitCodes.done;
}

async function confirmed(question: string, { confirm }: Io): Promise<boolean> {
  if (confirm) return await confirm(question);
  throw new HaloError("HALO_CLI_USAGE", `${question} There is no terminal to ask on`, { hint: "repeat it with --yes" });
}
