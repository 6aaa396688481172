import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HaloError } from "../util/errors.ts";
import { exitOfCode } from "../util/error-facts.ts";
import type { Done } from "./events.ts";
import { appendAtOnce } from "./jsonl.ts";
import { jsonText } from "./json-file.ts";
import { thisProcess } from "../util/process-id.ts";
import { stateFormat } from "./run-info.ts";

/** Records how a run ended whose process can do nothing else any more. What it finished is on disk already. */
export function concludeAtOnce(run: string, { code, message }: HaloError): void {
  const since = new Date().toISOString();
  const nothing = { wall_s: 0, train_s: 0, env_steps: 0, frac_reward_zero_std: 0 };
  const done: Done = {
    ok: false,
    exit: exitOfCode(code),
    run,
    ...nothing,
    evaluations: [],
    comparisons: [],
    gates: [],
    error: { code, message },
  };
  try {
    appendAtOnce(join(run, "events.jsonl"), { type: "done", ts: since, ...done });
    const state = { status: "FAILED", since, owner: thisProcess() };
    writeFileSync(join(run, "state.json"), jsonText(stateFormat.schema, state));
  } catch {
    // The error itself is what matters.
  }
}
