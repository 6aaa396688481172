import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { appendLine, onDurableWrite } from "../../../core/record/durable.ts";
import { Journal } from "../../../core/record/jsonl.ts";
import { diskError } from "../../../core/util/disk.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("record/disk");

test("a write that the disk refuses is HALO_DISK with the path and the way on", async () => {
  if (!existsSync("/dev/full")) return;
  const e = await thrownBy(() => appendLine("/dev/full", "x"));
  assert.ok(isHaloError(e, "HALO_DISK"), String(e));
  assert.equal([e.message, e.hint], [
    "the disk is full: /dev/full was not written (ENOSPC)",
    "free some space, then go on with the run: halo run --resume latest",
  ]);
});

test("diskError takes a quota and a read-only disk for the disk's, a refused permission only where something is written", () => {
  const said = (code: string, isWrite: boolean) => {
    const e = diskError(Object.assign(new Error(code), { code, path: "/a" }), { isWrite });
    return isHaloError(e, "HALO_DISK") ? e.message : undefined;
  };
  assert.equal([
    said("EDQUOT", false),
    said("EROFS", false),
    said("EACCES", true),
    said("EACCES", false),
    said("ENOENT", true),
  ], [
    "the disk quota is used up: /a was not written (EDQUOT)",
    "the disk is read-only: /a was not written (EROFS)",
    "writing is not allowed: /a was not written (EACCES)",
    undefined,
    undefined,
  ]);
});

test("Journal cuts off what a failed append left behind before it writes the next line", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "halo-test-"));
  t.defer(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "x.jsonl");
  const journal = new Journal(file, { schema: "halo.x/1" });
  await journal.append({ n: 1 });
  t.defer(() => onDurableWrite(undefined));
  onDurableWrite(({ when, what }) => {
    if (when !== "before" || what !== "append") return;
    onDurableWrite(undefined);
    appendFileSync(file, '{"n":2,"torn');
    throw new Error("no space");
  });
  await thrownBy(() => journal.append({ n: 2 }));
  await journal.append({ n: 3 });
  const lines = readFileSync(file, "utf8").trim().split("\n").slice(1).map((line) => JSON.parse(line).n);
  assert.equal(lines, [1, 3]);
});
