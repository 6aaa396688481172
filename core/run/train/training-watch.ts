import type { RewardTerm } from "../../domain/reward.ts";
import type { Explored } from "./explored.ts";

/** Iterations after which a person is told. */
const patience = 8;

/**
 * Watches a training run for what fails without an error: a reward that never pays, groups that never teach, a critic that
 * never answers.
 */
export class TrainingWatch {
  readonly #unpaid: Map<string, number>;
  #untaught = 0;
  #isCriticTold = false;

  /** `rewards` are the names that the terms' names start with. */
  constructor(rewards: readonly string[]) {
    this.#unpaid = new Map(rewards.map((name) => [name, 0]));
  }

  /** Looks at one more iteration; each finding is returned once. */
  next({ slots, examples }: Pick<Explored, "slots" | "examples">): readonly string[] {
    const terms = slots.flatMap((slot) => slot.groups.flatMap(({ decisions }) => decisions))
      .flatMap(({ branches }) => branches.flatMap((branch) => branch.terms ?? []));
    const found: string[] = [];
    for (const [name, iterations] of this.#unpaid) {
      const hasPaid = terms.some((term: RewardTerm) => term.value !== 0 && term.name.startsWith(`${name}/`));
      if (hasPaid) this.#unpaid.delete(name);
      else this.#unpaid.set(name, iterations + 1);
      if (this.#unpaid.get(name) === patience) {
        found.push(
          `the reward "${name}" has paid nothing in ${patience} iterations: halo runs show RUN --group i1.s0.0`,
        );
      }
    }
    const asked = slots.flatMap(({ groups }) => groups.flatMap(({ search }) => search?.critic ?? []));
    if (!this.#isCriticTold && asked.length > 0 && asked.every(({ calls, faults }) => faults === calls)) {
      this.#isCriticTold = true;
      found.push(
        `the critic answered no question of this iteration, Q is what was tried alone: ${asked.at(-1)!.fault}`,
      );
    }
    const isTaught = [...examples.values()].some((taught) => taught.length > 0);
    this.#untaught = isTaught ? 0 : this.#untaught + 1;
    if (this.#untaught === patience) {
      found.push(
        `nothing was learned in ${patience} iterations: no group had differing rewards (docs/troubleshooting.md)`,
      );
    }
    return found;
  }
}
