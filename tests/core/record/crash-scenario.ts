import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EpisodeSummary, StepRecord } from "../../../core/record/episode.ts";
import { createRun, type RunFolder } from "../../../core/record/run-folder.ts";
import { listRuns, openRun } from "../../../core/record/runs.ts";
import { commitOf, emptySlot, events } from "./sample-records.ts";

/** The run's episodes, two before and one after training. */
export const episodeIds = ["before/x#0", "before/y#0", "after/x#0"] as const;

/** What the scenario leaves behind when nothing goes wrong, times left out. */
export async function outcome(run: RunFolder): Promise<unknown> {
  const steps = await Promise.all(episodeIds.map((id) => run.readSteps(id)));
  const it = run.iteration(1);
  return {
    status: (await run.readStatus())?.status,
    episodes: (await run.episodes()).map((e) => e.id),
    steps: steps.map((s) => s.map((step) => step.text)),
    slots: await it.readSlots(),
    batch: await it.readBatch(),
    commit: await run.lastCommit(),
    done: (await run.readEvents()).some((e) => e.type === "done"),
  };
}

/** A small run as the run loop writes it; continues the run it finds, if any. */
export async function playScenario(runsDir: string): Promise<RunFolder> {
  const [known] = await listRuns(runsDir);
  const run = known
    ? await openRun(known.id, runsDir)
    : await createRun(runsDir, { name: "crash", seed: 1, document: {}, base: "/" });
  await run.status("RUNNING");
  await run.event({ ...events.launch, resumed: known !== undefined });
  await play(run, episodeIds.slice(0, 2));
  const it = run.iteration(1);
  if (!await it.isCommitted()) {
    const kept = new Set((await it.readSlots()).map((s) => s.id));
    for (const id of ["s0", "s1"]) if (!kept.has(id)) await it.writeSlot(emptySlot(id));
    const loss = { kind: "cross_entropy" } as const;
    const batch = await it.readBatch() ?? { seq: 1, policyVersion: 0, temperature: 1, seed: 0, loss, examples: [] };
    if (!await it.readBatch()) await it.sealBatch(batch);
    writeFileSync(join(await it.stateDir(), "state"), "trained by " + batch.seq);
    writeFileSync(join(await it.adapterDir(), "adapter"), "weights");
    await it.commit(commitOf(1));
  }
  await run.metrics(1, { mean_reward: 1 });
  await play(run, episodeIds.slice(2));
  await run.status("DONE");
  await run.event(events.done);
  return run;
}

async function play(run: RunFolder, ids: readonly string[]): Promise<void> {
  const finished = new Set((await run.episodes()).map((e) => e.id));
  for (const id of ids.filter((id) => !finished.has(id))) {
    await run.writeSteps(id, [stepOf(id, 0), stepOf(id, 1)]);
    await run.episode(summaryOf(id));
  }
}

function stepOf(id: string, index: number): StepRecord {
  const parsed = { ok: false, code: "PARSE", message: "" } as const;
  return { index, url: "", stateKey: "", text: `${id} ${index}`, parsed, reward: 0, terms: [], policyVersion: 0 };
}

function summaryOf(id: string): EpisodeSummary {
  const verdict = { success: false, by: "x", reason: "" };
  const task = { taskKey: id, template: "t", split: "eval", optimum: 2, goal: "" };
  return { id, label: "l", ...task, steps: 2, stop: "max_steps", success: false, verdict, reward: 0, policyVersion: 0 };
}
