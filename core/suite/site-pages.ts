import type { Call, Closable } from "../domain/call.ts";
import type { Episode, Mark } from "../domain/environment.ts";
import type { Site } from "../domain/site.ts";
import type { Task } from "../domain/task.ts";
import { PageEpisode } from "../browser/episode.ts";
import type { HaloPage } from "../browser/page.ts";
import { PagePool } from "../browser/pool.ts";
import { serveAssets } from "../browser/serve.ts";
import { type Stance, stanceAt } from "../browser/stance.ts";

/** The pages of a site in a real browser, for its tests: episodes from a task's start, and forks of them. */
export interface SitePages extends Closable {
  open(task: Task, o: Call): Promise<Episode>;
  fork(mark: Mark, o: Call): Promise<Episode>;
  /** Each id, class and name of a data attribute on the page of an episode, once. */
  names(episode: Episode, o: Call): Promise<readonly string[]>;
}

const namesOnPage = `[...new Set([...document.querySelectorAll("*")].flatMap((el) =>
  [...el.classList, el.id, ...el.getAttributeNames().filter((name) => name.startsWith("data-"))]))]
  .filter((name) => name !== "").sort()`;

/** Serves a site and starts a browser for it. */
export async function openSite(site: Site): Promise<SitePages> {
  const server = await serveAssets(await site.assets());
  const home = `http://${site.host}/`;
  const pool = new PagePool({
    hosts: { [site.host]: server.address },
    url: home,
    isOwn: true,
    timezone: site.clock.timezone,
    clock: site.clock.start,
  });
  const pageOf = new WeakMap<Episode, HaloPage>();
  const episodeAt = (page: HaloPage, task: Task, state: string): Episode => {
    const start = site.start(task);
    const episode = new PageEpisode({
      page,
      pool,
      task,
      seed: 0,
      actions: [],
      state,
      isReplayed: false,
      stopsWhenSolved: true,
      judge: (_, now) => Promise.resolve(site.judge(task, start, JSON.parse(now.state))),
    });
    pageOf.set(episode, page);
    return episode;
  };
  const stand = (stance: Stance, task: Task, o: Call): Promise<Episode> =>
    pool.with(o, async (page) => {
      await page.restore(stance, o);
      return episodeAt(page, task, await page.snapshot(o));
    });
  return {
    open: (task, o) =>
      stand(stanceAt(new URL(task.goal.startUrl, home).href, JSON.stringify(site.start(task))), task, o),
    fork: (mark, o) => stand(mark.state as Stance, mark.task, o),
    names: (episode, o) => pageOf.get(episode)!.main(namesOnPage, o),
    async close() {
      await pool.close();
      await server.close();
    },
  };
}

/** Uses the pages of a site and closes them. */
export async function withPages<R>(site: Site, use: (pages: SitePages) => Promise<R>): Promise<R> {
  const pages = await openSite(site);
  try {
    return await use(pages);
  } finally {
    await pages.close();
  }
}

/** The state in which an episode's page is. */
export async function endState(episode: Episode, o: Call): Promise<string> {
  return ((await episode.mark(o)).state as Stance).state;
}
