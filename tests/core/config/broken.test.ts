import { existsSync, readdirSync, readFileSync } from "node:fs";
import { coreErrors } from "../../../core/util/codes.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { started } from "../../fixtures/plugins/toy.ts";
import { assert, suite } from "../../harness.ts";
import { capture } from "../cli/capture.ts";
import { assertSnapshot } from "../snapshot.ts";

const test = suite("config/broken");
const folder = new URL("../../fixtures/broken/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -5)).sort();
const env = { HALO_TEST_KEY: "hush-hush" };

for (const name of names) {
  test(`halo check prints the whole finding and starts nothing when a pipeline has: ${name}`, async () => {
    const text = readFileSync(new URL(`${name}.yaml`, folder), "utf8");
    const args = text.match(/^# args: (.*)/)?.[1];
    const { exit, out, err } = await capture([
      "check",
      `tests/fixtures/broken/${name}.yaml`,
      ...(args ? JSON.parse(args) : []),
    ], { env });
    assertSnapshot(new URL(`${name}.txt`, folder), err.replaceAll(packageRoot(), "/halo"));
    assert.is(exit, 2);
    assert.is(out, "");
    assert.equal(started, { pages: 0, samples: 0 });
    assert.not.match(err, "hush-hush");
    assert.not.ok(existsSync("runs/toy"));
  });
}

test("every carets line stands below the text its place names, in a frame of 100 columns at most", () => {
  for (const name of names) {
    const lines = readFileSync(new URL(`${name}.txt`, folder), "utf8").split("\n");
    for (const [i, line] of lines.entries()) {
      const [, file, row, col] = line.match(/^error \S+ {2}(.*):(\d+):(\d+)$/) ?? [];
      if (!file) continue;
      const at = lines.findIndex((l, k) => k > i && /^ +\| +\^|^ +\| \^/.test(l));
      const [shown, carets] = [lines[at - 1]!, lines[at]!];
      const { index, 0: mark } = carets.match(/\^+/)!;
      const source = readFileSync(file.replace(/^halo:/, ""), "utf8").split("\n")[Number(row) - 1]!.replaceAll(
        "\t",
        " ",
      );
      const [above, meant] = [shown.slice(index, index! + mark.length), source.slice(Number(col) - 1)];
      assert.ok((above !== "" || meant === "") && meant.startsWith(above.replace(/…$/, "")), `${name}: ${line}`);
      assert.ok(shown.length <= 100 && lines[at - 2]!.length <= 100, `${name}: ${line}`);
      assert.match(carets, /\^ \S/);
    }
  }
});

test("the broken pipelines cover every code that a pipeline file can lead to", () => {
  const seen = new Set(
    names.flatMap((name) => readFileSync(new URL(`${name}.txt`, folder), "utf8").match(/HALO_[A-Z_]+/g) ?? []),
  );
  const areas =
    /^HALO_(CONFIG|YAML|EXTENDS|PROFILE|MODE|SET|REFERENCE|ENV|SECRET|KEY|OPTION|VALUE|STAGE|MATCH|PLUGIN)_/;
  const missing = Object.entries(coreErrors).flatMap(([code, { exit }]) => exit === 2 ? [code] : []).filter((code) =>
    areas.test(code) && !["HALO_CONFIG_INVALID", "HALO_SECRET_MISSING"].includes(code) && !seen.has(code)
  );
  assert.equal(missing, []);
});
