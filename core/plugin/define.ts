import type { DoctorCheck, Rehearsal } from "../domain/doctor.ts";
import type { Service } from "../domain/service.ts";
import type { ErrorCode, ErrorFacts } from "../util/codes.ts";
import type { PluginKind, PluginKinds } from "./kinds.ts";
import type { Ref } from "./refs.ts";
import type { ObjectSchema, OptionsOf } from "./schema.ts";

export type Needs = Readonly<Record<string, Ref<unknown>>>;
/** The error codes of a plugin, each with what halo has to know about it. */
export type PluginErrors = Readonly<Record<ErrorCode, ErrorFacts>>;

/** What hints recommend a plugin for: a critic that values states, an environment that forks without side effects, a trainer that learns from pairs of whole episodes. */
export type Offer = "values" | "forks" | "episode_pairs";

/** What `halo tasks fetch` hands on. */
export interface FetchRequest {
  /** What to take instead of a download: an absolute path. */
  readonly from?: string;
  /** Where to put it: an absolute path; the plugin's own folder when absent. */
  readonly to?: string;
  readonly signal: AbortSignal;
}

/** Where fetched tasks lie; `isNew` is false when they lay there already. */
export interface Fetched {
  readonly folder: string;
  readonly isNew: boolean;
}

type Resolved<N extends Needs> = { readonly [K in keyof N]: N[K] extends Ref<infer T> ? T : never };

/** What a plugin module exports by default. */
export interface PluginDefinition<K extends PluginKind, S extends ObjectSchema, N extends Needs> {
  readonly kind: K;
  /** Lower case, digits and dashes. */
  readonly name: string;
  /** One line for `halo plugins`. */
  readonly summary: string;
  /** JSON Schema of `options:`; its defaults and descriptions are the documentation. */
  readonly options: S;
  readonly needs?: N;
  /** Its own error codes; it throws them as `new HaloError(code, …)`. */
  readonly errors?: PluginErrors;
  /** Builds one instance per run. `options` passed the schema, defaults filled in; nested plugins arrive built. */
  create(options: OptionsOf<S>, needs: Resolved<N>): PluginKinds[K] | Promise<PluginKinds[K]>;
  /** The programs it talks to, for `halo serve` to start; absent, or none, when they are somebody else's to start. */
  services?(options: OptionsOf<S>, o: { readonly packageRoot: string }): readonly Service[];
  /** Names of plugins it works with: of a policy the trainers, of a trainer the policies. */
  readonly pairsWith?: readonly string[];
  readonly offers?: readonly Offer[];
  /** What `halo doctor PIPELINE` looks at on this machine, besides what every run needs. */
  checks?(options: OptionsOf<S>, o: { readonly packageRoot: string }): readonly DoctorCheck[];
  readonly rehearsal?: Rehearsal<OptionsOf<S>>;
  /** Brings what a task source needs from outside to this machine, for `halo tasks fetch`; `--set` gives options. */
  fetch?(options: Partial<OptionsOf<S>>, o: FetchRequest): Promise<Fetched>;
}

const brand = Symbol.for("halo.plugin");

/** A definition as the registry sees it, its option type forgotten. */
export interface Plugin {
  readonly kind: PluginKind;
  readonly name: string;
  readonly summary: string;
  readonly options: ObjectSchema;
  readonly needs: Needs;
  readonly errors?: PluginErrors;
  create(options: unknown, needs: unknown): unknown;
  services?(options: unknown, o: { readonly packageRoot: string }): readonly Service[];
  readonly pairsWith?: readonly string[];
  readonly offers?: readonly Offer[];
  checks?(options: unknown, o: { readonly packageRoot: string }): readonly DoctorCheck[];
  readonly rehearsal?: Rehearsal<unknown>;
  fetch?(options: unknown, o: FetchRequest): Promise<Fetched>;
}

/** Declares a plugin: `export default definePlugin({ kind, name, summary, options, needs, create })`. */
export function definePlugin<
  K extends PluginKind,
  const S extends ObjectSchema,
  const N extends Needs = Record<never, never>,
>(
  definition: PluginDefinition<K, S, N>,
): PluginDefinition<K, S, N> & { readonly needs: N } {
  return Object.freeze({ needs: {} as N, ...definition, [brand]: 1 });
}

/** True for what `definePlugin` returned, also from another copy of this package. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[brand] === 1;
}
