import { same } from "../util/same.ts";
import type { Asked, Collection, ItemsAsked, StateRules } from "./asked.ts";

/** The two states of an episode. */
export interface BeforeAfter<S> {
  readonly before: S;
  readonly after: S;
}

/**
 * The strict predicate of a site: everything asked for was done, and nothing else differs in the whole state. Returns
 * what is wrong, undefined when nothing is; what is missing is told before what is too much. Pure.
 */
export function problemOf<S extends object>(
  rules: StateRules<S>,
  asked: Asked<S>,
  states: BeforeAfter<S>,
): string | undefined {
  const lists = listsOf(rules, asked, states);
  return first(lists, missingChange) ?? wrongPart(asked, states.after) ?? first(lists, missingNew) ??
    first(lists, extra) ?? changedPart(rules, asked, states) ?? rules.leftover?.(states.after);
}

/** One list of the state, before and after, and what is asked of its things. */
interface List {
  readonly collection: Collection<unknown>;
  readonly asked: ItemsAsked<unknown>;
  readonly before: readonly unknown[];
  readonly now: ReadonlyMap<string, unknown>;
  /** Things that were not there before. */
  readonly added: readonly unknown[];
}

function listsOf<S extends object>(
  { collections }: StateRules<S>,
  { items = {} }: Asked<S>,
  states: BeforeAfter<S>,
): readonly List[] {
  return (Object.keys(collections) as (keyof S)[]).map((part) => {
    const collection = collections[part] as unknown as Collection<unknown>;
    const [before, after] = [states.before[part], states.after[part]] as unknown as (readonly unknown[])[];
    const known = new Set(before!.map(collection.id));
    return {
      collection,
      asked: (items[part] ?? {}) as ItemsAsked<unknown>,
      before: before!,
      now: new Map(after!.map((item) => [collection.id(item), item])),
      added: after!.filter((item) => !known.has(collection.id(item))),
    };
  });
}

function first(lists: readonly List[], check: (list: List) => string | undefined): string | undefined {
  for (const list of lists) {
    const problem = check(list);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A thing that is not as asked for, or still there. */
function missingChange({ collection, asked, before, now }: List): string | undefined {
  for (const [id, change] of Object.entries(asked.change ?? {})) {
    const is = now.get(id);
    if (is === undefined) return gone(collection, before.find((item) => collection.id(item) === id), true);
    const wanted = { ...is as object, ...change };
    if (!same(wanted, is)) {
      return asked.not?.(is) ?? `${collection.name(is)} is not as asked: ${differing(wanted, is as object)}`;
    }
  }
  const left = asked.remove?.map((id) => now.get(id)).find((item) => item !== undefined);
  return left === undefined ? undefined : `${collection.name(left)} is still there`;
}

function wrongPart<S>({ parts = {} }: Asked<S>, after: S): string | undefined {
  for (const [part, problem] of Object.entries(parts) as [keyof S, (now: unknown) => string][]) {
    const wrong = problem(after[part]);
    if (wrong !== "") return wrong;
  }
  return undefined;
}

/** A new thing that is asked for and not there. */
function missingNew({ asked, added }: List): string | undefined {
  const taken = new Set<unknown>();
  for (const one of asked.add ?? []) {
    const found = added.filter((item) => !taken.has(item) && one.among(item));
    const right = found.find((item) => one.problem(item) === "");
    if (right === undefined) return found.length === 0 ? one.none : one.problem(found[0]);
    taken.add(right);
  }
  return undefined;
}

/** A thing that was changed, taken away or made without being asked for. */
function extra({ collection, asked, before, now, added }: List): string | undefined {
  for (const was of before) {
    const id = collection.id(was);
    if (asked.remove?.includes(id)) continue;
    const is = now.get(id);
    if (is === undefined) return gone(collection, was, false);
    const change = asked.change?.[id];
    const expected = { ...was as object, ...collection.allowed?.(was, is, change !== undefined), ...change };
    if (!same(is, expected)) return `${collection.name(was)} was changed as well: ${differing(expected, is as object)}`;
  }
  const others = [...added];
  for (const one of asked.add ?? []) {
    const at = others.findIndex((item) => one.among(item) && one.problem(item) === "");
    if (at >= 0) others.splice(at, 1);
  }
  if (others.length === 0) return undefined;
  return collection.extra?.(others[0]) ?? `${collection.name(others[0])} was added`;
}

function gone({ gone, name }: Collection<unknown>, was: unknown, isMeant: boolean): string {
  return gone?.(was, isMeant) ?? `${name(was)} was deleted`;
}

/** A part that is compared whole and differs. */
function changedPart<S extends object>(
  { collections, onScreen, changed }: StateRules<S>,
  { parts = {} }: Asked<S>,
  { before, after }: BeforeAfter<S>,
): string | undefined {
  const free = new Set<keyof S>([...Object.keys(collections), ...Object.keys(parts)] as (keyof S)[]);
  for (const part of onScreen) free.add(part);
  const touched = (Object.keys({ ...before, ...after }) as (keyof S)[])
    .find((part) => !free.has(part) && !same(after[part], before[part]));
  return touched && (changed?.[touched] ?? `${String(touched)} were changed as well`);
}

/** The names of the fields in which two things differ. */
export function differing(a: object, b: object): string {
  const [x, y] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  return [...new Set([...x.keys(), ...y.keys()])].filter((key) => !same(x.get(key), y.get(key))).join(", ");
}
