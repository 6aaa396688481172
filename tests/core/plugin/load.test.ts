import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { HaloError } from "halo-agent";
import { loadPlugin } from "../../../core/plugin/load.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";

const test = suite("plugin/load");

const plain = (name: string, extra = "") =>
  `import { definePlugin, HaloError } from "halo-agent";
import * as kit from "halo-agent/kit";
import * as browser from "halo-agent/browser";
import * as testing from "halo-agent/testing";
${extra}
export default definePlugin({
  kind: "reward",
  name: "${name}",
  summary: "Pays nothing.",
  options: { type: "object", additionalProperties: false, properties: {} },
  create: () => ({ HaloError, parts: [kit, browser, testing].map((part) => typeof part) }),
});
`;

function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "halo plugin %20 ü-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

test("loadPlugin imports a TypeScript file outside the package, which shares this very core", async (t) => {
  const dir = folder(t, {
    "deep/mine.ts": plain("mine", `import { one } from "./one.ts";\nconst n: number = one;\nvoid n;`),
    "deep/one.ts": "export const one: number = 1;\n",
  });
  const plugin = await loadPlugin({ kind: "reward", use: "../deep/mine.ts", from: join(dir, "deep") });
  assert.is(plugin.name, "mine");
  const made = plugin.create({}, {}) as { readonly HaloError: unknown; readonly parts: readonly string[] };
  assert.is(made.HaloError, HaloError);
  assert.equal(made.parts, ["object", "object", "object"]);
});

test("loadPlugin picks a named export after #", async (t) => {
  const dir = folder(t, {
    "many.ts": `${plain("first")}\nexport { default as second } from "./second.ts";\n`,
    "second.ts": plain("second"),
  });
  assert.is((await loadPlugin({ kind: "reward", use: "./many.ts", from: dir })).name, "first");
  assert.is((await loadPlugin({ kind: "reward", use: "./many.ts#second", from: dir })).name, "second");
});

test("loadPlugin finds npm packages from the folder of the YAML up, by import conditions", async (t) => {
  // Without imports: under node_modules Deno resolves `halo-agent` as a package, which this folder has not installed.
  const branded = (name: string) => `
export default Object.freeze({
  [Symbol.for("halo.plugin")]: 1, kind: "reward", name: "${name}", summary: "Pays nothing.", needs: {},
  options: { type: "object", additionalProperties: false, properties: {} }, create() {},
});
`;
  const dir = folder(t, {
    "node_modules/bonus/package.json": JSON.stringify({
      name: "bonus",
      type: "module",
      exports: { ".": { require: "./no.cjs", import: "./bonus.js" }, "./more": "./more.js" },
    }),
    "node_modules/bonus/bonus.js": branded("bonus"),
    "node_modules/bonus/more.js": branded("more"),
    "node_modules/@me/old/package.json": JSON.stringify({ name: "@me/old", type: "module", main: "lib.js" }),
    "node_modules/@me/old/lib.js": branded("old"),
    "pipelines/x.yaml": "",
  });
  for (const [use, name] of [["bonus", "bonus"], ["bonus/more", "more"], ["@me/old", "old"]] as const) {
    assert.is((await loadPlugin({ kind: "reward", use, from: join(dir, "pipelines") })).name, name);
  }
});

test("loadPlugin names the line of a module that throws or does not parse", async (t) => {
  const dir = folder(t, {
    "syntax.ts": "const fine = 1;\nconst a: = fine;\n",
    "inner.ts": "\n\nthrow new RangeError('out of range');\n",
    "outer.ts": 'import "./inner.ts";\n',
  });
  const message = async (use: string) =>
    (await thrownBy(() => loadPlugin({ kind: "reward", use, from: dir })) as Error).message;
  assert.match(
    await message("./syntax.ts"),
    /^importing reward "\.\/syntax\.ts" failed at syntax\.ts:2: \w+: .*[Uu]nexpected token/,
  );
  assert.is(
    await message("./outer.ts"),
    'importing reward "./outer.ts" failed at inner.ts:3: RangeError: out of range',
  );
});

test("loadPlugin gives up a module that awaits at its top level what does not come", async (t) => {
  const dir = folder(t, { "waits.ts": "await new Promise((done) => setTimeout(done, 2_000));\nexport {};\n" });
  const e = await thrownBy(() => loadPlugin({ kind: "reward", use: "./waits.ts", from: dir }, { importLimitMs: 300 }));
  assert.ok(e instanceof HaloError && e.code === "HALO_PLUGIN_HUNG", String(e));
  assert.is(e.message, 'reward "./waits.ts" was not imported within 0.3 s');
});
