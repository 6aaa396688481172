import { readFileSync } from "node:fs";
import { errorCodes } from "../../../core/util/codes.ts";
import { assert, suite } from "../../harness.ts";
import { assertSnapshot } from "../snapshot.ts";

const test = suite("util/codes");
const file = new URL("../../../docs/errors.md", import.meta.url);

test("docs/errors.md lists every code with its exit status and cause", () => {
  const rows = Object.entries(errorCodes).map(([code, { exit, cause }]) =>
    `| \`${code}\` | ${exit} | ${cause.replaceAll("|", "\\|")} |`
  );
  const [head = ""] = readFileSync(file, "utf8").split("| Code |");
  assertSnapshot(file, `${head}| Code | Exit | Cause |\n|---|---|---|\n${rows.join("\n")}`);
});

test("every code is named HALO_<AREA>_<WHAT> and leads to a documented exit status", () => {
  const documented = new Set(
    [...readFileSync(file, "utf8").matchAll(/^\| (\d+) \|/gm)].map(([, exit]) => Number(exit)),
  );
  for (const [code, { exit }] of Object.entries(errorCodes)) {
    assert.match(code, /^HALO_[A-Z]+(_[A-Z]+)*$/);
    assert.ok(documented.has(exit), `${code}: exit ${exit}`);
  }
});
