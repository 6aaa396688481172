import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pluginKinds } from "../../../core/plugin/kinds.ts";
import { loadPlugin } from "../../../core/plugin/load.ts";
import { builtinNames } from "../../../core/plugin/registry.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { builtin } from "../../../plugins/builtin.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("plugin/builtin");
const folder = join(packageRoot(), "plugins");

test("the table of built-ins names exactly the plugin files of the folders", () => {
  const found = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap((
    { name },
  ) =>
    readdirSync(join(folder, name)).filter((file) =>
      pluginKinds.some((kind) => file === `${kind}.ts` || file.endsWith(`-${kind}.ts`))
    )
      .map((file) => `./${name}/${file}`)
  );
  const named = Object.values(builtin).flatMap((names) => Object.values(names)).map((load) =>
    String(load).match(/"(\.\/[^"]+)"/)?.[1]
  );
  assert.equal(named.toSorted(), found.toSorted());
});

for (const kind of pluginKinds) {
  for (const name of builtinNames(kind)) {
    test(`${kind}/${name} exports a plugin of its kind under its name, with a sound schema and described options`, async () => {
      const plugin = await loadPlugin({ kind, use: name, from: folder });
      assert.is(plugin.name, name);
      assert.match(plugin.summary, /^\S.{10,}/);
      const undescribed = Object.entries(plugin.options.properties).filter(([, option]) => !option.description).map((
        [option],
      ) => option);
      assert.equal(undescribed, []);
    });
  }
}
