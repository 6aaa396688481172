import { HaloError, type Task, type TaskSource } from "halo-agent";
import { globTest } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";

/** Every task of the benchmark, to look at: which of them a replica can play. */
export function catalogue(all: readonly RealTask[], maxSteps: number): TaskSource {
  const tasks = all.map((real): Task => ({
    id: real.id,
    key: real.id,
    goal: { id: real.id, text: real.goal, startUrl: real.url, maxSteps },
    site: real.site,
    template: real.id,
    split: "eval",
    optimum: maxSteps,
    params: { real: real.id },
  }));
  return {
    splits: ["eval"],
    size: () => tasks.length,
    list({ match = "*" }) {
      const matches = globTest(match);
      return Promise.resolve(tasks.filter((task) => matches(task.key)));
    },
    remark: remarkOf(all),
    draw() {
      throw new HaloError("HALO_REAL_TASK_UNKNOWN", "the tasks of REAL are played on the replica of one site", {
        hint: "name it in the option `site` of `tasks`, such as gomail",
      });
    },
  };
}

/**
 * Gradeable tasks of the first version that cannot be played on the replica of their site, and why. The catalogue opens no site
 * to ask for its rules; a test holds them equal to what the sites say.
 */
export const unplayable: ReadonlyMap<string, string> = new Map([
  ["v1.gomail-7", "names a mail that the replica's mailbox does not have"],
]);

/** Why a task cannot be played or graded here. */
export function remarkOf(all: readonly RealTask[]): NonNullable<TaskSource["remark"]> {
  const byId = new Map(all.map((one) => [one.id, one]));
  return ({ template, site }, sites) => {
    const real = byId.get(template);
    if (real?.isGradeable === false) return `ungradeable: ${real.problem}`;
    return sites.includes(site) ? unplayable.get(template) : "no replica yet";
  };
}
