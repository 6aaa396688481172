import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileFormat } from "../../../core/record/file-format.ts";
import { appendAtOnce, Journal, readJsonl, readWholeJsonl, wholeJsonl } from "../../../core/record/jsonl.ts";
import { object, type Shape } from "../../../core/record/shape.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { tempDir } from "./temp-dir.ts";

const test = suite("record/jsonl");
const schema = "halo.test/2";
const numberOrText: Shape<number | string> = { schema: { anyOf: [{ type: "number" }, { type: "string" }] } };
const format = fileFormat(schema, object<{ readonly n: number | string }>({ n: numberOrText }));
const whole = '{"schema":"halo.test/2"}\n{"n":1}\n{"n":"zwei ü"}\n';

test("Journal writes a schema line and keeps the order of concurrent appends", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const journal = new Journal(path, { schema });
  await Promise.all(Array.from({ length: 50 }, (_, n) => journal.append({ n })));
  assert.equal(await readJsonl(path, format), { records: Array.from({ length: 50 }, (_, n) => ({ n })), tornBytes: 0 });
  await new Journal(path, { schema }).append({ n: 50 });
  assert.is(readFileSync(path, "utf8").split("\n").filter((line) => line.includes("schema")).length, 1);
});

test("readJsonl drops and reports an unfinished last line, wherever the file was cut", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const bytes = new TextEncoder().encode(whole);
  const lines = whole.split("\n");
  for (let cut = 0; cut <= bytes.length; cut++) {
    writeFileSync(path, bytes.subarray(0, cut));
    const { records, tornBytes } = await readJsonl(path, format);
    const kept = bytes.subarray(0, cut).lastIndexOf(0x0a) + 1;
    assert.is(tornBytes, cut - kept);
    const finished = bytes.subarray(0, kept).filter((b) => b === 0x0a).length;
    assert.equal(records, lines.slice(1, Math.max(1, finished)).map((line) => JSON.parse(line)));
  }
});

test("appendAtOnce leaves whole lines only, its own as the last, wherever the file was cut behind its schema", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const bytes = new TextEncoder().encode(whole);
  for (let cut = whole.indexOf("\n") + 1; cut <= bytes.length; cut++) {
    const left = bytes.subarray(0, cut);
    writeFileSync(path, left);
    appendAtOnce(path, { n: 3 });
    const finished = left.filter((b) => b === 0x0a).length - 1;
    assert.equal(await readJsonl(path, format), {
      records: [...[{ n: 1 }, { n: "zwei ü" }].slice(0, finished), { n: 3 }],
      tornBytes: 0,
    });
  }
});

test("Journal continues a torn file without losing or joining lines, wherever it was cut", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const bytes = new TextEncoder().encode(whole);
  for (let cut = 0; cut <= bytes.length; cut++) {
    writeFileSync(path, bytes.subarray(0, cut));
    const before = (await readJsonl(path, format)).records;
    await new Journal(path, { schema }).append({ n: 9 });
    assert.equal(await readJsonl(path, format), { records: [...before, { n: 9 }], tornBytes: 0 });
  }
});

test("readJsonl of a missing file is empty", async (t) => {
  assert.equal(await readJsonl(join(t.use(tempDir()).path, "none"), format), { records: [], tornBytes: 0 });
});

test("readJsonl names file and line of what halo did not write", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const thrown = async (text: string) => {
    writeFileSync(path, text);
    const e = await thrownBy(() => readJsonl(path, format));
    assert.ok(isHaloError(e, "HALO_RUN_CORRUPT"));
    return [e.message, e.hint];
  };
  assert.equal(await thrown('{"schema":"halo.test/2"}\n{"n":\n{"n":2}\n'), [
    `${path}:2: expected one JSON value on the line, got "{"n":"`,
    "copy the file, then remove that line: what it says is lost, the rest can be read",
  ]);
  assert.equal(await thrown('{"schema":"halo.test/2"}\n{"n":1}\n{"n":null}\n'), [
    `${path}:3: expected number in "n", got null`,
    "copy the file, then remove that line: what it says is lost, the rest can be read",
  ]);
  assert.equal(await thrown('{"schema":"halo.test/1"}\n'), [
    `${path}:1: expected {"schema":"halo.test/2"}, got schema "halo.test/1", which an older halo wrote`,
    "read this run with an older halo",
  ]);
  assert.equal(await thrown('{"n":1}\n'), [
    `${path}:1: expected {"schema":"halo.test/2"}, got no schema`,
    'write {"schema":"halo.test/2"} as its first line, unless another program wrote the file',
  ]);
});

test("Journal reports a failed write and goes on", async (t) => {
  const dir = t.use(tempDir()).path;
  const journal = new Journal(join(dir, "missing", "a.jsonl"), { schema });
  assert.is((await thrownBy(() => journal.append({})) as { code?: string }).code, "ENOENT");
  assert.is((await thrownBy(() => journal.append({})) as { code?: string }).code, "ENOENT");
});

test("readWholeJsonl names a file that lacks lines or has changed ones, and reads one that does not say how many", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const text = wholeJsonl(schema, [{ n: 1 }, { n: 2 }]);
  const read = async (written: string) => {
    writeFileSync(path, written);
    try {
      return await readWholeJsonl(path, format);
    } catch (e) {
      assert.ok(isHaloError(e, "HALO_RUN_CORRUPT"), String(e));
      return e.message.slice(path.length + 1);
    }
  };
  assert.equal(await readWholeJsonl(path, format), []);
  assert.equal(await read(text), [{ n: 1 }, { n: 2 }]);
  const [header, first, second] = text.split("\n");
  assert.is(await read(`${header}\n${first}\n`), "3: expected 2 lines after the first, got 1");
  assert.is(await read(text.slice(0, -4)), "3: expected 2 lines after the first, got 1");
  assert.is(await read(text.replace('"n":2', '"n":3')), "3: expected the line that was written, got a changed one");
  assert.is(await read(""), '1: expected one JSON value on the line, got ""');
  const older = `${JSON.stringify({ schema })}\n${first}\n${second}\n`;
  assert.equal(await read(older), [{ n: 1 }, { n: 2 }]);
});
