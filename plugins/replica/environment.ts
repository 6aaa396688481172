import { type Action, definePlugin, type Environment, type Episode, HaloError, isHaloError, type Json, type Mark, type Need, type Observation, type ResolvedAction, type Site, type StepOutcome, type Task, type Verdict } from "halo-agent";
import { act, type AssetServer, type HaloPage, PagePool, serveAssets, type Stance, verifyFork } from "halo-agent/browser";

/** A replica site in real Chromium: whole page states are saved and restored, so forks are cheap and exact. */
export default definePlugin({
  kind: "environment",
  name: "replica",
  summary: "A replica site in real Chromium, with verified native forks.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["site"],
    properties: {
      site: { type: "string", "x-plugin": "site", description: "The site to serve." },
      stop: { type: "string", enum: ["solved", "declared"], default: "solved", description: "solved: an episode ends when the task is achieved; declared: only when the agent says so." },
      forking: { type: "string", enum: ["native", "replay"], default: "native", description: "native: restore the page's state; replay: repeat the actions from the start." },
      pages: { type: "integer", minimum: 1, maximum: 64, default: 8, description: "Pages open at once; eight share a browser." },
      chromium: { type: "string", description: "Path of a Chromium; found when absent." },
    },
  },
  create({ site, stop, forking, pages, chromium }): Environment {
    return new ReplicaEnvironment({ site, stop, forking, pages, ...(chromium !== undefined && { chromium }) });
  },
});

interface ReplicaOptions {
  readonly site: Site;
  readonly stop: "solved" | "declared";
  readonly forking: "native" | "replay";
  readonly pages: number;
  readonly chromium?: string;
}

/** What a mark of this environment keeps besides its fingerprint. */
type Standing = {
  readonly state: string;
  readonly stance: Stance;
  readonly pointer: readonly [number, number];
};

interface Call {
  readonly signal: AbortSignal;
}

const home: Stance = { focus: null, caret: null, scrolls: [] };

class ReplicaEnvironment implements Environment {
  readonly sideEffects = "none";
  readonly deterministic = true;
  readonly forking: "native" | "replay";
  readonly capacity: number;
  readonly #o: ReplicaOptions;
  #open: Promise<{ readonly pool: PagePool; readonly server: AssetServer }> | undefined;

  constructor(o: ReplicaOptions) {
    this.#o = o;
    this.forking = o.forking;
    this.capacity = o.pages;
  }

  async open(task: Task, o: Call & { readonly seed: number }): Promise<Episode> {
    const start = this.#o.site.start(task);
    const place = { state: JSON.stringify(start), stance: home, pointer: [0, 0] as const };
    return await this.#onPage(o, async (page, pool) => {
      await page.restore(place.state, place, o);
      return new ReplicaEpisode({ page, pool, task, seed: o.seed, start, actions: [], o: this.#o });
    });
  }

  async fork(mark: Mark, o: Call): Promise<Episode> {
    try {
      return await this.#forkOnce(mark, o);
    } catch (e) {
      if (!isHaloError(e, "HALO_FORK_DIVERGENCE")) throw e;
      // The page it was tried on is gone; a second divergence, on a fresh one, is the site's.
      return await this.#forkOnce(mark, o);
    }
  }

  async close(): Promise<void> {
    const opened = await this.#open?.catch(() => undefined);
    await opened?.pool.close();
    await opened?.server.close();
  }

  #forkOnce(mark: Mark, o: Call): Promise<Episode> {
    const { task, seed, actions } = mark;
    return this.#onPage(o, async (page, pool) => {
      const start = this.#o.site.start(task);
      const episode = new ReplicaEpisode({ page, pool, task, seed, start, actions, o: this.#o });
      if (this.forking === "native") {
        const { state, stance, pointer } = standingOf(mark);
        await page.restore(state, { stance, pointer }, o);
        verifyFork(mark.fingerprint, (await page.facts(o)).fingerprint, `at step ${actions.length}`);
        return episode;
      }
      await page.restore(JSON.stringify(start), { stance: home, pointer: [0, 0] }, o);
      await replay(page, actions, o);
      verifyFork(mark.fingerprint, (await page.facts(o)).fingerprint, `at step ${actions.length}`);
      return episode;
    });
  }

  async #onPage(o: Call, use: (page: HaloPage, pool: PagePool) => Promise<Episode>): Promise<Episode> {
    const { pool } = await (this.#open ??= this.#start());
    const page = await pool.take(o);
    try {
      return await use(page, pool);
    } catch (e) {
      await pool.discard(page);
      throw e;
    }
  }

  async #start() {
    const { site, chromium } = this.#o;
    const server = await serveAssets(await site.assets());
    const pool = new PagePool({
      hosts: { [site.host]: server.address },
      url: `http://${site.host}/`,
      isOwn: true,
      timezone: site.clock.timezone,
      clock: site.clock.start,
      ...(chromium !== undefined && { chromium }),
    });
    return { pool, server };
  }
}

/** Repeats actions on a page that stands at the start, checking the fingerprint before each. */
async function replay(page: HaloPage, actions: readonly ResolvedAction[], o: Call): Promise<void> {
  for (const [i, { action, point, fingerprint }] of actions.entries()) {
    verifyFork(fingerprint, (await page.facts(o)).fingerprint, `at step ${i}`);
    await act(page, action, { ...o, ...(point && { point }) });
    await page.settle(o);
  }
}

interface EpisodeParts {
  readonly page: HaloPage;
  readonly pool: PagePool;
  readonly task: Task;
  readonly seed: number;
  readonly start: Json;
  readonly actions: readonly ResolvedAction[];
  readonly o: ReplicaOptions;
}

class ReplicaEpisode implements Episode {
  readonly #p: EpisodeParts;
  #actions: readonly ResolvedAction[];
  #seen: Observation | undefined;
  #isOpen = true;

  constructor(p: EpisodeParts) {
    this.#p = p;
    this.#actions = p.actions;
  }

  async observe(o: Call & { readonly need: Need }): Promise<Observation> {
    return this.#seen = await this.#page.observe(o.need, o);
  }

  async step(action: Action, o: Call & { readonly need: Need }): Promise<StepOutcome> {
    const { task, start, o: { site, stop, forking } } = this.#p;
    const page = this.#page;
    const t0 = performance.now();
    const fingerprint = forking === "replay" ? (await page.facts(o)).fingerprint : {};
    const acted = action.action === "goto" ? await this.#goto(action, o) : await act(page, action, { signal: o.signal, ...(this.#seen && { observation: this.#seen }) });
    const t1 = performance.now();
    await page.settle(o);
    const t2 = performance.now();
    const [observation, state] = await Promise.all([page.observe(o.need, o), stop === "solved" ? page.snapshot(o) : undefined]);
    const t3 = performance.now();
    this.#seen = observation;
    const { spot, error } = acted;
    this.#actions = [...this.#actions, { action, fingerprint, ...(spot && { point: [spot.x, spot.y] as const }) }];
    const solved = state !== undefined && site.judge(task, start, JSON.parse(state)).success;
    return {
      observation,
      ...(error && { error }),
      ...(spot?.role && { target: { role: spot.role, name: spot.name } }),
      solved,
      cost: { actMs: t1 - t0, settleMs: t2 - t1, observeMs: t3 - t2 },
    };
  }

  async mark(o: Call): Promise<Mark> {
    const { task, seed } = this.#p;
    const page = this.#page;
    const { fingerprint, stance, state = "" } = await page.facts(o);
    const standing: Standing = { state, stance, pointer: page.pointer };
    return { task, seed, actions: this.#actions, fingerprint, state: standing };
  }

  async verdict(o: Call): Promise<Verdict> {
    const { task, start, o: { site } } = this.#p;
    return site.judge(task, start, JSON.parse(await this.#page.snapshot(o)));
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#p.pool.give(this.#p.page);
  }

  get #page(): HaloPage {
    if (this.#isOpen) return this.#p.page;
    throw new HaloError("HALO_EPISODE_CLOSED", "the episode is closed; its page may serve another one now");
  }

  /** The state of a replica outlives a reload, as it does on the site it stands for. */
  async #goto(action: Extract<Action, { action: "goto" }>, o: Call) {
    const page = this.#page;
    const state = await page.snapshot(o);
    const acted = await act(page, action, o);
    if (!acted.error) await page.restore(state, { stance: home, pointer: page.pointer }, o);
    return acted;
  }
}

function standingOf(mark: Mark): Standing {
  return mark.state as Standing;
}
