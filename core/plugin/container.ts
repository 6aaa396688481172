import "reflect-metadata";
import { container, type DependencyContainer } from "tsyringe";
import type { Algorithm } from "../domain/algorithm.ts";
import type { AnswerStore } from "../domain/answer-store.ts";
import type { Budget } from "../domain/budget.ts";
import type { Closable } from "../domain/call.ts";
import type { Critic } from "../domain/critic.ts";
import type { Curriculum } from "../domain/curriculum.ts";
import type { Environment } from "../domain/environment.ts";
import type { Policy } from "../domain/policy.ts";
import type { RewardShaper } from "../domain/reward.ts";
import type { TaskSource } from "../domain/task.ts";
import type { Tracker } from "../domain/tracker.ts";
import type { Trainer } from "../domain/trainer.ts";
import { boundCall } from "../util/bound-call.ts";
import { calleeOfUse } from "./callee-of-use.ts";
import { nameCallee } from "../util/callee.ts";
import { isHaloError } from "../util/errors.ts";
import type { Log } from "../util/log.ts";
import type { PluginKinds } from "./kinds.ts";
import { Lifecycle } from "./lifecycle.ts";
import { planBuild, useName } from "./plan.ts";
import { PluginError } from "./plugin-error.ts";
import { type BlobReader, refs } from "./refs.ts";
import { type Use, withBuilt } from "./use.ts";

/** The uses of a pipeline, as far as building them goes. */
export interface Blueprint {
  readonly seed: number;
  readonly tasks: Use;
  readonly environment: Use;
  readonly policy: Use;
  readonly rewards: readonly (Use & { readonly weight: number })[];
  readonly algorithm?: Use;
  readonly trainer?: Use;
  readonly critic?: Use;
  readonly curriculum?: Use;
  readonly trackers?: readonly Use[];
  readonly limits?: {
    /** Seconds one `create` may take: a policy may load a large model there. */
    readonly start_timeout_s: number;
  };
}

export interface BuildOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Absolute folder of halo's own package. */
  readonly packageRoot: string;
  /** Absent where nothing runs: plugins are only looked at. */
  readonly blobs?: BlobReader;
  /** Absent where nothing is paid for. */
  readonly budget?: Budget;
  /** Absent where no run keeps any. */
  readonly answers?: AnswerStore;
}

/** The plugin instances of one run. */
export interface Built extends Closable {
  readonly tasks: TaskSource;
  readonly environment: Environment;
  readonly policy: Policy;
  readonly rewards: readonly { readonly shaper: RewardShaper; readonly weight: number; readonly name: string }[];
  readonly algorithm?: Algorithm;
  readonly trainer?: Trainer;
  readonly critic?: Critic;
  /** Absent: training tasks are drawn in their order. */
  readonly curriculum?: Curriculum;
  readonly trackers: readonly { readonly tracker: Tracker; readonly name: string }[];
}

const startLimitS = 900;

const noBlobs: BlobReader = { get: (sha256) => Promise.reject(new Error(`no run keeps the screenshot ${sha256}`)) };
const nothing = { tokens: 0, usd: 0 };
const noBudget: Budget = { limits: nothing, spent: nothing, check() {}, spend: () => Promise.resolve() };
const noAnswers: AnswerStore = { put: () => Promise.resolve(), list: () => [] };

/** Builds every plugin of a pipeline, needs first. What was built is closed again when one fails. */
export async function build(pipeline: Blueprint, o: BuildOptions): Promise<Built> {
  const { tasks, environment, policy, rewards, algorithm, trainer, critic, curriculum, trackers = [] } = pipeline;
  const optional = [algorithm, trainer, critic, curriculum].filter((use) => use !== undefined);
  const scope = await Scope.open([tasks, environment, policy, ...rewards, ...optional, ...trackers], pipeline, o);
  const trackerNames = namesOf(trackers);
  return {
    tasks: scope.get<"tasks">(tasks),
    environment: scope.get<"environment">(environment),
    policy: scope.get<"policy">(policy),
    rewards: rewardsOf(pipeline, scope),
    trackers: trackers.map((use, i) => ({ tracker: scope.get<"tracker">(use), name: trackerNames[i]! })),
    ...(algorithm && { algorithm: scope.get<"algorithm">(algorithm) }),
    ...(trainer && { trainer: scope.get<"trainer">(trainer) }),
    ...(critic && { critic: scope.get<"critic">(critic) }),
    ...(curriculum && { curriculum: scope.get<"curriculum">(curriculum) }),
    close: () => scope.close(),
  };
}

/** The rewards under the names that their terms carry. */
function rewardsOf({ rewards }: Blueprint, scope: Scope): Built["rewards"] {
  const names = namesOf(rewards);
  return rewards.map((use, i) => ({ shaper: scope.get<"reward">(use), weight: use.weight, name: names[i]! }));
}

/** The plugins' names; a second one of the same name is "NAME.2". */
function namesOf(uses: readonly Use[]): readonly string[] {
  const names = uses.map((use) => use.plugin.name);
  return names.map((name, i) => {
    const earlier = names.slice(0, i).filter((other) => other === name).length;
    return earlier === 0 ? name : `${name}.${earlier + 1}`;
  });
}

/** Builds the task source of a pipeline and only what it needs. */
export async function buildTasks(
  pipeline: Blueprint,
  o: BuildOptions,
): Promise<Closable & { readonly tasks: TaskSource }> {
  const scope = await Scope.open([pipeline.tasks], pipeline, o);
  return { tasks: scope.get<"tasks">(pipeline.tasks), close: () => scope.close() };
}

/** Builds the environment of a pipeline and only what it needs. */
export async function buildEnvironment(
  pipeline: Blueprint,
  o: BuildOptions,
): Promise<Closable & { readonly environment: Environment }> {
  const scope = await Scope.open([pipeline.environment], pipeline, o);
  return { environment: scope.get<"environment">(pipeline.environment), close: () => scope.close() };
}

/** Builds the rewards of a pipeline and its algorithm, and only what they need. */
export async function buildRewards(
  pipeline: Blueprint,
  o: BuildOptions,
): Promise<Closable & Pick<Built, "rewards" | "algorithm">> {
  const { rewards, algorithm } = pipeline;
  const scope = await Scope.open([...rewards, ...(algorithm ? [algorithm] : [])], pipeline, o);
  return {
    rewards: rewardsOf(pipeline, scope),
    ...(algorithm && { algorithm: scope.get<"algorithm">(algorithm) }),
    close: () => scope.close(),
  };
}

/** Builds one plugin outside any pipeline: it may need only what the core provides. */
export async function buildOne<K extends keyof PluginKinds>(
  use: Use & { readonly kind: K },
  o: BuildOptions & { readonly seed: number },
): Promise<Closable & { readonly instance: PluginKinds[K] }> {
  const scope = await Scope.open([use], { seed: o.seed }, o);
  return { instance: scope.get<K>(use), close: () => scope.close() };
}

/** A child container that holds one run's instances: refs by id, uses by their path. */
class Scope implements Closable {
  readonly #container: DependencyContainer = container.createChildContainer();
  readonly #lifecycle = new Lifecycle();
  readonly #o: BuildOptions;
  readonly #limitMs: number;

  private constructor(o: BuildOptions, limitMs: number) {
    this.#o = o;
    this.#limitMs = limitMs;
  }

  static async open(
    wanted: readonly Use[],
    uses: Pick<Blueprint, "seed"> & Partial<Blueprint>,
    o: BuildOptions,
  ): Promise<Scope> {
    const provided = providers(uses);
    const { order, problems } = planBuild(wanted, provided);
    const problem = problems[0];
    if (problem) throw new PluginError(problem.code, problem.message, problem);
    const scope = new Scope(o, (uses.limits?.start_timeout_s ?? startLimitS) * 1000);
    scope.#provide(refs.log.id, o.log);
    scope.#provide(refs.seed.id, uses.seed);
    scope.#provide(refs.packageRoot.id, o.packageRoot);
    scope.#provide(refs.blobs.id, o.blobs ?? noBlobs);
    scope.#provide(refs.budget.id, o.budget ?? noBudget);
    scope.#provide(refs.answers.id, o.answers ?? noAnswers);
    try {
      for (const use of order) {
        const instance = await scope.#create(use);
        if (isClosable(instance)) scope.#lifecycle.use(useName(use), scope.#closing(use, instance));
        scope.#provide(tokenOf(use), instance);
        for (const [id, provider] of provided) if (provider.path === use.path) scope.#provide(id, instance);
      }
      return scope;
    } catch (e) {
      await scope.close().catch((late) => o.log.warn(String(late)));
      throw e;
    }
  }

  get<K extends keyof PluginKinds>(use: Use): PluginKinds[K] {
    return this.#container.resolve(tokenOf(use));
  }

  async close(): Promise<void> {
    await this.#lifecycle.close();
    this.#container.clearInstances();
  }

  /** A tracker that does not close is told of, and breaks nothing. */
  #closing(use: Use, instance: Closable): Closable {
    if (use.kind !== "tracker") return instance;
    const { log } = this.#o;
    const limit = "5 s";
    const bound = { callee: calleeOfUse(use), call: "close", limitMs: 5_000, limit, graceMs: 0 };
    const { signal } = new AbortController();
    return {
      close: () =>
        boundCall(() => instance.close(), { ...bound, signal }).catch((e: unknown) => log.warn((e as Error).message)),
    };
  }

  #provide(token: string, value: unknown): void {
    this.#container.register(token, { useValue: value });
  }

  async #create(use: Use): Promise<unknown> {
    const { plugin } = use;
    const needs = Object.fromEntries(
      Object.entries(plugin.needs).map(([name, { id }]) => [name, this.#container.resolve(id)]),
    );
    const options = withBuilt(use.options, (nested) => this.#container.resolve(tokenOf(nested)));
    const callee = calleeOfUse(use);
    try {
      const instance = await boundCall(() => plugin.create(options, needs), {
        callee,
        call: "create",
        limitMs: this.#limitMs,
        limit: "limits.start_timeout_s",
        signal: this.#o.signal,
        graceMs: 0, // It has no signal to look at.
        late: (late) => isClosable(late) ? late.close() : undefined,
      });
      nameCallee(instance, callee);
      return instance;
    } catch (e) {
      if (this.#o.signal.aborted) throw e;
      if (isHaloError(e) && e.code !== "HALO_PLUGIN_DEFECT" && e.code !== "HALO_CALL_FAILED") {
        const { code, message, hint, option } = e;
        const path = option === undefined ? use.path : `${use.path}.options.${option}`;
        throw new PluginError(code, message, { path, ...(hint !== undefined && { hint }), cause: e.cause });
      }
      const thrown = isHaloError(e) ? e.cause : e;
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new PluginError("HALO_PLUGIN_CREATE", `${useName(use)} could not be created: ${reason}`, {
        path: use.path,
        cause: thrown,
      });
    }
  }
}

function providers({ tasks, environment, policy }: Partial<Blueprint>): ReadonlyMap<string, Use> {
  const all: [string, Use | undefined][] = [[refs.tasks.id, tasks], [refs.environment.id, environment], [
    refs.policy.id,
    policy,
  ]];
  return new Map(all.filter((pair): pair is [string, Use] => pair[1] !== undefined));
}

const tokenOf = (use: Use): string => `use:${use.path}`;

function isClosable(value: unknown): value is Closable {
  return typeof value === "object" && value !== null && typeof (value as Partial<Closable>).close === "function";
}
