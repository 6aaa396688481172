import { createServer } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../../core/domain/json.ts";
import { findPython } from "../../../core/util/find-python.ts";
import { withoutNetwork } from "../../../core/util/isolated-script.ts";
import { runScript } from "../../../plugins/real/script.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";

const python = await findPython("python3");
const test = suite("real/script");

/** Grades a report by a script made of these lines. */
async function graded(t: TestContext, lines: readonly string[], o: { report?: Json; limitMs?: number } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  const script = join(folder, "eval.py");
  await writeFile(script, lines.join("\n"));
  const { report = {}, limitMs = 10_000 } = o;
  return await runScript({ python, script, report, limitMs, signal: t.signal });
}

test("runScript passes what prints the word success in any case, and nothing else", async (t) => {
  assert.equal(await graded(t, ["print('so: Success!')"]), { success: true, stdout: "so: Success!\n" });
  assert.equal(await graded(t, ["print('FAILURE')"]), { success: false, stdout: "FAILURE\n" });
  assert.equal(await graded(t, [""]), { success: false, stdout: "" });
  assert.is((await graded(t, ["import sys", "print('SUCCESS', file=sys.stderr)"])).success, false);
});

test("runScript hands the report over as ASCII in a private folder with no other file", async (t) => {
  const report = { text: "naïve “café” 🙂\u2028", list: [1, 2.5, null, true] };
  const { stdout } = await graded(t, [
    "import json, os, stat, sys",
    "raw = open(sys.argv[1], 'rb').read()",
    "print(json.dumps([os.listdir('.'), sys.argv[1], raw.isascii(), json.loads(raw), oct(stat.S_IMODE(os.stat('.').st_mode))]))",
  ], { report });
  assert.equal(JSON.parse(stdout), [["state.json"], "state.json", true, report, "0o700"]);
});

test("runScript gives a script no environment and no site packages", async (t) => {
  const { stdout } = await graded(t, [
    "import os, sys",
    "print(sorted(k for k in os.environ if k != 'LC_CTYPE'), [p for p in sys.path if 'site-packages' in p], sys.flags.isolated)",
  ]);
  assert.is(stdout, "[] [] 1\n");
});

test("runScript cuts a script off from the network where the system allows it", async (t) => {
  if ((await withoutNetwork()).length === 0) {
    return console.log("skipped: this system lets no process give up its network");
  }
  const server = t.use(createServer().listen(0, "127.0.0.1"));
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const { stdout } = await graded(t, [
    "import socket",
    `try: socket.create_connection(('127.0.0.1', ${port}), 2); print('reached')`,
    "except OSError: print('cut off')",
  ]);
  assert.is(stdout, "cut off\n");
});

test("runScript calls a crash a fault, with the script's last words", async (t) => {
  const e = await thrownBy(() => graded(t, ["import json, sys", "json.load(open(sys.argv[1]))['emails']"])) as Error;
  assert.match(e.message, /eval\.py ended with status 1: KeyError: 'emails'$/);
  assert.is((e as { code?: string }).code, "HALO_GRADER_FAILED");
});

test("runScript calls a script that does not end a fault", async (t) => {
  const e = await thrownBy(() => graded(t, ["while True: pass"], { limitMs: 400 })) as Error;
  assert.match(e.message, /was stopped after 400 ms: it said nothing$/);
});

test("findPython names the program it did not find, and what is no Python", async () => {
  assert.match(((await thrownBy(() => findPython("no-such-python"))) as Error).message, /there is no "no-such-python"/);
  assert.match(((await thrownBy(() => findPython("true"))) as Error).message, /is no Python 3: it said ""/);
});
