// runtime: node
/** docs/algorithms.md names files, pipelines, helpers and losses that are there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as mod from "../../core/mod.ts";
import * as kit from "../../core/kit.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { losses as linear } from "../../plugins/linear/losses.ts";
import { losses as lora } from "../../plugins/lora/losses.ts";
import { lossTypes } from "../../plugins/grpo/loss-types.ts";
import { assert, suite } from "../harness.ts";

const test = suite("docs/algorithms");
const root = packageRoot();
const text = readFileSync(join(root, "docs/algorithms.md"), "utf8");
const section = (heading: string): string => {
  const found = new RegExp(`^## ${heading}\\n(.*?)(?=^## )`, "ms").exec(text);
  assert.ok(found, heading);
  return found[1]!;
};

test("every file and pipeline that the page names is there", () => {
  const named = [...text.matchAll(/`((?:core|plugins|tests|pipelines)\/[\w./-]+)`/g)].map(([, path]) => path!);
  assert.ok(named.length >= 15, named.join(" "));
  assert.equal(named.filter((path) => !existsSync(join(root, path))), []);
});

test("every helper in the table of the kit is exported", () => {
  const rows = section("What an algorithm is").split("\n").filter((line) => line.startsWith("| `"));
  const names = rows.flatMap((row) => [...row.split(" | ")[0]!.matchAll(/`(\w+)\(/g)].map(([, name]) => name!));
  assert.equal(names.length, 9);
  const exported = new Set([...Object.keys(kit), ...Object.keys(mod)]);
  assert.equal(names.filter((name) => !exported.has(name)), []);
});

test("both trainers have one entry for each loss, and grpo's loss types are losses of both", () => {
  assert.equal(Object.keys(linear).sort(), Object.keys(lora).sort());
  assert.equal(Object.keys(lossTypes).filter((name) => !(name in linear)), []);
  const python = readFileSync(join(root, "plugins/lora/sidecar/halo_lora/losses.py"), "utf8");
  assert.equal(Object.keys(lora).filter((name) => !python.includes(`"${name}"`)), []);
});
