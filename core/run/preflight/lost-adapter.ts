import { resolve } from "node:path";
import type { Pipeline } from "../../config/pipeline.ts";
import { startingAdapter } from "../evaluate/starting-adapter.ts";

/** Folder of the adapter that a policy starts from, where the trainer's options do not name the same one. */
export async function lostAdapter({ policy, trainer }: Pipeline): Promise<string | undefined> {
  const start = await startingAdapter(policy);
  if (!start || !trainer) return undefined;
  const isNamed = Object.values(trainer.options).some((value) =>
    typeof value === "string" && resolve(value) === resolve(start.dir)
  );
  return isNamed ? undefined : start.dir;
}
