import { utimesSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { keptFiles } from "../../../core/view/kept-files.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { tempDir } from "../record/temp-dir.ts";

const test = suite("view/kept-files");

test("keptFiles reads a file once as long as it stays as it is, however many ask at once", async (t) => {
  const path = join(t.use(tempDir()).path, "a");
  let reads = 0;
  const kept = keptFiles<string>(100);
  const ask = () =>
    kept(path, () => {
      reads++;
      return readFile(path, "utf8");
    });
  writeFileSync(path, "one");
  assert.equal(await Promise.all([ask(), ask(), ask()]), ["one", "one", "one"]);
  assert.is(await ask(), "one");
  assert.is(reads, 1);
  writeFileSync(path, "two");
  utimesSync(path, 1, 1);
  assert.equal([await ask(), await ask(), reads], ["two", "two", 2]);
});

test("keptFiles forgets what was not asked for the longest, beyond its bytes, and never keeps a failure", async (t) => {
  const { path: folder } = t.use(tempDir());
  const reads: string[] = [];
  const kept = keptFiles<string>(25);
  const ask = (name: string) =>
    kept(join(folder, name), () => {
      reads.push(name);
      return readFile(join(folder, name), "utf8");
    });
  for (const name of ["a", "b", "c"]) writeFileSync(join(folder, name), name.repeat(10));
  for (const name of ["a", "b", "a", "c", "a", "b"]) await ask(name);
  assert.equal(reads, ["a", "b", "c", "b"]);
  writeFileSync(join(folder, "large"), "x".repeat(26));
  for (let i = 0; i < 2; i++) assert.is((await ask("large")).length, 26);
  assert.equal(reads.slice(4), ["large", "large"], "larger than all that may be kept");
  for (let i = 0; i < 2; i++) assert.ok(await thrownBy(() => ask("nowhere")));
  assert.equal(reads.slice(6), ["nowhere", "nowhere"]);
});
