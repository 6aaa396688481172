import type { Call } from "../domain/call.ts";
import type { Environment, Episode, Mark, ResolvedAction } from "../domain/environment.ts";
import type { Task } from "../domain/task.ts";
import type { Verdict } from "../domain/verdict.ts";
import { PageEpisode } from "./episode.ts";
import { forkOnPage, replay, verifyFork } from "./fork.ts";
import type { LaunchOptions } from "./launch.ts";
import type { HaloPage } from "./page.ts";
import { PagePool, type PoolOptions } from "./pool.ts";

/** What an environment over pages without `__halo` has to say. */
export interface ForeignOptions extends LaunchOptions, Pick<PoolOptions, "timezone" | "clock"> {
  /** Episodes that may be open at once. */
  readonly pages: number;
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
  /** Brings the loaded page to the task's start; equal seeds must give equal pages. */
  start?(page: HaloPage, o: Call & { readonly task: Task; readonly seed: number }): Promise<void>;
  judge(page: HaloPage, o: Call & { readonly task: Task }): Promise<Verdict>;
}

/** An environment over any pages: settle probe instead of exact idle, one browser context per episode, forks by replay. */
export function foreignEnvironment(o: ForeignOptions): Environment {
  // Cookies and storage belong to an episode, so a page is used once; a warm one waits for the next.
  const pool = new PagePool({
    ...o,
    url: "about:blank",
    isOwn: false,
    asks: o.dialogs !== "answered",
    maxUses: 1,
    spare: 1,
  });
  const start = async (page: HaloPage, at: Pick<Mark, "task" | "seed">, call: Call) => {
    await page.start(o.url(at.task), call);
    await o.start?.(page, { ...call, ...at });
    await page.settle(call);
  };
  const episode = (page: HaloPage, at: Pick<Mark, "task" | "seed">, actions: readonly ResolvedAction[]): Episode =>
    new PageEpisode({
      page,
      pool,
      task: at.task,
      seed: at.seed,
      actions,
      state: "",
      isReplayed: o.forking === "replay",
      stopsWhenSolved: o.stopsWhenSolved,
      judge: (now, call) => o.judge(now, { signal: call.signal, task: at.task }),
    });
  return {
    forking: o.forking,
    sideEffects: o.sideEffects,
    deterministic: o.deterministic,
    capacity: o.pages,
    open: (task, { signal, seed }) =>
      pool.with({ signal }, async (page) => {
        await start(page, { task, seed }, { signal });
        return episode(page, { task, seed }, []);
      }),
    fork: ({ task, seed, actions, fingerprint }, { signal }) =>
      forkOnPage(pool, { signal }, async (page) => {
        await start(page, { task, seed }, { signal });
        await replay(page, actions, { signal });
        verifyFork(fingerprint, (await page.facts({ signal })).fingerprint, `after step ${actions.length}`);
        return episode(page, { task, seed }, actions);
      }),
    close: () => pool.close(),
  };
}
