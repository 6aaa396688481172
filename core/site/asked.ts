import { same } from "../util/same.ts";

/** The things of a part of a state that is a list. */
export type ItemOf<Part> = Part extends readonly (infer T)[] ? T : never;

/**
 * All that may be done to a state: what is not asked for here must stay as it was. Plain data, made from the state before
 * (and, where a goal leaves something open, from the state after).
 */
export interface Asked<S> {
  /** What is true afterwards, as the verdict's reason begins: "the mail was archived". */
  readonly done?: string;
  /** Changes of lists whose things have ids. */
  readonly items?: { readonly [K in keyof S]?: ItemsAsked<ItemOf<S[K]>> };
  /** Other parts that must change: what is wrong with a part, "" when it is right. */
  readonly parts?: { readonly [K in keyof S]?: (now: S[K]) => string };
}

/** What is asked of the things of one list. */
export interface ItemsAsked<T> {
  /** Fields that things must get, by id. */
  readonly change?: Readonly<Record<string, Partial<T>>>;
  /** Ids of things that must be gone. */
  readonly remove?: readonly string[];
  /** New things, each exactly once. */
  readonly add?: readonly NewItem<T>[];
  /** How a reason says that a thing did not get its fields; by default it names them. */
  readonly not?: (is: T) => string;
}

/** A thing that must be new. */
export interface NewItem<T> {
  /** The new things among which it is looked for; the others are nothing that was asked for. */
  readonly among: (item: T) => boolean;
  /** What is wrong with one of them, "" when it is the right one. */
  readonly problem: (item: T) => string;
  /** What a reason says when there is none among which to look. */
  readonly none: string;
}

/** How a list of a state is judged: thing by thing, told apart by id. Their order is not compared. */
export interface Collection<T> {
  readonly id: (item: T) => string;
  /** How a reason names a thing. */
  readonly name: (item: T) => string;
  /** Fields that may come to differ without being asked for, such as read marks; `isMeant` when the goal asks for the thing. */
  readonly allowed?: (was: T, is: T, isMeant: boolean) => Partial<T>;
  /** What a reason says of a thing that is gone. */
  readonly gone?: (was: T, isMeant: boolean) => string;
  /** What a reason says of a new thing that nobody asked for. */
  readonly extra?: (item: T) => string;
}

/** How a whole state is judged. Parts named nowhere are compared whole. */
export interface StateRules<S> {
  readonly collections: { readonly [K in keyof S]?: Collection<ItemOf<S[K]>> };
  /** Parts that only say what is on screen or count along; they may become anything. */
  readonly onScreen: readonly (keyof S)[];
  /** What a reason says of a changed part; "PART were changed as well" where absent. */
  readonly changed?: { readonly [K in keyof S]?: string };
  /** What was begun and neither finished nor thrown away, if anything. */
  leftover?(now: S): string | undefined;
}

/** Asks for parts with exactly these values. */
export function exactly<S>(parts: Partial<S>): NonNullable<Asked<S>["parts"]> {
  const checks = Object.entries(parts).map(([part, value]) =>
    [part, (now: unknown) => same(value, now) ? "" : `${part} are not as wanted`] as const
  );
  return Object.fromEntries(checks) as NonNullable<Asked<S>["parts"]>;
}
