import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type GraderAnswer, HaloError, type Json, type ProvingGround, type ScriptedWork, type Task } from "halo-agent";
import type { InfinityTask } from "./clone.ts";
import { type Ends, type Question, solve, type Verified, verify } from "./runner.ts";

export interface ProvingOptions {
  readonly folder: string;
  readonly python: string;
  /** By task id. */
  readonly tasks: ReadonlyMap<string, InfinityTask>;
}

/** Questions of one Python process. */
const batch = 2_000;

/**
 * The tasks on states: the app's seed as its authors compute it, their scripted end of each task, and the verifiers. An app's
 * ends are computed together, when the first of them is asked for.
 */
export function provingOf({ folder, python, tasks }: ProvingOptions): ProvingGround {
  const known = new Map<string, Promise<Ends & { readonly of: ReadonlyMap<string, Ends["ends"][number]> }>>();
  const taskOf = ({ template }: Task): InfinityTask => tasks.get(template)!;
  const endsOf = (app: string) => {
    const there = known.get(app);
    if (there) return there;
    // It serves whoever asks next, so it does not end with the call that asked first.
    const found = (async () => {
      const ofApp = [...tasks.values()].filter((task) => task.app === app);
      const scripts = await scriptsOf(folder, app);
      const { start, ends } = await solve(python, { tasks: ofApp, scripts }, { signal: new AbortController().signal });
      return { start, ends, of: new Map(ofApp.map((task, i) => [task.id, ends[i]!])) };
    })();
    known.set(app, found);
    found.catch(() => known.delete(app));
    return found;
  };
  const workOf = async (task: InfinityTask): Promise<ScriptedWork | undefined> => {
    const { start, of } = await endsOf(task.app);
    if ("none" in of.get(task.id)!) return undefined;
    return {
      kind: "right",
      how: "",
      async after(from, o) {
        const scripts = await scriptsOf(folder, task.app);
        const end = from === start
          ? of.get(task.id)!
          : (await solve(python, { tasks: [task], scripts, from }, o)).ends[0]!;
        if ("state" in end) return end.state;
        const reason = "failed" in end ? end.failed : "there is no script for it";
        throw new Error(`the scripted end of ${task.id} cannot be reached from here: ${reason}`);
      },
    };
  };
  return {
    start: async (task) => (await endsOf(taskOf(task).app)).start,
    works: async (task) => [await workOf(taskOf(task)) ?? []].flat(),
    async grade(questions, o) {
      const texts = new Map<Json, string>();
      const textOf = (now: Json): string => {
        if (!texts.has(now)) texts.set(now, JSON.stringify(now));
        return texts.get(now)!;
      };
      const asked = questions.map(({ task, now = {} }): Question => ({ task: taskOf(task), state: textOf(now) }));
      const answers: GraderAnswer[] = [];
      for (let i = 0; i < asked.length; i += batch) {
        const part = asked.slice(i, i + batch);
        const verified = await verify(python, part, o);
        answers.push(...verified.map((one, k) => answerOf(part[k]!.task, one)));
      }
      return answers;
    },
  };
}

function answerOf(task: InfinityTask, verified: Verified): GraderAnswer {
  const by = `webarena-infinity/${task.id}`;
  if ("passed" in verified) return { ok: true, verdict: { success: verified.passed, by, reason: verified.message } };
  return { ok: false, code: "HALO_INFINITY_VERIFIER", message: `${task.verifier} ${verified.fault}` };
}

/** The authors' scripts with ends for an app's tasks. Throws HALO_INFINITY_FETCH when there are none. */
async function scriptsOf(folder: string, app: string): Promise<readonly string[]> {
  const files = (await readdir(join(folder, "apps", app))).filter((file) => /^sanity_check\w*\.py$/.test(file)).sort();
  const scripts = files.length > 2 ? files.filter((file) => file !== "sanity_check.py") : files;
  if (scripts.length > 0) return scripts.map((file) => join(folder, "apps", app, file));
  throw new HaloError("HALO_INFINITY_FETCH", `${app} comes without scripted ends: sanity_check_….py is not there`);
}
