import { same } from "../util/same.ts";

/** What became of a site's things of one kind: new ones, changed ones with what is new in them, lost ones as they were. */
export interface Differences<T> {
  readonly added: readonly T[];
  /** The id and the fields whose value is new; a field that is gone is `false`. */
  readonly updated: readonly Readonly<Record<string, unknown>>[];
  readonly deleted: readonly T[];
}

/**
 * Compares things by id, each as the report shows it, in the order of the maps. `isGone` says which things that are
 * still there count as deleted as well, because the hosted site takes them off its list.
 */
export function differencesById<T extends { readonly id: unknown }>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isGone: (was: T, is: T) => boolean = () => false,
): Differences<T> {
  const both = [...before].flatMap(([id, was]) => after.has(id) ? [{ was, is: after.get(id)! }] : []);
  return {
    added: [...after].filter(([id]) => !before.has(id)).map(([, one]) => one),
    updated: both.map(({ was, is }) => changesOf(was, is)).filter((one) => one !== undefined),
    deleted: [...before].filter(([id, was]) => !after.has(id) || isGone(was, after.get(id)!)).map(([, one]) => one),
  };
}

function changesOf(was: { readonly id: unknown }, is: object): Readonly<Record<string, unknown>> | undefined {
  const before = new Map<string, unknown>(Object.entries(was));
  const changed = Object.entries(is).filter(([key, value]) => !same(value, before.get(key)));
  const unset = [...before.keys()].filter((key) => !(key in is)).map((key) => [key, false] as const);
  const all = [...changed, ...unset];
  return all.length === 0 ? undefined : { id: was.id, ...Object.fromEntries(all) };
}
