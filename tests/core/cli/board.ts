import { runsFolder } from "../run/board-run.ts";
import { capture } from "./capture.ts";

export const board = "tests/board/pipeline.yaml";

/** As few episodes as a whole run with both templates needs. */
export const small = [
  "--set=stages.0.evaluate.sample_size=2",
  "--set=stages.1.train.iterations=1",
  "--set=stages.1.train.tasks_per_iteration=2",
  "--set=stages.2.evaluate.sample_size=2",
];

/** The small board run, finished, in a folder of its own; `id` is the run's. */
export async function finishedRun(): Promise<{ readonly runsDir: string; readonly id: string; close(): void }> {
  const { path, close } = runsFolder();
  const { exit, err } = await capture(["run", board, "--runs-dir", path, "--quiet", ...small]);
  if (exit !== 0) throw new Error(err);
  const { out } = await capture(["runs", "--runs-dir", path, "--json"]);
  return { runsDir: path, id: JSON.parse(out).items[0].id, close };
}
