import { readdirSync } from "node:fs";

/** The names in a folder; undefined where there is none, or it may not be read. */
export function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}
