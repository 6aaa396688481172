import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { assert } from "../harness.ts";

/** Compares a whole text with the file that keeps it; UPDATE_SNAPSHOTS=1 writes the file instead. */
export function assertSnapshot(file: URL, actual: string): void {
  const text = `${actual.trimEnd()}\n`;
  if (process.env["UPDATE_SNAPSHOTS"]) writeFileSync(file, text);
  else assert.fixture(text, existsSync(file) ? readFileSync(file, "utf8") : "");
}
