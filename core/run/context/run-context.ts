import type { Pipeline } from "../../config/pipeline.ts";
import type { Need } from "../../domain/observation.ts";
import type { Rng } from "../../domain/rng.ts";
import type { Built } from "../../plugin/container.ts";
import type { RunEvent } from "../../record/events.ts";
import { type PageCollector, PageKeeper, type PageKeeperOptions, type Shots } from "../../record/page-keeper.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import type { Log } from "../../util/log.ts";
import type { Pages } from "../../world/pages.ts";
import { addCost, noCost, type StepCost } from "../../world/step-cost.ts";
import type { Totals } from "./totals.ts";

/** What every stage of one run shares. */
export interface RunContext {
  readonly pipeline: Pipeline;
  readonly built: Built;
  readonly folder: RunFolder;
  readonly pages: Pages;
  /** Keeps the environment steps in flight at `concurrency`. */
  readonly gate: <T>(run: () => Promise<T>) => Promise<T>;
  readonly need: Need;
  /** Root of all randomness: keyed by the pipeline's seed. */
  readonly rng: Rng;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => Promise<void>;
  readonly progress: Progress;
  readonly meter: CostMeter;
  /** Keeps the pages that policies meet, where the pipeline's `record` asks for it. */
  readonly pagesOf: { readonly [K in "train" | "evaluate"]?: () => PageCollector };
}

/** Where the run stands now. Resume and the train stage move it, to the totals of a COMMIT. */
export interface Progress {
  totals: Totals;
}

/** Adds up what steps cost, in the order in which they end: for the report, never for learning. */
export class CostMeter {
  #total: StepCost = noCost;

  get total(): StepCost {
    return this.#total;
  }

  add(cost: StepCost): void {
    this.#total = addCost(this.#total, cost);
  }
}

/** What observations must contain for the policy and the rewards of a run. */
export function needOf({ policy, rewards }: Built, { screens }: Pick<Pipeline["record"], "screens">): Need {
  const needs = [policy.need, ...rewards.map((r) => r.shaper.need)];
  return {
    screenshot: screens === "all" || needs.some((n) => n.screenshot),
    axtree: needs.some((n) => n.axtree),
  };
}

/** Who keeps the pages of a run, for training and for evaluations. */
export function pageKeepers(
  { record: { pages, screens, max_mb } }: Pick<Pipeline, "record">,
  { shots, ...o }: Omit<PageKeeperOptions, "maxBytes"> & { readonly shots: Shots },
): RunContext["pagesOf"] {
  if (pages === "none") return {};
  const keeper = new PageKeeper({ ...o, maxBytes: max_mb * 1e6 });
  const collecting = (hasShots: boolean) => () => keeper.collector(hasShots ? shots : undefined);
  return { evaluate: collecting(screens !== "none"), ...(pages === "all" && { train: collecting(screens === "all") }) };
}
