import type { Batch } from "../../domain/batch.ts";
import type { Iteration } from "../../record/run-folder.ts";
import type { RunContext } from "../context/run-context.ts";
import type { Explored } from "./explored.ts";
import { treeRecords } from "./tree-records.ts";

/** Makes the batch durable, examples in slot order: from here on this iteration's update is fixed. */
export async function seal(
  { built, rng }: Pick<RunContext, "built" | "rng">,
  it: Iteration,
  { examples }: Explored,
): Promise<Batch> {
  const { temperature, loss } = built.algorithm!;
  const trees = [...examples].flatMap(([group, taught]) => treeRecords(group, taught));
  if (trees.length > 0) await it.writeTrees(trees);
  const batch: Batch = {
    seq: it.n,
    policyVersion: it.n - 1,
    temperature,
    seed: rng.derive("batch", it.n).int(2 ** 31),
    loss,
    examples: [...examples.values()].flat(),
  };
  await it.sealBatch(batch);
  return batch;
}
