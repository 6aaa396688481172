import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type GoalExample, goalExamples } from "./reading/examples.ts";

/** Examples of a file that lies beside a site's reader, read when they are first asked for. Throws HALO_CONFIG_INVALID. */
export function examplesIn(file: URL): () => readonly GoalExample[] {
  return () => goalExamples(readFileSync(file, "utf8"), fileURLToPath(file));
}
