import type { Call } from "../../domain/call.ts";
import type { Json } from "../../domain/json.ts";
import type { ScriptedWork } from "../../domain/scripted-work.ts";
import type { GraderAnswer, GraderQuestion, ProvingGround, Task } from "../../domain/task.ts";
import type { AuditCase, Audited } from "../../report/audit-row.ts";
import { isHaloError } from "../../util/errors.ts";
import type { Others } from "./others.ts";

/** A task with its start, its scripted work and where its right work leads. */
interface Scene {
  readonly task: Task;
  readonly start: Json;
  readonly works: readonly ScriptedWork[];
  readonly right?: ScriptedWork;
  readonly end?: Json;
}

interface Asked {
  readonly scene: Scene;
  readonly about: AuditCase;
  readonly question: GraderQuestion;
}

/**
 * Asks the graders of tasks of one site about states that scripts lead to: the start, an empty report, the solution, wrong work,
 * solutions of other tasks and, where a strict verdict can tell whether that is too much, both one after the other.
 */
export async function proved(
  proving: ProvingGround,
  { tasks, others }: { readonly tasks: readonly Task[]; readonly others: Others },
  call: Call,
): Promise<ReadonlyMap<Task, readonly Audited[]>> {
  const scenes = await Promise.all(tasks.map((task) => sceneOf(proving, task, call)));
  const found = new Map<Task, Audited[]>(tasks.map((task) => [task, []]));
  const strict = new Set<Task>();
  const ask = async (asked: readonly Asked[]): Promise<void> => {
    const answers = await proving.grade(asked.map(({ question }) => question), call);
    for (const [i, { scene, about }] of asked.entries()) {
      const answer: GraderAnswer = answers[i]!;
      found.get(scene.task)!.push({ ...about, answer });
      if (about.kind === "solution" && answer.ok && answer.verdict.strict) strict.add(scene.task);
    }
  };
  const solved = new Map(scenes.filter(({ right }) => right).map((scene) => [scene.task, scene]));
  const neighbours = (scene: Scene) => others(scene.task, [...solved.keys()]).map((task) => solved.get(task)!);
  const first = await Promise.all(scenes.map(async (scene) => [
    ...alone(scene),
    ...await wrong(scene, call),
    ...await Promise.all(neighbours(scene).map((other) => after(scene, "other", other, call))),
  ]));
  await ask(first.flat().filter((one) => one !== undefined));
  const both = await Promise.all(
    scenes.filter(({ task, end }) => end !== undefined && strict.has(task)).map((scene) =>
      Promise.all(neighbours(scene).map((other) => after(scene, "both", other, call)))
    ),
  );
  await ask(both.flat().filter((one) => one !== undefined));
  return found;
}

async function sceneOf(proving: ProvingGround, task: Task, call: Call): Promise<Scene> {
  const [start, works] = await Promise.all([proving.start(task, call), proving.works(task, call)]);
  const right = works.find(({ kind }) => kind === "right");
  return { task, start, works, ...(right && { right, end: await right.after(start, call) }) };
}

function alone(scene: Scene): readonly Asked[] {
  const { task, start, end } = scene;
  return [
    { scene, about: { kind: "untouched" }, question: { task, now: start } },
    { scene, about: { kind: "empty" }, question: { task } },
    ...(end === undefined ? [] : [{ scene, about: { kind: "solution" }, question: { task, now: end } } as const]),
  ];
}

async function wrong(scene: Scene, call: Call): Promise<readonly Asked[]> {
  const works = scene.works.filter(({ kind }) => kind !== "right");
  return await Promise.all(works.map(async ({ how, after }): Promise<Asked> => ({
    scene,
    about: { kind: "wrong", name: how },
    question: { task: scene.task, now: await after(scene.start, call) },
  })));
}

/** The work of another task from this one's start or end; undefined where it cannot be done from there. */
async function after(
  scene: Scene,
  kind: "other" | "both",
  other: Scene,
  call: Call,
): Promise<Asked | undefined> {
  const { task, start, end } = scene;
  const isSame = kind === "other" && other.start === start;
  try {
    const now = isSame ? other.end! : await other.right!.after(kind === "other" ? start : end!, call);
    return { scene, about: { kind, name: other.task.key }, question: { task, now } };
  } catch (e) {
    call.signal.throwIfAborted();
    if (isHaloError(e)) throw e;
    return undefined; // A script that misses its things here, as a user would.
  }
}
