import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HaloError } from "../util/errors.ts";
import { type GoalExample, goalExamples } from "./reading/examples.ts";

/** Examples of a file that lies beside a site's reader, read when they are first asked for. Throws HALO_CONFIG_INVALID. */
export function examplesIn(url: URL): () => readonly GoalExample[] {
  return () => {
    const file = fileURLToPath(url);
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (cause) {
      throw new HaloError("HALO_CONFIG_INVALID", `the examples of goals cannot be read: ${file}`, {
        hint: "write goals there, one a line, below lines with their kinds; docs/rewards.md shows some",
        cause,
      });
    }
    return goalExamples(text, file);
  };
}
