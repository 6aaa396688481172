import type { HaloPage } from "../../../core/browser/page.ts";
import { PagePool, type PoolOptions } from "../../../core/browser/pool.ts";
import { serveAssets } from "../../../core/browser/serve.ts";
import type { Action } from "../../../core/domain/action.ts";
import type { Environment, Episode, StepOutcome } from "../../../core/domain/environment.ts";
import type { Json } from "../../../core/domain/json.ts";
import type { Element, Need, Observation } from "../../../core/domain/observation.ts";
import replica from "../../../plugins/replica/environment.ts";
import { deskSite, deskTask } from "../../fixtures/sites/desk/site.ts";
import type { TestContext } from "../../harness.ts";

type Options = Partial<Parameters<typeof replica.create>[0]>;

/** The desk in a real browser; to be closed by the test, or by the last test of a file that shares it. */
export function desk(o: Options = {}): Environment {
  return replica.create({ site: deskSite(), stop: "declared", forking: "native", pages: 4, ...o }, {}) as Environment;
}

/** A pool of pages that show the desk, without an environment around it. */
export async function deskPool(t: TestContext, o: Partial<PoolOptions> = {}): Promise<PagePool> {
  const { host, assets } = deskSite();
  const server = t.use(await serveAssets(await assets()));
  return t.use(new PagePool({ hosts: { [host]: server.address }, url: `http://${host}/`, isOwn: true, ...o }));
}

/** One page of such a pool. */
export async function deskPage(t: TestContext): Promise<HaloPage> {
  return await (await deskPool(t)).take(t);
}

/** An episode with the latest observation at hand. */
export class Hand {
  readonly episode: Episode;
  readonly signal: AbortSignal;
  readonly need: Need;
  seen: Observation;

  private constructor(episode: Episode, signal: AbortSignal, need: Need, seen: Observation) {
    this.episode = episode;
    this.signal = signal;
    this.need = need;
    this.seen = seen;
  }

  static async on(episode: Episode, t: TestContext, need: Need = {}): Promise<Hand> {
    t.defer(() => episode.close());
    return new Hand(episode, t.signal, need, await episode.observe({ signal: t.signal, need }));
  }

  static async open(environment: Environment, t: TestContext, params: Json = {}, need: Need = {}): Promise<Hand> {
    return Hand.on(await environment.open(deskTask(params), { signal: t.signal, seed: 0 }), t, need);
  }

  /** The first element with this name and, when given, role. */
  find(name: string, role?: string): Element {
    const found = this.seen.elements.find((e) => e.name === name && (role === undefined || e.role === role));
    if (found) return found;
    throw new Error(`no "${name}" among ${this.seen.elements.map((e) => `${e.role} "${e.name}"`).join(", ")}`);
  }

  el(name: string, role?: string): { readonly el: string } {
    return { el: this.find(name, role).id };
  }

  async do(action: Action): Promise<StepOutcome> {
    const outcome = await this.episode.step(action, { signal: this.signal, need: this.need });
    this.seen = outcome.observation;
    return outcome;
  }

  /** What the page's own state holds. */
  async state(): Promise<Record<string, unknown>> {
    const { state } = (await this.episode.mark({ signal: this.signal })).state as { state: string };
    return JSON.parse(state);
  }

  /** Text of the page's log line, newest last. */
  async log(): Promise<string[]> {
    return (await this.state())["log"] as string[] ?? [];
  }
}
