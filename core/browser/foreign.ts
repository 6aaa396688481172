import type { Call } from "../domain/call.ts";
import type { Environment, Episode, Mark, ResolvedAction } from "../domain/environment.ts";
import type { Json } from "../domain/json.ts";
import type { Grade, Task } from "../domain/task.ts";
import type { Verdict } from "../domain/verdict.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { PageEpisode } from "./episode.ts";
import { forkOnPage, replay, verifyFork } from "./fork.ts";
import type { LaunchOptions } from "./launch.ts";
import type { HaloPage } from "./page.ts";
import { PagePool, type PoolOptions } from "./pool.ts";

/** What an environment over pages without `__halo` has to say. */
export interface ForeignOptions
  extends LaunchOptions, Pick<PoolOptions, "timezone" | "clock" | "storage" | "viewport"> {
  /** Episodes that may be open at once. */
  readonly pages: number;
  /** Episodes that a page may serve, one after another: 1 when absent, since cookies and storage would meet. */
  readonly maxUses?: number;
  /** replay: marks are stood at again by repeating their actions in a fresh page; none: never. */
  readonly forking: "replay" | "none";
  readonly sideEffects: "none" | "server";
  readonly deterministic: boolean;
  readonly stopsWhenSolved: boolean;
  /**
   * shown, the default: a native dialog stands in the observation and the next action answers it; answered: alerts and
   * leaving are accepted at once, questions declined.
   */
  readonly dialogs?: "shown" | "answered";
  /** Address of the task's first page. */
  url(task: Task): string;
  /** Where the pipeline says that address, for errors about it. */
  urlPlace?(task: Task): { readonly task?: string; readonly option: string };
  /** Comes before the first page is loaded, in the episode's own cookies and storage. */
  prepare?(page: HaloPage, o: Call & { readonly task: Task; readonly isGraded: boolean }): Promise<void>;
  /**
   * Brings the loaded page to the task's start; equal seeds must give equal pages. A text that it returns is what the page asks
   * for, and becomes the episode's goal.
   */
  start?(
    page: HaloPage,
    o: Call & { readonly task: Task; readonly seed: number; readonly isGraded: boolean },
  ): Promise<string | void>;
  /**
   * Says whether the task is achieved on the page as it stands; not asked while a native dialog is open. Where the task source
   * has a rule of its own, that rule decides, on `report`, and this verdict stands beside it.
   */
  judge(page: HaloPage, o: Call & { readonly task: Task; readonly isGraded: boolean }): Promise<Verdict>;
  /** True when the page ended the episode itself; nothing that is done then counts. Not asked while a dialog is open. */
  isOver?(page: HaloPage, o: Call & { readonly task: Task }): Promise<boolean>;
  /** What a task source's own rule is given; what the page shows when absent. */
  report?(page: HaloPage, o: Call & { readonly task: Task }): Promise<Json>;
}

type Asked = { readonly asked?: string | undefined };
type At = Pick<Mark, "task" | "seed"> & { readonly grade?: Grade | undefined };

/**
 * An environment over any pages: settle probe instead of exact idle, a browser context of its own for each episode unless `maxUses`
 * says otherwise, forks by replay.
 */
export function foreignEnvironment(o: ForeignOptions): Environment {
  // A warm page waits for the next episode.
  const pool = new PagePool({
    ...o,
    url: "about:blank",
    isOwn: false,
    asks: o.dialogs !== "answered",
    maxUses: o.maxUses ?? 1,
    spare: 1,
  });
  const start = async (page: HaloPage, { task, seed, grade }: At, call: Call) => {
    page.clipboard = "";
    if (page.pointer.some((place) => place > 0)) await page.moveTo(0, 0, call);
    await o.prepare?.(page, { ...call, task, isGraded: grade !== undefined });
    await page.start(o.url(task), call).catch((e: unknown) => {
      throw o.urlPlace && isHaloError(e) ? ofFirstPage(e, o.urlPlace(task)) : e;
    });
    const asked = await o.start?.(page, { ...call, task, seed, isGraded: grade !== undefined });
    await page.settle(call);
    return asked || undefined;
  };
  const judge = async (page: HaloPage, { task, grade }: At, { signal }: Call): Promise<Verdict> => {
    const { question } = page;
    if (question) {
      const reason = `the page waits for an answer to ${JSON.stringify(question.message)}`;
      return { success: false, by: "page", reason };
    }
    const strict = await o.judge(page, { signal, task, isGraded: grade !== undefined });
    if (grade === undefined) return strict;
    return await grade({ task, report: await (o.report ?? shown)(page, { signal, task }), strict }, { signal });
  };
  const episode = (page: HaloPage, at: At & Asked, actions: readonly ResolvedAction[]): Episode =>
    new PageEpisode({
      page,
      pool,
      task: at.task,
      seed: at.seed,
      actions,
      state: "",
      isReplayed: o.forking === "replay",
      stopsWhenSolved: o.stopsWhenSolved,
      judge: (now, call) => judge(now, at, call),
      asked: at.asked,
      isOver: async (now, { signal }) => await o.isOver?.(now, { signal, task: at.task }) === true,
    });
  return {
    forking: o.forking,
    sideEffects: o.sideEffects,
    deterministic: o.deterministic,
    capacity: o.pages,
    open: (task, { signal, seed, grade }) =>
      pool.with({ signal }, async (page) => {
        const asked = await start(page, { task, seed, grade }, { signal });
        return episode(page, { task, seed, grade, asked }, []);
      }),
    fork: ({ task, seed, actions, fingerprint }, { signal, grade }) =>
      forkOnPage(pool, { signal }, async (page) => {
        const asked = await start(page, { task, seed, grade }, { signal });
        await replay(page, actions, { signal });
        verifyFork(fingerprint, (await page.facts({ signal })).fingerprint, `after step ${actions.length}`);
        return episode(page, { task, seed, grade, asked }, actions);
      }),
    close: () => pool.close(),
  };
}

/** An error of the first page, with the place of its address. */
function ofFirstPage(e: HaloError, place: { readonly task?: string; readonly option: string }): HaloError {
  const { code, message, hint, isLasting, cause } = e;
  const advice = code === "HALO_PAGE_LOAD" ? "; does the site run there, and is this its address?" : "";
  return new HaloError(code, message + advice, { ...(hint !== undefined && { hint }), isLasting, cause, ...place });
}

/** What a page shows, for rules from outside: its address, title, controls in view and text. */
async function shown(page: HaloPage, o: Call): Promise<Json> {
  const { url, title, elements } = await page.observe({}, o);
  const text = await page.session.ask<string>("document.body?.innerText ?? ''", o);
  return JSON.parse(JSON.stringify({ url, title, elements, text })) as Json;
}
