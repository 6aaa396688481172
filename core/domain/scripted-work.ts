import type { Call } from "./call.ts";
import type { Json } from "./json.ts";

/** What a user does for a task, as a function of states: no browser is needed. */
export interface ScriptedWork {
  /**
   * right: all that the goal asks for and nothing else; near: the right action on a wrong thing; loose: wrong work that a
   * grader has been seen to let pass.
   */
  readonly kind: "right" | "near" | "loose";
  /** What is done, in words; "" for right work. */
  readonly how: string;
  /** The state after the work; `from` stays as it was. Throws where the work cannot be done from that state. */
  after(from: Json, call: Call): Json | Promise<Json>;
}
