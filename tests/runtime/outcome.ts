import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { loadPipeline } from "../../core/config/load.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { outcomeOf } from "../core/run/board-run.ts";

/** Runs two real GoMail iterations: `outcome.ts CONCURRENCY`; prints what equal runs must agree on, and the training time. */
const root = packageRoot();
const sets = [
  `runs_dir=${mkdtempSync(path.join(tmpdir(), "halo-outcome-"))}`,
  `concurrency=${process.argv[2]}`,
  "stages.0.evaluate.sample_size=4",
  "stages.1.train.iterations=2",
  "stages.1.train.tasks_per_iteration=2",
  "stages.2.evaluate.sample_size=4",
];
const pipeline = await loadPipeline(path.join(root, "pipelines/grpo-gomail.yaml"), { sets, env: {}, cwd: root });
const done = await runPipeline(pipeline, { log: silentLog, signal: new AbortController().signal, packageRoot: root });
console.log(JSON.stringify({ ...await outcomeOf(done.run), exit: done.exit, train_s: done.train_s }));
