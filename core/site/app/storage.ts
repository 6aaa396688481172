import type { Act, WithActs } from "../acts.ts";
import type { OfficialConfig } from "../official.ts";

export interface StorageOptions<S> {
  /** Begins the keys, so that no two sites share any. */
  readonly name: string;
  /** The state a page opens with; without a configuration nobody asked for `/config`. */
  start(config: OfficialConfig | undefined): S;
  /** The moment of a state, ISO UTC. */
  timeOf(state: S): string;
}

/** What outlives a page once `/config` was asked for in its browser context, as the hosted sites of REAL keep it. */
export interface SiteStorage<S> {
  /** True once `/config` was asked for: from then on the state outlives its page. */
  isConfigured(): boolean;
  /** Stores a configuration and starts anew. */
  configure(config: OfficialConfig): void;
  configuration(): OfficialConfig | undefined;
  /** The state a page of this configuration begins with. */
  started(): S;
  /** The stored state, or the one it begins with. */
  kept(): S;
  /** What was done so far, oldest first. */
  acts(): readonly Act[];
  /** Stores a state and what was done to come there. */
  keep(told: WithActs<S>): void;
  /** The moment of a state, ISO UTC. */
  timeOf(state: S): string;
}

/** The storage of a site's pages. */
export function siteStorage<S>({ name, start, timeOf }: StorageOptions<S>): SiteStorage<S> {
  const keys = { config: `${name}.config`, state: `${name}.state`, history: `${name}.history` } as const;
  const configuration = (): OfficialConfig | undefined => read<OfficialConfig>(keys.config);
  const started = (): S => start(configuration());
  const acts = (): readonly Act[] => read<readonly Act[]>(keys.history) ?? [];
  return {
    isConfigured: () => localStorage.getItem(keys.config) !== null,
    configure(config) {
      localStorage.clear();
      localStorage.setItem(keys.config, JSON.stringify(config));
    },
    configuration,
    started,
    kept: () => read<S>(keys.state) ?? started(),
    acts,
    keep({ state, acts }) {
      localStorage.setItem(keys.state, JSON.stringify(state));
      localStorage.setItem(keys.history, JSON.stringify(acts));
    },
    timeOf,
  };
}

function read<T>(key: string): T | undefined {
  const text = localStorage.getItem(key);
  return text === null ? undefined : JSON.parse(text) as T;
}
