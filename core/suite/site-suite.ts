import { type SiteDefinition, templatesOf } from "../site/definition.ts";
import type { SiteTypes } from "../site/family.ts";
import { siteTasks } from "../site/tasks.ts";
import { drawn } from "./drawn.ts";
import { fonts, scrambled } from "./looks.ts";
import { official } from "./official.ts";
import { solved } from "./solved.ts";
import { type SiteCase, splits, type Suite, type SuiteSites } from "./suite.ts";
import { untouched } from "./untouched.ts";
import { walked } from "./walked.ts";

/** The tests that every site must pass, by name. Those that need a browser start one of their own and close it. */
export function siteSuite<T extends SiteTypes>(definition: SiteDefinition<T>, sites: SuiteSites): readonly SiteCase[] {
  const tasks = templatesOf(definition).flatMap((template) => {
    const source = siteTasks(definition, { templates: [template.name], max_optimum: template.optimum, cap: 0 });
    return splits.map((split) => source.draw({ split, index: 0, seed: 0 }));
  });
  const suite: Suite<T> = { definition, tasks, ...sites };
  const timed = (name: string, seconds: number, run: SiteCase["run"]): SiteCase => ({
    name,
    timeoutMs: seconds * 1000,
    run,
  });
  const pure = (name: string, run: () => void): SiteCase =>
    timed(name, 30, () => new Promise((resolve) => resolve(run())));
  const { walks = 20, tour = [] } = sites;
  const pages = 30 + 4 * tour.length;
  return [
    pure("tasks are equal when drawn again, and their goals are read back from their words", () => drawn(suite)),
    pure("an untouched page achieves no task, and a state is equal to its own start", () => untouched(suite)),
    ...(definition.official
      ? [timed("the right work achieves each REAL task; none and wrong work do not", 30, (o) => official(suite, o))]
      : []),
    timed(
      "the solution achieves every task in every split in its optimum, and each step earns a milestone once",
      30 + 4 * tasks.length,
      (o) => solved(suite, o),
    ),
    timed(
      "a restored page shows what the live one showed after random walks, and they earn no milestone twice",
      30 + 4 * walks,
      (o) => walked(suite, o),
    ),
    ...(sites.scrambled
      ? [timed("other ids and classes change neither pixels nor behaviour", 2 * pages, (o) => scrambled(suite, o))]
      : []),
    timed(
      "a page shows the same elements and pixels whatever fonts and settings the machine has",
      4 * pages,
      (o) => fonts(suite, o),
    ),
  ];
}
