import type { Task } from "../../domain/task.ts";
import type { FaultRecord } from "../../record/faults.ts";
import { factsOf } from "../../util/error-facts.ts";
import { HaloError } from "../../util/errors.ts";
import { errorBehind } from "../../world/fault.ts";
import { faultBehind, isEpisodeFault } from "./open-explorer.ts";
import type { RunContext } from "./run-context.ts";

type Context = Pick<RunContext, "folder" | "pipeline" | "emit">;

export interface FaultyTask {
  readonly id: string;
  readonly task: Task;
}

/**
 * Tasks of one stage that fault for good. They are set aside instead of ending the run, up to `limits.faulty_tasks` of the
 * stage's tasks. Which ones is on disk once what they belong to, a wave or an evaluation, is whole; until then a resume
 * tries them again.
 */
export class FaultyTasks {
  readonly #ctx: Context;
  readonly #label: string;
  readonly #kept: Map<string, FaultRecord>;
  readonly #fresh: FaultRecord[] = [];

  private constructor(ctx: Context, label: string, kept: readonly FaultRecord[]) {
    this.#ctx = ctx;
    this.#label = label;
    this.#kept = new Map(kept.map((record) => [record.id, record]));
  }

  static async open(ctx: Context, label: string): Promise<FaultyTasks> {
    return new FaultyTasks(ctx, label, (await ctx.folder.readFaults()).filter((record) => record.label === label));
  }

  /** True for what an earlier attempt of the run has set aside for good. */
  has(id: string): boolean {
    return this.#kept.has(id);
  }

  /** Everything that is set aside in this stage. */
  get all(): readonly FaultRecord[] {
    return [...this.#kept.values(), ...this.#fresh];
  }

  /** What `play` makes of a task, or undefined when it faults for good. `planned` is the number of tasks the share is of. */
  async unlessFaulty<T>(
    { id, task }: FaultyTask,
    { planned }: { readonly planned: number },
    play: () => Promise<T>,
  ): Promise<T | undefined> {
    if (this.has(id)) return undefined;
    try {
      return await play();
    } catch (e) {
      if (!isEpisodeFault(e)) throw e;
      const share = this.#ctx.pipeline.limits.faulty_tasks;
      const before = this.all.length;
      if (before + 1 > share * planned) throw before === 0 ? e : tooMany(e, { before, planned, share });
      const { code, message } = faultBehind(e);
      const advice = errorBehind(e).hint ?? factsOf(code)?.fix;
      this.#fresh.push({ id, label: this.#label, taskKey: task.key, template: task.template, code, message });
      await this.#ctx.emit({
        type: "warning",
        message: `${id} is set aside: ${code}: ${message}${advice === undefined ? "" : `; ${advice}`}`,
      });
      return undefined;
    }
  }

  /** Makes durable what was set aside so far. */
  async keep(): Promise<void> {
    for (const record of this.#fresh.splice(0)) {
      await this.#ctx.folder.fault(record);
      this.#kept.set(record.id, record);
    }
  }
}

function tooMany(
  e: HaloError,
  o: { readonly before: number; readonly planned: number; readonly share: number },
): HaloError {
  const { before, planned, share } = o;
  return new HaloError(e.code, `${e.message}; ${before} of ${planned} tasks are set aside already`, {
    hint: `limits.faulty_tasks is ${share}: when the cause is mended, go on with: halo run --resume latest`,
    cause: e.cause,
  });
}
