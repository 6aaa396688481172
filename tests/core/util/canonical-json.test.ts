import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../../core/util/canonical-json.ts";
import { fileNameOf } from "../../../core/record/file-name.ts";
import { sha256, sha256Folder } from "../../../core/util/sha256.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { tempDir } from "../record/temp-dir.ts";

const test = suite("util/canonical-json");

test("canonicalJson is one text for equal values", () => {
  assert.is(
    canonicalJson({ b: [1, { d: null, c: -0 }], a: "ä\n", Z: undefined }),
    '{"a":"ä\\n","b":[1,{"c":0,"d":null}]}',
  );
  assert.is(canonicalJson({ "10": 1, "9": 2, a: 3, A: 4 }), '{"10":1,"9":2,"A":4,"a":3}');
});

test("canonicalJson refuses what JSON cannot say", async () => {
  for (const value of [NaN, [Infinity], { a: () => 0 }, undefined]) {
    assert.ok(await thrownBy(() => canonicalJson(value)) instanceof TypeError);
  }
});

test("sha256 equals the published value for abc", () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal([sha256("abc"), sha256(new TextEncoder().encode("abc"))], [abc, abc]);
});

test("sha256Folder depends on names and bytes only", async (t) => {
  const fill = (files: Record<string, string>): string => {
    const dir = t.use(tempDir()).path;
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(dir, name, ".."), { recursive: true });
      writeFileSync(join(dir, name), text);
    }
    return dir;
  };
  const a = await sha256Folder(fill({ "a.json": "1", "sub/b": "2" }));
  assert.is(await sha256Folder(fill({ "sub/b": "2", "a.json": "1" })), a);
  assert.is.not(await sha256Folder(fill({ "a.json": "12", "sub/b": "" })), a);
  assert.is.not(await sha256Folder(fill({ "a.json": "1", "sub/c": "2" })), a);
  assert.is(await sha256Folder(`${fill({ "a.json": "1", "sub/b": "2" })}/`), a);
});

test("fileNameOf keeps safe ids and makes others safe and distinct", () => {
  assert.is(fileNameOf("i1.s0"), "i1.s0");
  assert.match(fileNameOf("before/mail star#0"), /^before-mail-star-0-[0-9a-f]{10}$/);
  const odd = ["..", ".", "a/b", "a-b", "A-B", "a\0b", "", "ä", "ö", "x".repeat(500), "x".repeat(501), "con."];
  const names = odd.map(fileNameOf);
  assert.is(new Set(names).size, odd.length);
  for (const name of names) assert.match(name, /^[a-z0-9][a-z0-9_.-]{0,80}$/);
});
