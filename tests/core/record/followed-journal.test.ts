import { appendFileSync, readFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileFormat } from "../../../core/record/file-format.ts";
import { FollowedJournal } from "../../../core/record/followed-journal.ts";
import { Journal, readJsonl } from "../../../core/record/jsonl.ts";
import { number, object } from "../../../core/record/shape.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { tempDir } from "./temp-dir.ts";

const test = suite("record/followed-journal");
const schema = "halo.test/1";
const format = fileFormat(schema, object<{ readonly n: number }>({ n: number }));
const header = `{"schema":"${schema}"}\n`;
const lines = (...numbers: readonly number[]) => numbers.map((n) => `{"n":${n}}\n`).join("");
const numbersOf = (records: readonly { readonly n: number }[]) => records.map(({ n }) => n);

test("FollowedJournal reads on what was appended, and gives the same list where nothing was", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const followed = new FollowedJournal(path, format);
  assert.equal(await followed.records(), [], "no file yet");
  const journal = new Journal(path, { schema });
  for (let n = 0; n < 3; n++) {
    await journal.append({ n });
    assert.equal(numbersOf(await followed.records()), Array.from({ length: n + 1 }, (_, i) => i));
  }
  assert.is(await followed.records(), await followed.records());
  // What stands before the new line is not read again: it could not be read any more.
  const bytes = readFileSync(path);
  assert.is(followed.bytes, bytes.length);
  bytes[header.length] = 0x21;
  writeFileSync(path, bytes);
  appendFileSync(path, lines(3));
  assert.equal(numbersOf(await followed.records()), [0, 1, 2, 3]);
});

test("FollowedJournal waits for the end of a line that is being written, cut off or not", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const followed = new FollowedJournal(path, format);
  writeFileSync(path, `${header}${lines(0)}{"n"`);
  assert.equal(numbersOf(await followed.records()), [0]);
  appendFileSync(path, `:1}\n`);
  assert.equal(numbersOf(await followed.records()), [0, 1]);
  appendFileSync(path, `{"n":77`);
  assert.equal(numbersOf(await followed.records()), [0, 1]);
  truncateSync(path, followed.bytes);
  appendFileSync(path, lines(2));
  assert.equal(numbersOf(await followed.records()), [0, 1, 2]);
});

test("FollowedJournal reads anew a file that was replaced, cut, changed or removed", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const followed = new FollowedJournal(path, format);
  const now = async () => numbersOf(await followed.records());
  writeFileSync(path, header + lines(0, 1, 2));
  assert.equal(await now(), [0, 1, 2]);
  writeFileSync(`${path}.new`, header + lines(5, 6, 7, 8));
  renameSync(`${path}.new`, path);
  assert.equal(await now(), [5, 6, 7, 8], "replaced by a longer one");
  writeFileSync(path, header + lines(5));
  assert.equal(await now(), [5], "cut");
  writeFileSync(path, header + lines(6, 7));
  assert.equal(await now(), [6, 7], "another last line where the known one ended");
  writeFileSync(path, header + lines(8, 9));
  utimesSync(path, 1, 1);
  assert.equal(await now(), [8, 9], "changed, of the same size");
  renameSync(path, `${path}.aside`);
  assert.equal(await now(), []);
});

test("FollowedJournal tells a damaged line at every look, with its number, and goes on when it is mended", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const followed = new FollowedJournal(path, format);
  writeFileSync(path, header + lines(0, 1));
  await followed.records();
  appendFileSync(path, `{"n":"two"}\n${lines(3)}`);
  for (let look = 0; look < 2; look++) {
    const e = await thrownBy(() => followed.records());
    assert.ok(isHaloError(e, "HALO_RUN_CORRUPT") && e.message.startsWith(`${path}:4: `), String(e));
  }
  const wanted = await thrownBy(() => readJsonl(path, format));
  assert.is((await thrownBy(() => followed.records()) as Error).message, (wanted as Error).message);
  writeFileSync(path, header + lines(0, 1, 2, 3));
  assert.equal(numbersOf(await followed.records()), [0, 1, 2, 3]);
});

test("FollowedJournal holds what readJsonl reads, however the file grows between looks, many looking at once", async (t) => {
  const path = join(t.use(tempDir()).path, "a.jsonl");
  const followed = new FollowedJournal(path, format);
  const rng = keyedRng("followed");
  const bytes = new TextEncoder().encode(header + lines(...Array.from({ length: 200 }, (_, n) => n * n)));
  writeFileSync(path, "");
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + 1 + rng.int(40));
    appendFileSync(path, bytes.subarray(at, end));
    at = end;
    if (rng.int(5) === 0) followed.forget();
    const [one, other] = await Promise.all([followed.records(), followed.records()]);
    assert.is(one, other);
    assert.equal(one, (await readJsonl(path, format)).records);
  }
});
