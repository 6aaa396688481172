// REAL tasks done by hand in a real browser: clicks and keys at places read off screenshots, no control is named.
import type { Action, Environment, Site } from "../../../core/mod.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import source from "../../../plugins/real/tasks.ts";
import replica from "../../../plugins/replica/environment.ts";
import { assert, type TestContext } from "../../harness.ts";

/** A place on a page of 1280 by 720. */
export type Px = readonly [x: number, y: number];
const place = ([x, y]: Px): [number, number] => [Math.round(x / 1.28), Math.round(y / 0.72)];

export const click = (...at: Px): Action => ({ action: "click", at: place(at) });
/** Into what has the focus. */
export const write = (text: string): Action => ({ action: "type", text });
/** In place of what a field reads. */
export const over = (text: string, ...at: Px): Action => ({ action: "type", at: place(at), text, clear: true });
/** The same, then Enter. */
export const search = (text: string, ...at: Px): Action => ({ ...over(text, ...at), submit: true } as Action);

/** Plays the right run of each task: it is solved with its last step and not before, by the script and by our rule. */
export async function playRuns(
  site: Site,
  runs: Readonly<Record<string, readonly Action[]>>,
  t: TestContext,
): Promise<void> {
  const options = { site, tasks: [], exclude_ungradeable: true, max_steps: 25, python: "python3" };
  const tasks = await source.create(options, { packageRoot: packageRoot(), log: silentLog });
  const pages = { site, stop: "solved", forking: "native", pages: 1 } as const;
  const environment = t.use(await replica.create(pages, {}) as Environment);
  for (const [id, moves] of Object.entries(runs)) {
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
}
