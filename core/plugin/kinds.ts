import type { Algorithm } from "../domain/algorithm.ts";
import type { Critic } from "../domain/critic.ts";
import type { Curriculum } from "../domain/curriculum.ts";
import type { Environment } from "../domain/environment.ts";
import type { Policy } from "../domain/policy.ts";
import type { RewardShaper } from "../domain/reward.ts";
import type { Site } from "../domain/site.ts";
import type { TaskSource } from "../domain/task.ts";
import type { Tracker } from "../domain/tracker.ts";
import type { Trainer } from "../domain/trainer.ts";

/** Every kind of plugin and what its `create` returns. */
export interface PluginKinds {
  readonly algorithm: Algorithm;
  readonly critic: Critic;
  readonly curriculum: Curriculum;
  readonly environment: Environment;
  readonly policy: Policy;
  readonly reward: RewardShaper;
  readonly site: Site;
  readonly tasks: TaskSource;
  readonly tracker: Tracker;
  readonly trainer: Trainer;
}

export type PluginKind = keyof PluginKinds;

/** The kinds by name, for lists and messages. */
export const pluginKinds = [
  "algorithm",
  "critic",
  "curriculum",
  "environment",
  "policy",
  "reward",
  "site",
  "tasks",
  "tracker",
  "trainer",
] as const satisfies readonly PluginKind[];
