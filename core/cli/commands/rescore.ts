import { loadDocument } from "../../config/load.ts";
import { buildRewards } from "../../plugin/container.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { RescoreSum, type RescoreView } from "../../report/rescore-view.ts";
import { rescore as rescored } from "../../run/rescore/rescore.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { rescoreFlags } from "../flags.ts";
import { openPlayedLabel } from "../played-run.ts";
import { rescoreLines } from "../report/rescore-lines.ts";
import { watchFor } from "../watch-for.ts";

/** `halo rescore RUN`: pays a run's recorded steps by other rewards, without a browser, and says what that changes. */
export const rescore: RunCommand<typeof rescoreFlags> = async ({ args, flags }, io) => {
  const { run, label } = await openPlayedLabel(args[0]!, flags);
  const file = flags.rewards;
  const pipeline = await loadDocument(run.info.document, {
    base: run.info.base,
    sets: flags.set,
    env: io.env,
    mayLackSecrets: true,
    ...watchFor(io),
    ...(file !== undefined && { rewards: { text: file, folder: io.cwd } }),
  });
  const built = await buildRewards(pipeline, {
    log: io.log,
    signal: io.signal,
    packageRoot: packageRoot(),
    blobs: run.blobs,
  });
  try {
    const { rewards, algorithm } = built;
    const sum = new RescoreSum((group) => algorithm?.credit(group) ?? []);
    const unpaged: string[] = [];
    for await (const { id, groups, episode } of rescored({ run, rewards, label })) {
      io.signal.throwIfAborted();
      for (const group of groups ?? []) sum.addGroup(group);
      if (episode) sum.addSteps(episode.label, episode);
      if (!groups && !episode) unpaged.push(id);
    }
    const view = sum.view();
    if (view.steps === 0) throw nothingHeld(run, unpaged);
    const names = rewards.map(({ name, weight }) => ({ name, weight }));
    if (flags.json) io.out(JSON.stringify(jsonOf(run, { view, names, unpaged })));
    else for (const line of rescoreLines(view, { run: run.id, rewards: names })) io.out(plainLine(line));
    if (unpaged.length > 0 && !flags.json) {
      io.err(`left out: ${unpaged.length} task slots or episodes of which the run keeps no pages (record.pages)`);
    }
    return exitCodes.done;
  } finally {
    await built.close();
  }
};

interface Result {
  readonly view: RescoreView;
  readonly names: readonly { readonly name: string; readonly weight: number }[];
  readonly unpaged: readonly string[];
}

const jsonOf = ({ id }: RunFolder, { view, names, unpaged }: Result) => ({
  type: "done",
  ok: true,
  exit: exitCodes.done,
  run: id,
  rewards: names,
  ...view,
  left_out: unpaged,
});

function nothingHeld(run: RunFolder, unpaged: readonly string[]): HaloError {
  const what = unpaged.length === 0 ? "no step to pay" : "no pages, which rewards are paid by";
  return new HaloError("HALO_RESCORE_LACKS", `run ${run.id} holds ${what}`, {
    hint: "runs keep pages with `record: { pages: all }`, the default",
  });
}
