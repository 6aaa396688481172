// runtime: node
// REAL tasks done by hand in a real browser: clicks and keys at places read off screenshots, no control is named.
import type { Action, Environment, Site } from "../../../../core/mod.ts";
import { silentLog } from "../../../../core/util/log.ts";
import { packageRoot } from "../../../../core/util/package-root.ts";
import source from "../../../../plugins/real/tasks.ts";
import replica from "../../../../plugins/replica/environment.ts";
import calendar from "../../../../plugins/sites/gocalendar/site.ts";
import { assert, suite } from "../../../harness.ts";
import { installed } from "../../real/installed.ts";

const here = await installed("gocalendar");
const site: Site = await calendar.create({}, {});
const test = suite("gocalendar/page");

type Px = readonly [x: number, y: number];
const place = ([x, y]: Px): [number, number] => [Math.round(x / 1.28), Math.round(y / 0.72)];
const click = (...at: Px): Action => ({ action: "click", at: place(at) });
/** Into what has the focus. */
const write = (text: string): Action => ({ action: "type", text });
const over = (text: string, ...at: Px): Action => ({ action: "type", at: place(at), text, clear: true });

const [create, event, task, next, remove, save, end] = [
  ...[click(116, 86), click(80, 140), click(80, 176), click(353, 26), click(600, 151), click(945, 527)],
  { action: "scroll", dy: 600 } as Action,
] as const;

const rightRuns: Readonly<Record<string, readonly Action[]>> = {
  "v2.gocalendar-4": [
    ...[create!, event!, write("Work out"), over("September 20", 539, 177)],
    ...[over("7:45 PM", 722, 177), over("8:45 PM", 897, 177), click(700, 257), click(620, 395)],
    ...[over("Gym", 731, 337), save!],
  ],
  // The second week's hours, below one row of whole days.
  "v2.gocalendar-6": [next!, click(787, 286), write("Pick up my sister"), save!],
  "v2.gocalendar-8": [
    ...[create!, task!, write("Send an email to Ashley"), over("July 22", 590, 177), over("9:00 AM", 860, 177)],
    click(945, 365),
  ],
  "v2.gocalendar-10": [click(787, 668), remove!],
  "v2.gocalendar-12": [next!, click(392, 206), write("Buy gym clothes"), save!],
  "v2.gocalendar-16": [end, click(787, 660), remove!],
  "v2.gocalendar-18": [click(985, 238), remove!],
  "v2.gocalendar-23": [click(787, 280), remove!],
};

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
  test("REAL tasks on the page are skipped because they are not here", () => {});
} else {
  test(
    "the right runs of eight REAL tasks are done at places on the page, solved with its last step and not before",
    async (t) => {
      const options = { site, tasks: [], exclude_ungradeable: true, max_steps: 25, python: "python3" };
      const tasks = await source.create(options, { packageRoot: packageRoot(), log: silentLog });
      const pages = { site, stop: "solved", forking: "native", pages: 1 } as const;
      const environment = t.use(await replica.create(pages, {}) as Environment);
      for (const [id, moves] of Object.entries(rightRuns)) {
        const one = (await tasks.list({ split: "eval", match: id }))[0]!;
        const episode = await environment.open(one, { signal: t.signal, seed: 0, grade: tasks.grade! });
        await episode.observe({ need: {}, signal: t.signal });
        const solved: boolean[] = [];
        for (const action of moves) {
          const step = await episode.step(action, { need: {}, signal: t.signal });
          assert.is(step.error, undefined, `${id}, step ${solved.length + 1}: ${step.error?.message}`);
          solved.push(step.solved);
        }
        assert.equal(solved, moves.map((_, i) => i === moves.length - 1), id);
        assert.equal((await episode.verdict({ signal: t.signal })).strict?.success, true, `${id}: strict`);
        await episode.close();
      }
    },
    { timeoutMs: 120_000 },
  );
}
