import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { HaloError, type Json } from "halo-agent";
import { findProgram, runIsolated } from "halo-agent/kit";
import type { InfinityTask } from "./clone.ts";

const script = fileURLToPath(new URL("runner.py", import.meta.url));

/** Seconds one verifier may take unless the caller says otherwise. */
const verifierLimitS = 10;
const batchLimitMs = 600_000;

interface Call {
  readonly signal: AbortSignal;
}

interface VerifyCall extends Call {
  /** Seconds one verifier may take. */
  readonly limitS?: number;
}

/** A state as JSON that a task's verifier is asked about. */
export interface Question {
  readonly task: InfinityTask;
  readonly state: string;
}

/** What a verifier says, or why it says nothing. */
export type Verified =
  | { readonly passed: boolean; readonly message: string }
  | { readonly fault: string };

/** Runs verifiers, each unchanged, on states; answers in the order of the questions. Throws HALO_INFINITY_VERIFIER. */
export async function verify(
  python: string,
  questions: readonly Question[],
  { signal, limitS = verifierLimitS }: VerifyCall,
): Promise<readonly Verified[]> {
  const states = [...new Set(questions.map(({ state }) => state))];
  const index = new Map(states.map((state, i) => [state, i]));
  const job = {
    verify: {
      scripts: Object.fromEntries(questions.map(({ task }) => [task.id, task.verifier])),
      states: states.map((_, i) => `${i}.json`),
      asks: questions.map(({ task, state }) => [task.id, index.get(state)]),
      limit_s: limitS,
    },
  };
  const limitMs = questions.length === 1 ? 3 * limitS * 1000 : batchLimitMs;
  return await runJob(python, job, { signal, limitMs, what: named(questions.map(({ task }) => task)), states });
}

/** Where the authors' scripts lead from the seed, or from a state: the start, then one for each task in its order. */
export interface Ends {
  readonly start: Json;
  readonly ends: readonly ({ readonly state: Json } | { readonly none: true } | { readonly failed: string })[];
}

/** Runs the authors' scripted ends for tasks of one app. Throws HALO_INFINITY_VERIFIER. */
export async function solve(
  python: string,
  { tasks, scripts, from }: {
    readonly tasks: readonly InfinityTask[];
    readonly scripts: readonly string[];
    readonly from?: Json;
  },
  o: Call,
): Promise<Ends> {
  const job = { solve: { scripts, names: tasks.map(({ own }) => own), from: from === undefined ? null : "0.json" } };
  const states = from === undefined ? [] : [JSON.stringify(from)];
  const lines = await runJob(python, job, { ...o, limitMs: batchLimitMs, what: named(tasks), states });
  const [first, ...ends] = lines as [{ readonly start: Json }, ...Ends["ends"]];
  return { start: first.start, ends };
}

const named = (tasks: readonly InfinityTask[]): string =>
  tasks.length === 1 ? tasks[0]!.id : `${tasks[0]?.id} and ${tasks.length - 1} more`;

interface JobOptions extends Call {
  readonly limitMs: number;
  /** What is asked about, for messages. */
  readonly what: string;
  readonly states: readonly string[];
}

/** Runs the Python runner on its own, in an environment that only leads to the Node that an app's seed data are read with. */
async function runJob<T>(python: string, job: object, { what, states, signal, limitMs }: JobOptions): Promise<T[]> {
  const node = await findProgram("node");
  const { code, stderr, answer } = await runIsolated({
    python,
    script,
    files: { "job.json": JSON.stringify(job), ...Object.fromEntries(states.map((state, i) => [`${i}.json`, state])) },
    answer: "answers.jsonl",
    env: { PATH: [...(node === undefined ? [] : [dirname(node)]), "/usr/bin", "/bin"].join(delimiter) },
    signal,
    limitMs,
  });
  if (code !== 0 || answer === undefined) {
    const how = code === undefined ? `were stopped after ${limitMs / 1000} s` : `ended with status ${code}`;
    const last = stderr.trim().split("\n").at(-1)?.slice(0, 300) || "they said nothing";
    throw new HaloError("HALO_INFINITY_VERIFIER", `the scripts for ${what} ${how}: ${last}`);
  }
  return answer.trimEnd().split("\n").map((line) => JSON.parse(line) as T);
}
