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

const isPluginFile = (file: string): boolean =>
  pluginKinds.some((kind) => file === `${kind}.ts` || file.endsWith(`-${kind}.ts`));
const foldersIn = (path: string): string[] =>
  readdirSync(join(folder, path), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) =>
    `${path}/${name}`
  );

test("the table of built-ins names exactly the plugin files of the folders", () => {
  const subjects = foldersIn(".").flatMap((path) => path === "./sites" ? foldersIn(path) : [path]);
  const found = subjects.flatMap((path) =>
    readdirSync(join(folder, path)).filter(isPluginFile).map((file) => `${path}/${file}`)
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
