import { availableParallelism } from "node:os";
import { type Grade, type GraderAnswer, isHaloError, type ProvingGround, type Site, type Task } from "halo-agent";
import { mapLimited } from "halo-agent/kit";

/** The tasks on states of their replicas, graded as an episode is: by the task's own script, the site's strict rule beside it. */
export function provingGroundOf(sites: readonly Site[], grade: Grade): ProvingGround {
  const siteOf = (task: Task): Site => sites.find(({ name }) => name === task.site)!;
  const start = (task: Task) => siteOf(task).start(task);
  return {
    start: (task) => Promise.resolve(start(task)),
    works: async (task) => (await siteOf(task).official?.works?.())?.[task.template] ?? [],
    grade: (questions, { signal }) =>
      mapLimited(questions, availableParallelism(), async ({ task, now }): Promise<GraderAnswer> => {
        const site = siteOf(task);
        const strict = site.judge(task, start(task), now ?? start(task));
        const report = now === undefined ? {} : site.report!(task, start(task), now);
        try {
          return { ok: true, verdict: await grade({ task, report, strict }, { signal }) };
        } catch (e) {
          signal.throwIfAborted();
          if (isHaloError(e, "HALO_GRADER_FAILED")) return { ok: false, code: e.code, message: e.message };
          throw e;
        }
      }),
  };
}
