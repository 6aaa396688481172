import type { Action } from "../domain/action.ts";
import type { Fields, Refusal } from "./refusal.ts";

/** One way of writing actions: how it is read strictly, printed for a history and explained in a prompt. */
export interface Dialect {
  /** Reads a whole output; nothing is guessed. */
  read(text: string): Action | Refusal;
  /** The action in this dialect, readable by `read`; undefined when the dialect cannot say it. */
  print(action: Action, o: { readonly thought?: string }): string | undefined;
  /** The part of a system prompt that explains the dialect; without `elements` no ids are listed to point at. */
  describe(o?: { readonly elements?: boolean }): string;
  /** Fields as the dialect names them to fields as halo does; values that are not understood pass as they are. */
  toHalo(fields: Fields): Fields | Refusal;
}
