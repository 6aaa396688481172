import {
  definePlugin,
  type Environment,
  type Episode,
  type Grade,
  HaloError,
  type Json,
  type Mark,
  type Site,
  type Task,
  type Verdict,
} from "halo-agent";
import {
  type AssetServer,
  forkOnPage,
  type HaloPage,
  PageEpisode,
  pageOptions,
  PagePool,
  replay,
  serveAssets,
  type Stance,
  stanceAt,
  verifyFork,
  type Viewport,
} from "halo-agent/browser";
import { SeveralSites } from "./several-sites.ts";

/** A replica site in real Chromium: whole page states are saved and restored, so forks are cheap and exact. */
export default definePlugin({
  kind: "environment",
  name: "replica",
  summary: "A replica site in real Chromium, with verified forks.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["site"],
    properties: {
      site: { type: "string", "x-plugin": "site", description: "The site to serve." },
      also: {
        type: "array",
        items: { type: "string", "x-plugin": "site" },
        description: "Further sites to serve; each task is then played on the site it names.",
      },
      stop: pageOptions.stop,
      forking: {
        type: "string",
        enum: ["native", "replay"],
        default: "native",
        description: "native: restore the page's state; replay: repeat the actions from the start.",
      },
      pages: {
        type: "integer",
        minimum: 1,
        maximum: 64,
        default: 8,
        description: "Pages open at once; eight share a browser.",
      },
      verify: {
        type: "boolean",
        description: "Compare each fork's fingerprint with its mark; true when absent. Replay always compares.",
      },
      viewport: pageOptions.viewport,
      chromium: pageOptions.chromium,
    },
  },
  offers: ["forks"],
  errors: {
    HALO_GRADER_REPORT: {
      exit: 2,
      rule: "fatal",
      summary: "the task source grades by a site's `/finish` report, and the site has none",
      fix: "use a site with a `/finish` page, or a task source that the site itself grades",
    },
    HALO_REPLICA_SITE: {
      exit: 2,
      rule: "fatal",
      summary: "the environment serves several sites, and a task names none of them",
      fix: "name the site in the option `also` of the environment, or take its tasks out of the source",
    },
  },
  create({ also = [], ...options }): Environment {
    if (also.length === 0) return new ReplicaEnvironment(options);
    const sites = [options.site, ...also].map((site) =>
      [site.name, new ReplicaEnvironment({ ...options, site })] as const
    );
    return new SeveralSites(new Map(sites), { forking: options.forking, capacity: options.pages });
  },
});

interface ReplicaOptions {
  readonly site: Site;
  readonly stop: "solved" | "declared";
  readonly forking: "native" | "replay";
  readonly pages: number;
  readonly verify?: boolean;
  readonly viewport?: Viewport;
  readonly chromium?: string;
}

interface Call {
  readonly signal: AbortSignal;
}

/** Where an episode begins or goes on, and the rule from outside that judges it, if there is one. */
type At = Pick<Mark, "task" | "seed" | "actions"> & { readonly state: string; readonly grade?: Grade | undefined };

class ReplicaEnvironment implements Environment {
  readonly sideEffects = "none";
  readonly deterministic = true;
  readonly forking: "native" | "replay";
  readonly capacity: number;
  readonly #o: ReplicaOptions;
  #served: Promise<{ readonly pool: PagePool; readonly server: AssetServer }> | undefined;

  constructor(o: ReplicaOptions) {
    this.#o = o;
    this.forking = o.forking;
    this.capacity = o.pages;
  }

  async open(task: Task, o: Call & { readonly seed: number; readonly grade?: Grade }): Promise<Episode> {
    const { pool } = await (this.#served ??= this.#serve());
    return await pool.with(o, async (page) => {
      await page.restore(this.#start(task), o);
      const state = await page.snapshot(o);
      return this.#episode(page, pool, { task, seed: o.seed, actions: [], state, grade: o.grade });
    });
  }

  async fork(mark: Mark, o: Call & { readonly grade?: Grade }): Promise<Episode> {
    const { pool } = await (this.#served ??= this.#serve());
    const marked = mark.state as Stance;
    const isNative = this.forking === "native";
    return await forkOnPage(pool, o, async (page) => {
      await page.restore(isNative ? marked : this.#start(mark.task), o);
      if (!isNative) await replay(page, mark.actions, o);
      if (!isNative || this.#o.verify !== false) {
        verifyFork(mark.fingerprint, (await page.facts(o)).fingerprint, `after step ${mark.actions.length}`);
      }
      return this.#episode(page, pool, { ...mark, state: marked.state, grade: o.grade });
    });
  }

  async close(): Promise<void> {
    const served = await this.#served?.catch(() => undefined);
    await served?.pool.close();
    await served?.server.close();
  }

  #episode(page: HaloPage, pool: PagePool, { task, seed, actions, state, grade }: At): Episode {
    const { stop, forking } = this.#o;
    const judge = this.#judgeOf(task, grade);
    return new PageEpisode({
      task,
      seed,
      actions,
      page,
      pool,
      state,
      isReplayed: forking === "replay",
      stopsWhenSolved: stop === "solved",
      judge: (_, { state, signal }) => judge(JSON.parse(state), { signal }),
    });
  }

  /** The site's strict predicate; with a rule from outside, that rule on the site's report. */
  #judgeOf(task: Task, grade: Grade | undefined): (now: Json, o: Call) => Verdict | Promise<Verdict> {
    const { site } = this.#o;
    const start = site.start(task);
    return (now, o) => {
      const strict = site.judge(task, start, now);
      if (grade === undefined) return strict;
      if (site.report !== undefined) return grade({ task, report: site.report(task, start, now), strict }, o);
      throw new HaloError(
        "HALO_GRADER_REPORT",
        `the site "${site.name}" makes no report that ${task.id} is graded by`,
        {
          hint: "use a task source that the site judges itself",
        },
      );
    };
  }

  #start(task: Task): Stance {
    return stanceAt(new URL(task.goal.startUrl, this.#home).href, JSON.stringify(this.#o.site.start(task)));
  }

  get #home(): string {
    return `http://${this.#o.site.host}/`;
  }

  async #serve() {
    const { site, chromium, viewport } = this.#o;
    const server = await serveAssets(await site.assets());
    const pool = new PagePool({
      hosts: { [site.host]: server.address },
      url: this.#home,
      isOwn: true,
      timezone: site.clock.timezone,
      clock: site.clock.start,
      ...(chromium !== undefined && { chromium }),
      ...(viewport && { viewport }),
    });
    return { pool, server };
  }
}
