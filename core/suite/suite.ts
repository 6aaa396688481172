import type { Action } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import type { Observation } from "../domain/observation.ts";
import type { Site } from "../domain/site.ts";
import type { Task } from "../domain/task.ts";
import type { SiteDefinition } from "../site/definition.ts";
import type { SiteTypes } from "../site/family.ts";

/** One test of a site, for any test runner. */
export interface SiteCase {
  readonly name: string;
  readonly timeoutMs: number;
  run(o: Call): Promise<void>;
}

/** A site as its plugin builds it, and what the suite needs to know of it. */
export interface SuiteSites {
  readonly site: Site;
  /** The same site with another `scramble`; without it nothing is said about renamed ids and classes. */
  readonly scrambled?: Site;
  /** Random walks; 20 when absent. */
  readonly walks?: number;
  /** Actions from the first template's start; the pages on the way are compared, those of a random walk when absent. */
  readonly tour?: readonly ((seen: Observation) => Action)[];
}

/** What the cases share. */
export interface Suite<T extends SiteTypes> extends SuiteSites {
  readonly definition: SiteDefinition<T>;
  /** One task of every template in every split. */
  readonly tasks: readonly Task[];
}

/** The splits of every site. */
export const splits: readonly string[] = ["train", "eval", "paraphrase"];
