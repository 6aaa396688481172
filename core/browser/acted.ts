import type { ActionError } from "../domain/action.ts";
import type { Spot } from "./page.ts";

/** What became of an action's input. */
export interface Acted {
  readonly error?: ActionError;
  readonly spot?: Spot;
}
