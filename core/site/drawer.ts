import type { Rng } from "../domain/rng.ts";

/** The words one split draws its values from, by list. No two splits should share a word that a goal can name. */
export type Pool = Readonly<Record<string, readonly string[]>>;

/** Draws values of one task from a pool; what is drawn once within a task is not drawn again. */
export interface Drawer<P> {
  readonly rng: Rng;
  /** An entry of a list, drawn before or not. */
  any(list: keyof P & string): string;
  /** An entry of a list that this task has not drawn yet. */
  unused(list: keyof P & string): string;
  /** A whole number from `first` to `last` that this task has not drawn yet under this name. */
  place(name: string, first: number, last: number): number;
}

/** A drawer of one task. */
export function drawerOf<P extends { readonly [K in keyof P]: readonly string[] }>(rng: Rng, pool: P): Drawer<P> {
  const used = new Set<string>();
  const fresh = <V>(name: string, draw: () => V): V => {
    let value = draw();
    while (used.has(`${name} ${value}`)) value = draw();
    used.add(`${name} ${value}`);
    return value;
  };
  const any = (list: keyof P & string): string => pool[list]![rng.int(pool[list]!.length)]!;
  return {
    rng,
    any,
    unused: (list) => fresh(list, () => any(list)),
    place: (name, first, last) => fresh(name, () => first + rng.int(last - first + 1)),
  };
}
