/**
 * Every file of real run folders, damaged in every way: the run is resumed, and either the file is named with a way on that
 * leads to the same end, or the resumed run is equal in every part to one that nothing happened to.
 *
 *   npm run bench:damage [-- --seed 1 --only TEXT]
 *
 * Bars: >= 200 cases, none of them WRONG.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { damageCase, type DamageOutcome } from "./damage/damage-case.ts";
import { filesOf, leftRuns } from "./damage/left.ts";
import { waysToDamage } from "./damage/ways.ts";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, only: { type: "string", default: "" } },
});
const folder = mkdtempSync(join(tmpdir(), "halo-damage-"));
const seed = Number(values.seed);
const ends = ["refused", "told", "harmless", "WRONG"] as const;
/** What kind of file it is, and how the cases of this kind ended. */
const table = new Map<string, Record<DamageOutcome["end"], number>>();
let cases = 0;
try {
  for (const left of await leftRuns(folder, { seed })) {
    for (const file of filesOf(left.path)) {
      for (const way of Object.keys(waysToDamage)) {
        const name = `${left.name}: ${file} ${way}`;
        if (!name.includes(values.only)) continue;
        const { end, text } = await damageCase(join(folder, "case"), { left, file, way, seed });
        cases++;
        const row = table.get(kindOf(file)) ?? { refused: 0, told: 0, harmless: 0, WRONG: 0 };
        row[end]++;
        table.set(kindOf(file), row);
        if (end === "WRONG") console.log(`WRONG ${name}: ${text}`);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${"file".padEnd(24)}${ends.map((end) => end.padStart(10)).join("")}`);
for (const [kind, row] of [...table].sort(([a], [b]) => a < b ? -1 : 1)) {
  console.log(`${kind.padEnd(24)}${ends.map((end) => String(row[end]).padStart(10)).join("")}`);
}
const wrong = [...table.values()].reduce((sum, row) => sum + row.WRONG, 0);
const ok = wrong === 0 && (cases >= 200 || values.only !== "");
console.log(`${ok ? "ok" : "MISSED"} damage: ${cases} cases, ${wrong} wrong`);
process.exitCode = ok ? 0 : 1;

/** `iter/2/slots/i2.s0.json` is of the kind `iter/slots`. */
function kindOf(file: string): string {
  return file.replace(/\/\d+/, "").replace(/(ep|slots|pages)\/.*/, "$1").replace(/^lock$/, "lock/1");
}
