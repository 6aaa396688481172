import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wholeFolder } from "../../../core/view/export-folder.ts";
import { assert, suite } from "../../harness.ts";
import { tempDir } from "../record/temp-dir.ts";

const test = suite("view/export folder");
const parts = { folders: ["data"], last: "index.html" } as const;

/** Writes both parts, and tells what stands beside them meanwhile. */
const filled = (to: string) => (folder: string) => {
  writeFileSync(join(folder, "data/one.js"), "1");
  writeFileSync(join(folder, "index.html"), "page");
  return Promise.resolve(readdirSync(to));
};

test("wholeFolder puts nothing in its place before all of it is there", async (t) => {
  const to = join(t.use(tempDir()).path, "some", "shown");
  const meanwhile = await wholeFolder(to, parts, filled(to));
  assert.is(meanwhile.length, 1);
  assert.match(meanwhile[0]!, /^unfinished-/);
  assert.equal(readdirSync(to).sort(), ["data", "index.html"]);
  assert.is(readFileSync(join(to, "data/one.js"), "utf8"), "1");
});

test("wholeFolder leaves nothing behind when filling fails, and the folder only where it stood before", async (t) => {
  const { path } = t.use(tempDir());
  mkdirSync(join(path, "there"));
  for (const name of ["there", "new"]) {
    const to = join(path, name);
    const failing = wholeFolder(to, parts, async (folder) => {
      await filled(to)(folder);
      throw new Error("stopped");
    });
    assert.is(await failing.catch((e: Error) => e.message), "stopped");
  }
  assert.equal([readdirSync(join(path, "there")), existsSync(join(path, "new"))], [[], false]);
});

test("wholeFolder refuses a folder that holds anything, and says so of an export that was killed", async (t) => {
  const { path } = t.use(tempDir());
  const refusal = async (held: string) => {
    const to = join(path, held);
    mkdirSync(join(to, held), { recursive: true });
    const e = await wholeFolder(to, parts, filled(to)).catch((e: { code: string; message: string; hint: string }) => e);
    assert.equal(readdirSync(to), [held]);
    const { code, message, hint } = e as { code: string; message: string; hint: string };
    return [code, message.replace(path, ""), hint];
  };
  assert.equal(await refusal("letters"), [
    "HALO_VIEW_EXPORT",
    "/letters holds letters already",
    "choose another folder for --export, or empty it",
  ]);
  assert.equal(await refusal("unfinished-a"), [
    "HALO_VIEW_EXPORT",
    "/unfinished-a holds unfinished-a, an export that goes on or was killed before it was whole",
    "choose another folder for --export; if none goes on, remove unfinished-a/unfinished-a",
  ]);
});
