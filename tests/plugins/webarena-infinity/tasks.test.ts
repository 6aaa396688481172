import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TaskSource } from "../../../core/mod.ts";
import { audit } from "../../../core/run/audit/audit.ts";
import { checkTasks, createPlugin } from "../../../core/testing.ts";
import { findPython } from "../../../core/util/find-python.ts";
import { readTasks } from "../../../plugins/webarena-infinity/clone.ts";
import { fetchApps } from "../../../plugins/webarena-infinity/fetch.ts";
import { leftOut } from "../../../plugins/webarena-infinity/left-out.ts";
import { verify } from "../../../plugins/webarena-infinity/runner.ts";
import plugin from "../../../plugins/webarena-infinity/tasks.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("webarena-infinity/tasks");

/** An app of our own with the interface of the real ones. */
const path = fileURLToPath(new URL("../../fixtures/infinity", import.meta.url));
const sourceOf = async (options: object = {}): Promise<TaskSource> => await createPlugin(plugin, { path, ...options });
const keysOf = async (options: object, split = "eval"): Promise<readonly string[]> =>
  (await (await sourceOf(options)).list({ split })).map(({ key }) => key);

test("tasks are chosen by app, set and id; a held-out share is in eval alone", async () => {
  const functional = ["notes/f1", "notes/f2", "notes/f3"];
  assert.equal(await keysOf({ set: "functional" }), functional);
  assert.equal(await keysOf({ set: "real" }), ["notes/e1", "notes/m1", "notes/h1", "notes/h2"]);
  assert.equal(await keysOf({ set: "hard" }), ["notes/h1", "notes/h2"]);
  assert.equal(await keysOf({ tasks: ["notes/m1", "notes/f2"] }), ["notes/m1", "notes/f2"]);
  const [train, held] = [await keysOf({ held_out: 0.3 }, "train"), await keysOf({ held_out: 0.3 }, "eval")];
  assert.is(held.length, 2);
  assert.equal([...train, ...held].sort(), [...await keysOf({})].sort());
  await checkTasks(await sourceOf({ held_out: 0.3 }), { n: 5 });
});

test("what is not there is refused by name", async () => {
  const says = async (options: object) => (await thrownBy(() => sourceOf(options)) as Error).message;
  assert.is(await says({ apps: ["mail"] }), 'there is no app "mail"; there are notes');
  assert.is(await says({ tasks: ["notes/e9"] }), 'there is no task "notes/e9" in these apps');
  assert.match(await says({ path: "/nowhere" }), /^there are no WebArena-Infinity apps in \/nowhere$/);
  assert.is(Object.values(leftOut).length, 15);
});

test("a grader gets the state and nothing else; what it raises is a refusal, as its authors count it", async ({ signal }) => {
  const { grade, list } = await sourceOf();
  const tasks = new Map((await list({ split: "eval" })).map((task) => [task.key, task]));
  const strict = { success: false, by: "", reason: "" };
  const verdictOn = (key: string, report: object) =>
    grade!({ task: tasks.get(key)!, report: report as never, strict }, { signal });
  assert.equal(await verdictOn("notes/f1", { notes: [{ title: "Buy tea", starred: true }] }), {
    success: true,
    by: "webarena-infinity/notes/f1",
    reason: "Buy tea: True",
  });
  const none = await verdictOn("notes/f1", { notes: [] });
  assert.is(none.success, false);
  assert.match(none.reason, /^the verifier failed: StopIteration/);
  assert.match((await verdictOn("notes/h2", {})).reason, /^the verifier failed: (OSError|ConnectionRefusedError)/);
});

test("a verifier that does not end, or cannot be loaded, is a fault", async ({ signal }) => {
  const python = await findPython("python3");
  const tasks = new Map((await readTasks(path, "notes")).map((task) => [task.id, task]));
  const waits = { task: tasks.get("notes/h1")!, state: '{"notes":[]}' };
  const lost = { task: { ...tasks.get("notes/e1")!, id: "notes/e7", verifier: join(path, "none.py") }, state: "{}" };
  assert.equal(await verify(python, [waits, lost], { signal, limitS: 0.3 }), [
    { fault: "did not end in 0.3 s" },
    {
      fault: `could not be loaded: FileNotFoundError: [Errno 2] No such file or directory: '${join(path, "none.py")}'`,
    },
  ]);
  const broken = await thrownBy(() => verify("/bin/false", [lost], { signal })) as { code: string; message: string };
  assert.is(broken.code, "HALO_INFINITY_VERIFIER");
  assert.match(broken.message, /^the scripts for notes\/e7 ended with status 1/);
});

test("an audit plays the authors' scripted ends and finds the verifier that passes everything", async ({ signal }) => {
  const source = await sourceOf({ tasks: ["notes/f1", "notes/f2", "notes/f3", "notes/e1", "notes/m1"] });
  const tasks = await source.list({ split: "eval" });
  const environment = () => Promise.reject(new Error("no page is needed"));
  const rows = await audit({ source, tasks, environment, limitMs: 1, retries: 0, concurrency: 1, signal });
  const shown = rows.map(({ key, counts, findings }) => {
    const { untouched, empty, solution, other } = counts;
    const found = findings.map(({ kind, names }) => [kind, ...names].join(" "));
    return [
      key,
      untouched.passed,
      empty.passed,
      `${solution.passed}/${solution.of}`,
      `${other.passed}/${other.of}`,
      found,
    ];
  });
  assert.equal(shown, [
    ["notes/f1", 0, 0, "1/1", "1/3", ["other notes/m1"]],
    ["notes/f2", 0, 0, "1/1", "0/3", []],
    ["notes/f3", 1, 0, "0/0", "4/4", ["untouched", "other notes/f1 notes/f2 notes/e1 notes/m1"]],
    ["notes/e1", 0, 0, "1/1", "0/3", []],
    ["notes/m1", 0, 0, "1/1", "1/3", ["other notes/f1"]],
  ]);
});

test("only a clone of the one commit is taken over", async ({ signal }) => {
  const to = join(mkdtempSync(join(tmpdir(), "halo-infinity-")), "apps");
  const says = async (o: object) => (await thrownBy(() => fetchApps({ signal, to, ...o })) as Error).message;
  try {
    assert.is(await says({}), "WebArena-Infinity is taken from a clone of yours");
    assert.match(await says({ from: tmpdir() }), /has no folder "apps"$/);
    assert.match(await says({ from: path }), /holds other apps than commit 1ca7781$/);
    assert.is(existsSync(to), false);
  } finally {
    rmSync(join(to, ".."), { recursive: true });
  }
});
