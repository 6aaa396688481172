import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultFolder } from "../../../plugins/real/agisdk.ts";
import { fetchTasks } from "../../../plugins/real/fetch.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { installed } from "./installed.ts";

const test = suite("real/fetch");

async function workFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  return folder;
}

/** Code and message of the refusal, and what it left behind. */
async function refused(t: TestContext, from: string, folder: string): Promise<string> {
  const e = await thrownBy(() => fetchTasks({ from, to: join(folder, "to"), signal: t.signal })) as Error;
  assert.ok(!(await readdir(folder)).some((name) => name.startsWith("to")), "nothing is left behind");
  return `${(e as { code?: string }).code} ${e.message.replaceAll(folder, "DIR")}`;
}

test("fetchTasks refuses what is not there, no wheel, another wheel, and a folder without the package", async (t) => {
  const folder = await workFolder(t);
  await writeFile(join(folder, "broken.whl"), "not a zip");
  await writeFile(join(folder, "other.whl"), "PK\x05\x06".padEnd(22, "\0")); // an empty archive
  assert.is(await refused(t, join(folder, "none"), folder), 'HALO_FETCH_FAILED there is no file or folder "DIR/none"');
  assert.match(
    await refused(t, join(folder, "broken.whl"), folder),
    /^HALO_FETCH_FAILED broken\.whl could not be unpacked: (zipfile\.)?BadZipFile: File is not a zip file$/,
  );
  assert.match(
    await refused(t, join(folder, "other.whl"), folder),
    /^HALO_FETCH_CONTENT DIR\/other\.whl is not the wheel of agisdk 0\.3\.5: expected sha256 168596cf\w+, got /,
  );
  assert.is(
    await refused(t, folder, folder),
    "HALO_REAL_MISSING the REAL tasks are not on this machine: no package agisdk in DIR",
  );
});

test("fetchTasks refuses another version's tasks", async (t) => {
  const folder = await workFolder(t);
  const tasks = join(folder, "old", "agisdk", "REAL", "browsergym", "webclones", "v2", "tasks");
  await mkdir(tasks, { recursive: true });
  await writeFile(join(tasks, "gomail-1.json"), "{}");
  const said = await refused(t, join(folder, "old"), folder);
  assert.match(
    said,
    /^HALO_FETCH_CONTENT other tasks or scripts in DIR\/old: expected those of agisdk 0\.3\.5, sha256 is /,
  );
});

test("fetchTasks says what pip lacks: itself, or a network", async (t) => {
  const folder = await workFolder(t);
  const python = async (stderr: string) => {
    const path = join(folder, "python");
    const ask = 'case "$*" in *sys.executable*) echo "3 $0";; *)';
    await writeFile(path, `#!/bin/sh\n${ask} echo "${stderr}" >&2; exit 1;; esac\n`, { mode: 0o755 });
    const e = await thrownBy(() => fetchTasks({ to: join(folder, "to"), python: path, signal: t.signal })) as Error;
    return e.message.replaceAll(folder, "DIR");
  };
  assert.is(await python("DIR/python: No module named pip"), "DIR/python has no pip to download with");
  assert.is(
    await python("ERROR: No matching distribution found for agisdk==0.3.5"),
    "pip could not download agisdk 0.3.5: No matching distribution found for agisdk==0.3.5",
  );
});

test("fetchTasks takes an unpacked package, and finds it the second time", async (t) => {
  if ("missing" in await installed()) return console.log("skipped: the REAL tasks are not here; halo tasks fetch real");
  const to = join(await workFolder(t), "deep", "to");
  const fetch = () => fetchTasks({ from: defaultFolder(), to, signal: t.signal });
  assert.equal([await fetch(), await fetch()], [{ folder: to, isNew: true }, { folder: to, isNew: false }]);
  await writeFile(join(to, "agisdk", "REAL", "browsergym", "webclones", "v2", "eval_scripts", "eval_gomail_1.py"), "");
  assert.is((await thrownBy(fetch) as { code?: string }).code, "HALO_FETCH_CONTENT");
});
