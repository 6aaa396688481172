import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchPages } from "../../../plugins/miniwob/fetch.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { installed } from "./installed.ts";
import { standIn } from "./stand-in.ts";

const test = suite("miniwob/fetch");

async function workFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  return folder;
}

test("fetchPages refuses what is not there, another file and other pages, and leaves nothing behind", async (t) => {
  const folder = await workFolder(t);
  await writeFile(join(folder, "other.whl"), "PK\x05\x06".padEnd(22, "\0")); // an empty archive
  const refused = async (from: string): Promise<string> => {
    const e = await thrownBy(() => fetchPages({ from, to: join(folder, "to"), signal: t.signal })) as Error;
    assert.ok(!(await readdir(folder)).some((name) => name.startsWith("to")));
    return `${(e as { code?: string }).code} ${e.message.replaceAll(folder, "DIR")}`;
  };
  assert.is(await refused(join(folder, "none")), 'HALO_MINIWOB_FETCH there is no file or folder "DIR/none"');
  assert.match(
    await refused(join(folder, "other.whl")),
    /^HALO_MINIWOB_FETCH DIR\/other\.whl is not the wheel of miniwob 1\.1\.0: expected sha256 297006e8\w+, got /,
  );
  assert.match(
    await refused(standIn),
    /^HALO_MINIWOB_FETCH DIR\/to\.part-\w+\/pages holds other pages than miniwob 1\.1\.0$/,
  );
});

test("fetchPages says why pip fails, and that there is no Python", async (t) => {
  const folder = await workFolder(t);
  const path = join(folder, "python");
  const ask = 'case "$*" in *sys.executable*) echo "3 $0";; *)';
  const error = "ERROR: No matching distribution found for miniwob==1.1.0";
  await writeFile(path, `#!/bin/sh\n${ask} echo "${error}" >&2; exit 1;; esac\n`, { mode: 0o755 });
  const said = async (python: string) =>
    (await thrownBy(() => fetchPages({ python, to: join(folder, "to"), signal: t.signal })) as Error).message;
  assert.is(
    await said(path),
    "pip could not download miniwob 1.1.0: No matching distribution found for miniwob==1.1.0",
  );
  assert.is(await said("no-such-python"), 'there is no "no-such-python" on this machine');
});

test("fetchPages takes a folder of the right pages, and finds it the second time", async (t) => {
  const from = await installed();
  if (from === undefined) return;
  const to = join(await workFolder(t), "deep", "to");
  const fetch = () => fetchPages({ from, to, signal: t.signal });
  assert.equal([await fetch(), await fetch()], [{ folder: to, isNew: true }, { folder: to, isNew: false }]);
  await writeFile(join(to, "core", "core.js"), "");
  assert.is((await thrownBy(fetch) as { code?: string }).code, "HALO_MINIWOB_FETCH");
});
