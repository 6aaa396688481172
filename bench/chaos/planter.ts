import { keyedRng } from "halo-agent/kit";
import { blows, type Call, type PlantedFault, plantedFaults } from "./faults.ts";

/** The kinds of faults that were planted, and how many. */
export interface Planted {
  readonly kinds: Set<string>;
  total: number;
}

/** What the plugins of this process have planted since it was last emptied. */
export const planted: Planted = { kinds: new Set(), total: 0 };

export interface PlanterOptions {
  readonly every: number;
  readonly seed: number;
  readonly name: string;
  /** True when one fault in four is a blow to the browsers. */
  readonly strikes?: boolean;
}

/**
 * Plants faults in calls: one in `every`, of a kind drawn from those that fit, and never a second one until a call of that name
 * has succeeded, so that retries are enough.
 */
export class Planter {
  readonly #every: number;
  readonly #rng;
  readonly #strikes: boolean;
  readonly #due = new Map<Call, boolean>();

  constructor({ every, seed, name, strikes = false }: PlanterOptions) {
    this.#every = every;
    this.#strikes = strikes;
    this.#rng = keyedRng("chaos", seed, name);
  }

  /** The call, or a fault in its place. */
  async in<T>(call: Call, run: () => Promise<T>): Promise<T> {
    const mayHappen = this.#every > 0 && this.#due.get(call) !== false;
    if (mayHappen && this.#rng.int(this.#every) === 0) {
      this.#due.set(call, false);
      if (!this.#strikes || this.#rng.int(4) > 0) return await this.#plant(call);
      const blow = blows[this.#rng.int(blows.length)]!;
      planted.total++;
      planted.kinds.add(blow.name);
      const going = run();
      blow.strike();
      return await going;
    }
    const value = await run();
    this.#due.set(call, true);
    return value;
  }

  #plant(call: Call): Promise<never> {
    const fitting = plantedFaults.filter(({ calls }) => calls.includes(call));
    const fault: PlantedFault = fitting[this.#rng.int(fitting.length)]!;
    planted.total++;
    planted.kinds.add(fault.name);
    return fault.happen();
  }
}
