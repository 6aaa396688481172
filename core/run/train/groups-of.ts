import type { Algorithm, Explorer } from "../../domain/algorithm.ts";
import type { GroupBody } from "../../domain/group.ts";
import type { Goal } from "../../domain/task.ts";
import { calleeOf, calleeText } from "../../util/callee.ts";
import { HaloError } from "../../util/errors.ts";
import { thrownBy } from "../../util/thrown.ts";

/**
 * The groups an algorithm yields for a goal. One that stands still, waiting for neither a step nor a draw, is given up
 * after `limitMs` as HALO_PLUGIN_HUNG; what it throws of its own is its defect.
 */
export async function* groupsOf(
  algorithm: Algorithm,
  { goal, io, limitMs }: { readonly goal: Goal; readonly io: Explorer; readonly limitMs: number },
): AsyncGenerator<GroupBody> {
  const callee = calleeOf(algorithm, "algorithm");
  const idle = new IdleLimit(limitMs, () =>
    new HaloError(
      "HALO_PLUGIN_HUNG",
      `${calleeText(callee)} did nothing in explore() for ${limitMs / 1000} s (limits.policy_timeout_s)`,
      { hint: "explore() must end or wait for a step or a draw" },
    ));
  try {
    const groups = algorithm.explore(goal, watched(io, idle))[Symbol.asyncIterator]();
    while (true) {
      const next = await idle.during(groups.next());
      if (next.done) return;
      yield next.value;
    }
  } catch (e) {
    io.signal.throwIfAborted();
    throw thrownBy(e, { callee, call: "explore" });
  }
}

/** The explorer, with every call of it counted as being at work. */
function watched(io: Explorer, idle: IdleLimit): Explorer {
  const { rank, value } = io;
  return {
    ...io,
    root: () => idle.busy(io.root()),
    step: (...a) => idle.busy(io.step(...a)),
    draw: (...a) => idle.busy(io.draw(...a)),
    ...(rank && { rank: (...a: Parameters<typeof rank>) => idle.busy(rank(...a)) }),
    ...(value && { value: (...a: Parameters<typeof value>) => idle.busy(value(...a)) }),
  };
}

/** Ends a wait during which nothing has been at work for a while. */
class IdleLimit {
  readonly #limitMs: number;
  readonly #error: () => Error;
  #working = 0;
  #since = performance.now();

  constructor(limitMs: number, error: () => Error) {
    this.#limitMs = limitMs;
    this.#error = error;
  }

  async busy<T>(work: Promise<T>): Promise<T> {
    this.#working++;
    try {
      return await work;
    } finally {
      this.#working--;
      this.#since = performance.now();
    }
  }

  async during<T>(wait: Promise<T>): Promise<T> {
    this.#since = performance.now();
    let timer: ReturnType<typeof setInterval> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        if (this.#working === 0 && performance.now() - this.#since >= this.#limitMs) reject(this.#error());
      }, Math.min(1_000, this.#limitMs / 4));
    });
    wait.catch(() => {});
    try {
      return await Promise.race([wait, late]);
    } finally {
      clearInterval(timer);
    }
  }
}
