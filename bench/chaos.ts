/**
 * One run after another in which faults are planted: kinds of them in one call of so many, tasks that fault for good, with forks
 * and without. Every fault must be outlived, none may become a reward: weights and episodes must be those of a run in which
 * nothing went wrong but the same tasks were set aside.
 *
 *   npm run bench:chaos [-- --seeds 4 --every 12 --pipeline FILE --environment FILE --doomed eval/3@,train/2@ --set KEY=VALUE]
 *
 * Bars: >= 20 kinds, >= 300 faults over >= 500 episodes; episodes = finished + set aside; equal weights and episodes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { endBrowsers } from "../core/browser/temp-folder.ts";
import { chaosRun } from "./chaos/chaos-run.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "4" },
    every: { type: "string", default: "12" },
    pipeline: { type: "string", default: "tests/board/pipeline.yaml" },
    environment: { type: "string", default: "./tests/board/environment.ts" },
    doomed: { type: "string", default: "eval/3@,train/2@" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const learns = [
  "stages.0.evaluate.sample_size=40",
  "stages.1.train.iterations=10",
  "stages.2.evaluate.sample_size=40",
];
/** None of the algorithms here learns without forks, so that such a pipeline only evaluates. */
const onlyPlays = [
  "algorithm=null",
  "trainer=null",
  "stages=[{evaluate: {label: before, split: eval, sample_size: 60, decoding: sample}}]",
];
const runs = mkdtempSync(join(tmpdir(), "halo-chaos-"));
const kinds = new Set<string>();
let [faults, finished, setAside, differing] = [0, 0, 0, 0];
try {
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    for (const isForking of [true, false]) {
      const o = {
        runs,
        seed,
        isForking,
        doomed: values.doomed.split(","),
        pipeline: values.pipeline,
        environment: values.environment,
        sets: [
          `seed=${seed}`,
          "limits.faulty_tasks=0.3",
          "limits.step_timeout_s=0.5",
          "limits.policy_timeout_s=0.5",
          "limits.fault_retries=12",
          ...values.set,
          ...isForking ? learns : onlyPlays,
        ],
      };
      const calm = await chaosRun({ ...o, every: 0 });
      const wild = await chaosRun({ ...o, every: Number(values.every) });
      for (const kind of wild.kinds) kinds.add(kind);
      faults += wild.planted;
      finished += wild.finished;
      setAside += wild.setAside;
      const isEqual = wild.done.exit === 0 && calm.weights === wild.weights && calm.episodes === wild.episodes &&
        calm.setAside === wild.setAside;
      if (!isEqual) differing++;
      console.log(
        `seed ${seed} ${isForking ? "forks  " : "no fork"}  ${wild.planted} faults, ${wild.finished} episodes, ` +
          `${wild.setAside} set aside, exit ${wild.done.exit} ${wild.done.error?.message ?? ""} ${
            isEqual ? "equal" : "DIFFERS"
          }`,
      );
    }
  }
} finally {
  rmSync(runs, { recursive: true, force: true });
}
const { orphans } = await endBrowsers({ limitMs: 3_000 });
console.log(
  `${kinds.size} kinds, ${faults} faults over ${finished + setAside} episodes, ${setAside} set aside; ` +
    `runs that differ: ${differing}; orphans: ${orphans}`,
);
const holds = kinds.size >= 20 && faults >= 300 && finished + setAside >= 500 && differing === 0 && orphans === 0;
process.exitCode = holds ? 0 : 1;
