import type { Site } from "../../../core/domain/site.ts";
import type { ProvingGround, ScriptedWork, Task, TaskSource } from "../../../core/mod.ts";
import { createPlugin } from "../../../core/testing.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import tasksPlugin from "../../../plugins/real/tasks.ts";
import gocalendar from "../../../plugins/sites/gocalendar/site.ts";
import gomail from "../../../plugins/sites/gomail/site.ts";
import omnizon from "../../../plugins/sites/omnizon/site.ts";
import zilloft from "../../../plugins/sites/zilloft/site.ts";

/** What both graders say of one final state. */
export interface Graders {
  readonly official: boolean;
  readonly strict: boolean;
}

/** Both graders on all scripted work for a task, and on the page as it was. */
export interface Row {
  readonly id: string;
  readonly right: Graders;
  readonly untouched: Graders;
  readonly near: Graders & { readonly how: string };
  readonly loose: readonly (Graders & { readonly how: string })[];
}

/** A site whose REAL tasks can be played by scripts. */
export interface ScriptedSite {
  readonly name: string;
  /** Tasks that have scripted work. */
  readonly ids: readonly string[];
  /** Grades all work for one of them. */
  rowOf(id: string, o: { readonly signal: AbortSignal }): Promise<Row>;
}

/** Names of the sites that have REAL tasks. */
export const siteNames = ["gomail", "gocalendar", "omnizon", "zilloft"] as const;

const plugins = { gomail, gocalendar, omnizon, zilloft } as const;

/** Opens a site with the REAL tasks that are on this machine, of a version. */
export async function openScripted(
  name: typeof siteNames[number],
  version: "v1" | "v2" = "v2",
): Promise<ScriptedSite> {
  const site: Site = await createPlugin(plugins[name]);
  const source: TaskSource = await tasksPlugin.create(
    { site, version, tasks: [], exclude_ungradeable: true, max_steps: 25, python: "python3" },
    { packageRoot: packageRoot(), log: silentLog },
  );
  const tasks = new Map((await source.list({ split: "eval" })).map((task) => [task.template, task]));
  return {
    name,
    ids: Object.keys(await site.official!.works!()).filter((id) => id.startsWith(`${version}.`)),
    rowOf: (id, o) => rowOf(source.proving!, tasks.get(id)!, o),
  };
}

async function rowOf(proving: ProvingGround, task: Task, o: { readonly signal: AbortSignal }): Promise<Row> {
  const start = await proving.start(task, o);
  const works = await proving.works(task, o);
  const ends = await Promise.all(works.map(({ after }) => after(start, o)));
  const answers = await proving.grade([start, ...ends].map((now) => ({ task, now })), o);
  const [untouched, ...graded] = answers.map((answer): Graders => {
    if (!answer.ok) throw new Error(`${task.key}: ${answer.code}: ${answer.message}`);
    return { official: answer.verdict.success, strict: answer.verdict.strict!.success };
  });
  const of = (kind: ScriptedWork["kind"]) =>
    works.flatMap(({ how, ...work }, i) => work.kind === kind ? [{ how, ...graded[i]! }] : []);
  const [{ how: _, ...right }, near] = [of("right")[0]!, of("near")[0]!];
  return { id: task.template, right, untouched: untouched!, near, loose: of("loose") };
}
