import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "../../../core/plugin/define.ts";
import { pluginKinds } from "../../../core/plugin/kinds.ts";
import { loadPlugin } from "../../../core/plugin/load.ts";
import { builtinNames } from "../../../core/plugin/registry.ts";
import { coreErrors } from "../../../core/util/codes.ts";
import { declareErrors, exitOfCode, factsOf } from "../../../core/util/error-facts.ts";
import { assert, suite } from "../../harness.ts";
import { assertSnapshot } from "../snapshot.ts";

const test = suite("util/codes");
const file = new URL("../../../docs/errors.md", import.meta.url);
const root = new URL("../../../", import.meta.url);

/** Every built-in plugin, as `halo plugins` lists them. */
async function builtins(): Promise<readonly Plugin[]> {
  const requests = pluginKinds.flatMap((kind) => builtinNames(kind).map((use) => ({ kind, use, from: "/" })));
  return await Promise.all(requests.map((request) => loadPlugin(request)));
}

const cell = (text: string) => text.replaceAll("|", "\\|");

test("docs/errors.md lists every code of halo and of its plugins", async () => {
  const own = Object.entries(coreErrors).map(([code, facts]) =>
    `| \`${code}\` | ${facts.exit} | ${"rule" in facts ? facts.rule : ""} | ${cell(facts.summary)} |`
  );
  const owners = new Map<string, string[]>();
  for (const { kind, name, errors = {} } of await builtins()) {
    for (const code of Object.keys(errors)) owners.set(code, [...owners.get(code) ?? [], `${kind}/${name}`]);
  }
  const ofPlugins = [...owners].sort(([a], [b]) => a < b ? -1 : 1).map(([code, plugins]) => {
    const { exit, rule, summary, fix = "" } = factsOf(code)!;
    return `| \`${code}\` | ${exit} | ${rule} | ${plugins.join(", ")} | ${cell(summary)} | ${cell(fix)} |`;
  });
  const [head = ""] = readFileSync(file, "utf8").split("| Code |");
  assertSnapshot(
    file,
    [
      `${head}| Code | Exit | Rule | Cause |\n|---|---|---|---|`,
      ...own,
      "\n## Codes of the built-in plugins\n",
      "| Code | Exit | Rule | Plugin | Cause | What to do |\n|---|---|---|---|---|---|",
      ...ofPlugins,
    ].join("\n"),
  );
});

test("every code is named HALO_<AREA>_<WHAT> and leads to a documented exit status", async () => {
  const documented = new Set(
    [...readFileSync(file, "utf8").matchAll(/^\| (\d+) \|/gm)].map(([, exit]) => Number(exit)),
  );
  const codes = [...Object.keys(coreErrors), ...(await builtins()).flatMap(({ errors = {} }) => Object.keys(errors))];
  for (const code of codes) {
    assert.match(code, /^HALO_[A-Z]+(_[A-Z]+)*$/);
    assert.ok(documented.has(exitOfCode(code)), `${code}: exit ${exitOfCode(code)}`);
  }
});

test("a code is written only where it is declared, by core or by the plugin's own folder, and none is declared in vain", async () => {
  const plugins = await builtins();
  /** Codes that the files of a folder may name: core's, and of a plugin's folder those of its plugins. */
  const declaredIn = (source: string) =>
    plugins.flatMap(({ errors = {} }) => Object.keys(errors)).filter((code) => source.includes(`${code}:`));
  const subjects = new Map<string, string>();
  for (const { path, text } of sources()) {
    const subject = path.match(/^plugins\/(?:sites\/)?[^/]+/)?.[0] ?? "core";
    subjects.set(subject, (subjects.get(subject) ?? "") + text);
  }
  const thrown = new Set<string>();
  const undeclared: string[] = [];
  for (const [subject, source] of subjects) {
    const known = new Set([...Object.keys(coreErrors), ...(subject === "core" ? [] : declaredIn(source))]);
    // A code is a whole string literal or template part; variables of the environment are named by what they hold.
    for (const [, code = ""] of source.matchAll(/["`](HALO_[A-Z0-9]+(?:_[A-Z0-9]+)*)["`]/g)) {
      if (known.has(code)) thrown.add(code);
      else if (!isVariable(code)) undeclared.push(`${subject}: ${code}`);
    }
  }
  assert.equal(undeclared, []);
  const all = [...Object.keys(coreErrors), ...plugins.flatMap(({ errors = {} }) => Object.keys(errors))];
  assert.equal(all.filter((code) => !thrown.has(code)), []);
});

/** Variables of the environment that the sources name. */
const isVariable = (name: string) => /^HALO_(DEBUG|CHROMIUM\w*|\w+_(URL|TOKEN|FILE|DIR))$/.test(name);

function sources(): readonly { readonly path: string; readonly text: string }[] {
  return ["core", "plugins"].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name}`)
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => ({ path, text: readFileSync(new URL(path, root), "utf8") }))
  );
}

test("declareErrors keeps what a plugin says of its codes, and refuses what nobody could tell apart", () => {
  const facts = { exit: 7, rule: "retry", summary: "the lamp does not answer", fix: "switch it on" } as const;
  assert.is(exitOfCode("HALO_LAMP_LOST"), 1);
  assert.is(declareErrors("policy/lamp", { HALO_LAMP_LOST: facts }), undefined);
  assert.is(
    declareErrors("critic/lamp", { HALO_LAMP_LOST: { ...facts, summary: "the same in other words" } }),
    undefined,
  );
  assert.equal([exitOfCode("HALO_LAMP_LOST"), factsOf("HALO_LAMP_LOST")?.rule], [7, "retry"]);
  const refused = (code: string, o: object) => declareErrors("policy/other", { [code]: { ...facts, ...o } });
  assert.is(
    refused("HALO_LAMP_LOST", { exit: 2 }),
    'policy/lamp declares HALO_LAMP_LOST with exit 7 and rule "retry"',
  );
  assert.is(refused("HALO_CONFIG_SHAPE", {}), "HALO_CONFIG_SHAPE is one of halo's own");
  assert.is(refused("LAMP_LOST", {}), '"LAMP_LOST" is not of the form HALO_<AREA>_<WHAT>');
  assert.is(refused("HALO_LAMP_A", { exit: 130 }), "HALO_LAMP_A has exit 130, expected one of 1, 2, 3, 4, 6, 7");
  assert.is(refused("HALO_LAMP_A", { rule: "later" }), 'HALO_LAMP_A has rule "later", expected "fatal" or "retry"');
  assert.is(refused("HALO_LAMP_A", { summary: "" }), "HALO_LAMP_A has no summary");
  assert.is(factsOf("HALO_LAMP_A"), undefined);
});
