import type { Io } from "./io.ts";

/** One flag of a command; `value` names what follows it, without it the flag is a switch. */
export interface Flag {
  readonly name: string;
  readonly value?: string;
  /** May be given several times; arrives as a list, empty when absent. */
  readonly isList?: true;
  readonly isNumber?: true;
  readonly summary: string;
}

type FlagValue<F extends Flag> = F extends { readonly isList: true } ? readonly string[]
  : F extends { readonly isNumber: true } ? number | undefined
  : F extends { readonly value: string } ? string | undefined
  : boolean;

/** The flags of a table as a command receives them, by their written name: `flags["sample-size"]`. */
export type Flags<T extends readonly Flag[]> = { readonly [F in T[number] as F["name"]]: FlagValue<F> };

/** Runs a command; returns the exit status. */
export type RunCommand<T extends readonly Flag[]> = (
  input: { readonly args: readonly string[]; readonly flags: Flags<T> },
  io: Io,
) => Promise<number>;

/** One row of the command table. */
export interface Command<T extends readonly Flag[] = readonly Flag[]> {
  readonly name: string;
  /** A name it had before, which still works. */
  readonly formerly?: string;
  /** `<required>`, `[optional]` or `[...many]`, as help shows them. */
  readonly args: string;
  readonly summary: string;
  readonly flags: T;
  readonly examples?: readonly string[];
  /** True when it imports plugins, whose code may run on and on. */
  readonly loadsPlugins?: true;
  /** Imports the implementation; nothing heavy is loaded before. */
  readonly load: () => Promise<RunCommand<T>>;
}

/** A row whose flag types are forgotten: what the table holds. */
export type AnyCommand = Omit<Command, "load"> & {
  readonly load: () => Promise<
    (
      input: { readonly args: readonly string[]; readonly flags: Readonly<Record<string, unknown>> },
      io: Io,
    ) => Promise<number>
  >;
};

/** Declares a row so that its flags type its implementation. */
export function command<const T extends readonly Flag[]>(row: Command<T>): AnyCommand {
  return row as unknown as AnyCommand;
}
