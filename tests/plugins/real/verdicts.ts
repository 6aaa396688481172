import { defaultConfig, finishReport, judgeStrictly, type SiteDefinition, type SiteTypes } from "../../../core/site.ts";
import type { RealTask } from "../../../plugins/real/agisdk.ts";
import { runScript } from "../../../plugins/real/script.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { omnizon } from "../../../plugins/sites/omnizon/omnizon.ts";
import { zilloft } from "../../../plugins/sites/zilloft/zilloft.ts";
import * as calendarRuns from "../sites/gocalendar/runs.ts";
import * as shopRuns from "../sites/omnizon/runs.ts";
import * as homesRuns from "../sites/zilloft/runs.ts";
import * as mailRuns from "./gomail-runs.ts";
import type { Scripted } from "./scripted.ts";

/** What both graders say of one final state. */
export interface Graders {
  readonly official: boolean;
  readonly strict: boolean;
}

/** Both graders on every scripted run of a task, and on the page as it was. */
export interface Row {
  readonly id: string;
  readonly right: Graders;
  readonly untouched: Graders;
  readonly near: Graders & { readonly how: string };
  readonly loose: readonly (Graders & { readonly how: string })[];
}

/** The scripted runs of a site's tasks. */
export interface ScriptedSite {
  readonly name: string;
  /** Tasks that have scripted runs. */
  readonly ids: readonly string[];
  /** Grades all runs of one of them. */
  rowOf(task: RealTask, o: GradeOptions): Promise<Row>;
}

interface GradeOptions {
  readonly python: string;
  readonly signal: AbortSignal;
}

/** Every site that has REAL tasks. */
export const scriptedSites: readonly ScriptedSite[] = [
  scripted(gomail, mailRuns),
  scripted(gocalendar, calendarRuns),
  scripted(omnizon, shopRuns),
  scripted(zilloft, homesRuns),
];

function scripted<T extends SiteTypes, Event>(site: SiteDefinition<T>, { runs, untouched, after }: {
  readonly runs: Readonly<Record<string, Scripted<Event>>>;
  readonly untouched: T["state"];
  readonly after: (run: readonly Event[]) => T["state"];
}): ScriptedSite {
  const official = site.official!;
  async function grade(task: RealTask, run: readonly Event[], o: GradeOptions): Promise<Graders> {
    const final = after(run);
    const config = defaultConfig(task.id, official);
    const report = finishReport(official, { initial: untouched, final, history: [], config });
    const { success } = await runScript({ script: task.script, report, ...o });
    return { official: success, strict: judgeStrictly(site, task.id, { before: untouched, after: final }).success };
  }
  return {
    name: site.name,
    ids: Object.keys(runs),
    async rowOf(task, o) {
      const { right, near, loose } = runs[task.id]!;
      return {
        id: task.id,
        right: await grade(task, right, o),
        untouched: await grade(task, [], o),
        near: { how: near.how, ...await grade(task, near.run, o) },
        loose: await Promise.all(loose.map(async ({ how, run }) => ({ how, ...await grade(task, run, o) }))),
      };
    },
  };
}
