import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { loadDocument, loadPipeline } from "../../core/config/load.ts";
import { onDurableWrite } from "../../core/record/durable.ts";
import type { Done } from "../../core/record/events.ts";
import { openRun } from "../../core/record/runs.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { recordOf } from "./record-of.ts";

/** A run as it was left at some moment, and what it comes to when it is resumed from there. */
export interface Left {
  readonly name: string;
  /** Folder of the run. */
  readonly path: string;
  readonly whole: Readonly<Record<string, string>>;
}

/** Two iterations of a browserless pipeline in which one task of each kind is set aside. */
const small = [
  "environment={ use: ./bench/chaos/environment.ts, options: { environment: ./tests/board/environment.ts, doomed: [train/3@, eval/1@] } }",
  "limits.faulty_tasks=0.9",
  "limits.fault_retries=0",
  "stages.0.evaluate.sample_size=3",
  "stages.1.train.tasks_per_iteration=2",
  "stages.2.evaluate.sample_size=3",
];
const trees = [
  "algorithm={ use: agentq, options: { num_simulations: 12, max_children: 4 } }",
  "trainer.options.replay=1",
];

/** Renames before which a process may be killed. */
const moments: Readonly<Record<string, RegExp>> = {
  exploring: /iter\/2\/batch\.json$/,
  updated: /iter\/2\/COMMIT$/,
};

/** Runs of the board: left while it explores, left before a commit, and one with search trees that has ended. */
export async function leftRuns(
  folder: string,
  { seed, withTrees = true }: { readonly seed: number; readonly withTrees?: boolean },
): Promise<readonly Left[]> {
  const left: Left[] = [];
  const kinds = [["groups", []], ...withTrees ? [["trees", trees]] as const : []] as const;
  for (const [kind, sets] of kinds) {
    const runs = join(folder, kind);
    const copies: [string, string][] = [];
    onDurableWrite(({ when, what, path }) => {
      if (when !== "before" || what !== "rename") return;
      const name = Object.keys(moments).find((key) => moments[key]!.test(path));
      if (name === undefined || kind === "trees") return;
      const run = path.slice(0, path.indexOf("/iter/"));
      const copy = join(folder, "left", `${kind} ${name}`, basename(run));
      cpSync(run, copy, { recursive: true });
      copies.push([name, copy]);
    });
    const document = await loadPipeline("tests/board/pipeline.yaml", {
      sets: [`runs_dir=${runs}`, `seed=${seed}`, ...small, ...sets],
      env: {},
      cwd: packageRoot(),
    });
    const { run } = await runPipeline(document, quiet());
    onDurableWrite(undefined);
    const whole = await recordOf(run);
    // An end with trees holds all that one without has.
    const ends = kind === "trees" ? [["finished", run] as const] : copies;
    for (const [name, path] of ends) left.push({ name: `${kind}, ${name}`, path, whole });
  }
  return left;
}

/** Continues a run. */
export async function resumed(
  path: string,
  { fromIteration }: { readonly fromIteration?: number } = {},
): Promise<Done> {
  const folder = await openRun(path, "");
  const pipeline = await loadDocument(folder.info.document, { base: folder.info.base, env: {} });
  return await runPipeline(pipeline, {
    ...quiet(),
    resume: folder,
    ...(fromIteration !== undefined && { fromIteration }),
  });
}

const quiet = () => ({ log: silentLog, signal: new AbortController().signal, packageRoot: packageRoot() });

/** A copy of a run under another folder, with the same name. */
export function copyOf(run: string, folder: string): string {
  const copy = join(folder, basename(run));
  mkdirSync(folder, { recursive: true });
  cpSync(run, copy, { recursive: true });
  return copy;
}

/** Paths of a run's files from its folder, sorted; what a killed process had not finished is no part of it. */
export function filesOf(run: string): readonly string[] {
  return readdirSync(run, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(run.length + 1))
    .filter((file) => !file.endsWith(".tmp")).sort();
}
