import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Call } from "../domain/call.ts";
import type { Episode } from "../domain/environment.ts";
import type { Json } from "../domain/json.ts";
import type { Observation } from "../domain/observation.ts";
import type { Transition } from "../domain/reward.ts";
import type { Site } from "../domain/site.ts";
import type { Task } from "../domain/task.ts";
import { type SiteDefinition, templatesOf } from "../site/definition.ts";
import type { SiteTypes } from "../site/family.ts";
import { milestoneReward } from "../site/reward.ts";
import { siteTasks } from "../site/tasks.ts";
import { keyedRng } from "../stats/rng.ts";
import { canonicalJson } from "../util/canonical-json.ts";
import { randomAction } from "./random-action.ts";
import { openSite, type SitePages } from "./site-pages.ts";

/** One test of a site, for any test runner. */
export interface SiteCase {
  readonly name: string;
  readonly timeoutMs: number;
  run(o: Call): Promise<void>;
}

/** A site as its plugin builds it. */
export interface SuiteSites {
  readonly site: Site;
  /** The same site with another `scramble`; without it nothing is said about renamed ids and classes. */
  readonly scrambled?: Site;
  /** Random walks; 20 when absent. */
  readonly walks?: number;
}

/** What the cases share. */
interface Suite<T extends SiteTypes> extends SuiteSites {
  readonly definition: SiteDefinition<T>;
  /** One task of every template in every split. */
  readonly tasks: readonly Task[];
}

const splits = ["train", "eval", "paraphrase"];

/** The tests that every site must pass, by name. Each starts its own browser and closes it. */
export function siteSuite<T extends SiteTypes>(definition: SiteDefinition<T>, sites: SuiteSites): readonly SiteCase[] {
  const templates = templatesOf(definition);
  const tasks = templates.flatMap((template) => {
    const source = siteTasks(definition, { templates: [template.name], max_optimum: template.optimum, cap: 0 });
    return splits.map((split) => source.draw({ split, index: 0, seed: 0 }));
  });
  const suite: Suite<T> = { definition, tasks, ...sites };
  const timed = (name: string, seconds: number, run: SiteCase["run"]): SiteCase => ({
    name,
    timeoutMs: seconds * 1000,
    run,
  });
  const walks = sites.walks ?? 20;
  return [
    timed("an untouched page achieves no task, and a state is equal to its own start", 10, () => untouched(suite)),
    timed(
      "the solution achieves every task in every split and earns each milestone once",
      30 + 4 * tasks.length,
      (o) => solved(suite, o),
    ),
    timed("a restored page shows what the live one showed after random walks", 30 + 4 * walks, (o) => walked(suite, o)),
    timed("random walks earn no milestone twice", 30 + 4 * walks, (o) => farmed(suite, o)),
    ...(sites.scrambled
      ? [timed("other ids and classes change neither pixels nor behaviour", 60, (o) => scrambled(suite, o))]
      : []),
    timed("a page shows the same elements and pixels on a machine without fonts", 60, (o) => fonts(suite, o)),
  ];
}

async function untouched<T extends SiteTypes>({ site, tasks, definition }: Suite<T>): Promise<void> {
  for (const task of tasks) {
    const start = site.start(task);
    assert.equal(canonicalJson(site.start(task)), canonicalJson(start), `${task.key}: start differs the second time`);
    assert.equal(site.judge(task, start, start).success, false, `${task.key} is achieved before anything was done`);
  }
  for (const id of Object.keys(definition.official?.strict ?? {})) {
    const task: Task = { ...tasks[0]!, id, params: { real: id } };
    const start = site.start(task);
    assert.equal(site.judge(task, start, start).success, false, `${id} is achieved before anything was done`);
    assert.ok(site.report?.(task, start, start) !== undefined, `${id}: the site makes no report`);
  }
}

/** Plays the solution; near misses on the way, and states that differ in one thing more, must fail. */
async function solved<T extends SiteTypes>({ definition, site, tasks }: Suite<T>, o: Call): Promise<void> {
  const source = siteTasks(definition, { templates: ["all"], max_optimum: Infinity, cap: 0 });
  const reward = milestoneReward(definition, { scale: 1, families: definition.families.map(({ name }) => name) });
  await withPages(site, async (pages) => {
    for (const task of tasks) {
      const start = site.start(task);
      const episode = await pages.open(task, o);
      let seen = await episode.observe({ need: {}, ...o });
      let fold = reward.start(task.goal, seen);
      const paid: string[] = [];
      let isSolved = false;
      for (let depth = 0; depth < task.goal.maxSteps && !isSolved; depth++) {
        const action = source.oracle!({ goal: task.goal, observation: seen, depth });
        const { observation, error, solved } = await episode.step(action, { need: {}, ...o });
        assert.equal(error, undefined, `${task.key}: step ${depth + 1} (${JSON.stringify(action)}) failed`);
        const parsed = { ok: true, action, repairs: 0 } as const;
        const turn = fold.next({ from: seen, parsed, to: observation });
        paid.push(...turn.terms.map(({ name }) => name));
        [fold, seen, isSolved] = [turn.fold, observation, solved];
      }
      const verdict = await episode.verdict(o);
      assert.ok(verdict.success, `${task.key}: "${task.goal.text}" was not achieved: ${verdict.reason}`);
      assert.ok(paid.length > 0, `${task.key}: the solution earned no milestone`);
      assert.equal(new Set(paid).size, paid.length, `${task.key}: a milestone was paid twice: ${paid.join(", ")}`);
      nearMisses({ definition, site, task, start, end: JSON.parse(await endState(episode, o)) });
      await episode.close();
    }
  });
}

async function endState(episode: Episode, o: Call): Promise<string> {
  return ((await episode.mark(o)).state as { readonly state: string }).state;
}

/** The achieved state with one thing more taken away, or one added twice, is no longer all that was asked for. */
function nearMisses<T extends SiteTypes>(
  { definition, site, task, start, end }: {
    readonly definition: SiteDefinition<T>;
    readonly site: Site;
    readonly task: Task;
    readonly start: Json;
    readonly end: Readonly<Record<string, readonly Json[]>>;
  },
): void {
  for (const part of Object.keys(definition.rules.collections)) {
    const things = end[part]!;
    const last = things.at(-1);
    if (last === undefined) continue;
    const fails = (changed: readonly Json[], what: string): void => {
      const { success } = site.judge(task, start, { ...end, [part]: changed });
      assert.equal(success, false, `${task.key} counts as achieved although ${what}`);
    };
    fails(things.slice(0, -1), `the last of ${part} is gone as well`);
    const twin = Object.fromEntries(
      Object.entries(last as object).map(([key, value]) => [key, key === "id" ? "twin" : value]),
    );
    if ("id" in (last as object)) fails([...things, twin], `there is one more of ${part}`);
  }
}

async function walked<T extends SiteTypes>({ site, tasks, walks = 20 }: Suite<T>, o: Call): Promise<void> {
  const need = { screenshot: true };
  await withPages(site, async (pages) => {
    for (let walk = 0; walk < walks; walk++) {
      const rng = keyedRng("suite", "walk", walk);
      const episode = await pages.open(tasks[walk % tasks.length]!, o);
      let seen = await episode.observe({ need: {}, ...o });
      for (let step = rng.int(7); step >= 0; step--) {
        ({ observation: seen } = await episode.step(randomAction(seen, rng), { need: {}, ...o }));
      }
      const mark = await episode.mark(o);
      const live = await episode.observe({ need, ...o });
      // Another page that was elsewhere before is put where this one stands.
      const fork = await pages.fork(mark, o);
      assert.deepEqual(lookOf(await fork.observe({ need, ...o })), lookOf(live), `walk ${walk}`);
      assert.equal(await endState(fork, o), await endState(episode, o), `state after walk ${walk}`);
      await fork.close();
      await episode.close();
    }
  });
}

async function farmed<T extends SiteTypes>({ definition, site, tasks, walks = 20 }: Suite<T>, o: Call): Promise<void> {
  const reward = milestoneReward(definition, { scale: 1, families: definition.families.map(({ name }) => name) });
  await withPages(site, async (pages) => {
    for (let walk = 0; walk < walks; walk++) {
      const rng = keyedRng("suite", "farm", walk);
      const task = tasks[walk % tasks.length]!;
      const episode = await pages.open(task, o);
      let seen = await episode.observe({ need: {}, ...o });
      let fold = reward.start(task.goal, seen);
      assert.deepEqual(fold.next({ from: seen, to: seen, parsed: waiting }).terms, [], `${task.key} pays for waiting`);
      const paid: string[] = [];
      for (let step = 0; step < 8; step++) {
        const action = randomAction(seen, rng);
        const { observation } = await episode.step(action, { need: {}, ...o });
        const turn = fold.next({ from: seen, to: observation, parsed: { ok: true, action, repairs: 0 } });
        paid.push(...turn.terms.map(({ name }) => name));
        [fold, seen] = [turn.fold, observation];
      }
      assert.equal(new Set(paid).size, paid.length, `${task.key}: a milestone was paid twice: ${paid.join(", ")}`);
      await episode.close();
    }
  });
}

const waiting: Transition["parsed"] = { ok: true, action: { action: "noop" }, repairs: 0 };

async function scrambled<T extends SiteTypes>(suite: Suite<T>, o: Call): Promise<void> {
  const [plain, other] = [
    await walkOf(suite.site, suite.tasks[0]!, o),
    await walkOf(suite.scrambled!, suite.tasks[0]!, o),
  ];
  assert.deepEqual(other, plain);
  const texts = await Promise.all([suite.site, suite.scrambled!].map(async (site) => {
    return new TextDecoder().decode((await site.assets()).get("/")!.body);
  }));
  assert.notEqual(texts[1], texts[0], "the scrambled page has the names of the plain one");
}

async function fonts<T extends SiteTypes>({ site, tasks }: Suite<T>, o: Call): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "halo-fonts-"));
  const before = process.env["FONTCONFIG_FILE"];
  try {
    const file = join(folder, "none.conf");
    writeFileSync(file, `<?xml version="1.0"?><fontconfig><cachedir>${folder}</cachedir></fontconfig>`);
    const own = await walkOf(site, tasks[0]!, o);
    process.env["FONTCONFIG_FILE"] = file;
    assert.deepEqual(await walkOf(site, tasks[0]!, o), own);
  } finally {
    if (before === undefined) delete process.env["FONTCONFIG_FILE"];
    else process.env["FONTCONFIG_FILE"] = before;
    rmSync(folder, { recursive: true });
  }
}

/** What the pages of one random walk look like, in a browser of their own. */
async function walkOf(site: Site, task: Task, o: Call): Promise<readonly unknown[]> {
  return await withPages(site, async (pages) => {
    const rng = keyedRng("suite", "looks");
    const episode = await pages.open(task, o);
    const need = { screenshot: true };
    const seen = [await episode.observe({ need, ...o })];
    for (let step = 0; step < 12; step++) {
      seen.push((await episode.step(randomAction(seen.at(-1)!, rng), { need, ...o })).observation);
    }
    return seen.map(({ elements, screenshot }) => ({ elements, pixels: screenshot?.sha256 }));
  });
}

const lookOf = ({ screenshot, ...seen }: Observation) => ({ ...seen, pixels: screenshot?.sha256 });

async function withPages<R>(site: Site, use: (pages: SitePages) => Promise<R>): Promise<R> {
  const pages = await openSite(site);
  try {
    return await use(pages);
  } finally {
    await pages.close();
  }
}
