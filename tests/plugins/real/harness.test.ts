// runtime: node
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { stateKeyOf } from "../../../core/browser/observation.ts";
import type { Observation, Parsed, Sample, Task } from "../../../core/mod.ts";
import { findPython } from "../../../core/util/find-python.ts";
import { runProgram } from "../../../core/util/program.ts";
import { compared, linesOf } from "../../../plugins/real/harness/compare.ts";
import { withSettings } from "../../../plugins/real/harness/config-route.ts";
import { runHarness } from "../../../plugins/real/harness/run-harness.ts";
import { servePolicy } from "../../../plugins/real/harness/server.ts";
import { capture } from "../../core/cli/capture.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { installed } from "./installed.ts";

const folderOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const fake = folderOf("../../fixtures/fake-agisdk/");
const shim = folderOf("../../../plugins/real/harness/shim/");
const python = await findPython("python3").catch(() => undefined);
const here = await installed();
const test = suite("real/harness");

const taskOf = (id: string): Task => ({
  id: `${id}/s8`,
  key: id,
  goal: { id: `${id}/s8`, text: "Click twice.", startUrl: `http://gomail.halo.test/${id}`, maxSteps: 8 },
  site: "gomail",
  template: id,
  split: "eval",
  optimum: 8,
  params: { real: id },
});
const ok = (action: Extract<Parsed, { ok: true }>["action"]): Parsed => ({ ok: true, action, repairs: 0 });
const unreadable: Parsed = { ok: false, code: "NO_JSON", message: "nothing to read" };
const odd = "it's \"so\": \\n \n é ')\nnoop(0) 漢";

const scripts: Readonly<Record<string, readonly Parsed[]>> = {
  "v2.gomail-1": [
    ok({ action: "click", el: "e0" }),
    unreadable,
    ok({ action: "click", el: "e2" }),
    ok({ action: "click", el: "e9" }),
    ok({ action: "type", el: "e0", text: "no field" }),
    ok({ action: "type", el: "e1", text: odd, clear: true, submit: true }),
    ok({ action: "click", at: [500, 50] }),
    ok({ action: "done", text: odd }),
  ],
  "v2.gomail-2": [ok({ action: "infeasible" })],
};

async function workFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  return folder;
}

interface Asked {
  readonly task: string;
  readonly seen: Observation;
  readonly before: unknown;
}

async function served(t: TestContext, tasks: readonly Task[]) {
  const asked: Asked[] = [];
  const server = t.use(
    await servePolicy({
      tasks,
      need: {},
      look: "globalThis.__look = {}",
      outside: ({ template }) => {
        let step = 0;
        return {
          next(seen, before): Promise<Sample> {
            asked.push({ task: template, seen, before });
            const parsed = scripts[template]![step++]!;
            return Promise.resolve({ text: "t", parsed, trace: { kind: "none" } });
          },
        };
      },
    }),
  );
  return { server, asked };
}

if (python === undefined) console.log("skipped: no Python 3");
else {
  test("the shim plays halo's policy in the harness's interface, step by step, and keeps the token to itself", async (t) => {
    const results = await workFolder(t);
    const tasks = Object.keys(scripts).map(taskOf);
    const { server, asked } = await served(t, tasks);
    const records = await runHarness({
      python,
      shim: join(shim, "halo_agisdk.py"),
      server,
      tasks,
      results,
      timeoutS: 20,
      chromium: "/opt/chromium",
      rules: "MAP a.test 127.0.0.2:1",
      isOwn: true,
      env: { ...process.env, PYTHONPATH: fake, RUNID: "9", REAL_API_KEY: "key" },
      signal: t.signal,
    });
    const { cum_reward, n_steps, err_msg } = records.get("v2.gomail-1")!;
    assert.equal([cum_reward, n_steps, err_msg], [1, 8, null]);
    assert.is(records.get("v2.gomail-2")!.cum_reward, 0);
    const log = await readFile(join(results, "v2.gomail-1.log"), "utf8");
    const lines = log.trim().split("\n");
    const last = lines.pop()!;
    assert.equal(lines, [
      "mouse_click(640, 36)",
      "noop(0)",
      "noop(0)",
      "noop(0)",
      "noop(0)",
      "mouse_click(640, 108)",
      "keyboard_press('Control+a')",
      `keyboard_insert_text('it\\'s "so": \\\\n \\n é \\')\\nnoop(0) 漢')`,
      "keyboard_press('Enter')",
      "mouse_click(640, 36)",
      `send_msg_to_user('it\\'s "so": \\\\n \\n é \\')\\nnoop(0) 漢')`,
    ]);
    const root = process.getuid?.() === 0 ? ", '--no-sandbox'" : "";
    assert.is(
      last,
      "http://gomail.halo.test/v2.gomail-1 {'headless': True, 'args': ['--host-resolver-rules=MAP a.test 127.0.0.2:1'" +
        `${root}], 'executable_path': '/opt/chromium'} []`,
    );
    const first = asked.filter(({ task }) => task === "v2.gomail-1");
    assert.equal(first.map(({ before }) => before), [
      {},
      { target: { role: "button", name: "Go" } },
      {},
      { error: { code: "OCCLUDED", message: "the element is covered by another" } },
      { error: { code: "STALE_EL", message: "the element is not on the page as it is now" } },
      {
        target: { role: "button", name: "Go" },
        error: { code: "NOT_EDITABLE", message: "the element takes no text" },
      },
      { target: { role: "textbox", name: "Text" } },
      { target: { role: "button", name: "Go" } },
    ]);
    assert.equal(Object.keys(first[0]!.seen).sort(), ["elements", "stateKey", "title", "url"]);
    assert.is(first[1]!.seen.stateKey, stateKeyOf(first[1]!.seen));
    const told = server.steps.get("v2.gomail-1")!;
    const verbs = told.map(({ action }) => /"action":"(\w+)"/.exec(action)?.[1] ?? action);
    assert.equal(verbs, ["click", "NO_JSON", "click", "click", "type", "type", "click", "done"]);
    assert.is(told[1]!.stateKey, first[1]!.seen.stateKey);
    for (const file of ["exp_args.pkl", "halo-job.json", "halo-agisdk.log"]) {
      assert.not.ok((await readFile(join(results, file), "latin1")).includes(server.token), file);
    }
  });

  test("every action has calls of the harness's action set, literals only, whatever a text holds", async (t) => {
    const at = { x: 10, y: 20 };
    const table: readonly (readonly [object, object, string])[] = [
      [{ action: "double_click" }, at, "mouse_dblclick(10, 20)"],
      [{ action: "right_click" }, at, "mouse_click(10, 20, 'right')"],
      [{ action: "hover" }, at, "mouse_move(10, 20)"],
      [{ action: "drag", to: [500, 1000] }, at, "mouse_drag_and_drop(10, 20, 640, 719)"],
      [{ action: "type", text: "a\n" }, {}, "keyboard_press('End')|keyboard_insert_text('a')|keyboard_press('Enter')"],
      [{ action: "type", text: "", clear: true }, {}, "keyboard_press('Control+a')|keyboard_press('Backspace')"],
      [{ action: "key", keys: ["Tab", "Control+a"] }, {}, "keyboard_press('Tab')|keyboard_press('Control+a')"],
      [{ action: "scroll", dy: 300 }, {}, "mouse_move(640, 360)|scroll(0, 300)"],
      [{ action: "select", options: ["A", "B"] }, at, "select_option('b7', ['A', 'B'])"],
      [{ action: "goto", url: "http://a.test/?q='" }, {}, `goto("http://a.test/?q='")`],
      [{ action: "back" }, {}, "go_back()"],
      [{ action: "forward" }, {}, "go_forward()"],
      [{ action: "noop" }, {}, "noop(0)"],
      [{ action: "wait", ms: 9000 }, {}, "noop(5000)"],
      [{ action: "done" }, {}, "send_msg_to_user('done')"],
      [{ action: "infeasible", text: "no" }, {}, "report_infeasible('no')"],
    ];
    const code = `
import ast, json, random, sys
from player import code_of
table = json.loads(sys.argv[1])
print(json.dumps([code_of(action, spot, "b7").replace("\\n", "|") for action, spot in table]))
rng = random.Random(7)
for _ in range(500):
    text = "".join(rng.choice("'\\"\\\\\\n\\r\\t(){}#\\u00e9\\u6f22\\u2028ab ") for _ in range(rng.randrange(1, 30)))
    calls = code_of({"action": "type", "text": text, "submit": False}, {}).split("\\n")
    assert len(calls) == 2, calls
    assert ast.literal_eval(calls[1].removeprefix("keyboard_insert_text(").removesuffix(")")) == text
`;
    const given = JSON.stringify(table.map(([action, spot]) => [action, spot]));
    const o = { signal: t.signal, limitMs: 20_000, cwd: shim };
    const { code: status, stdout, stderr } = await runProgram(python, ["-c", code, given], o);
    assert.is(status, 0, stderr);
    assert.equal(JSON.parse(stdout), table.map(([, , expected]) => expected));
  });

  test("a harness that breaks, or is of another release, says so with its log", async (t) => {
    const results = await workFolder(t);
    const { server } = await served(t, [taskOf("v2.gomail-1")]);
    const old = join(results, "old", "agisdk-0.3.4.dist-info");
    await mkdir(old, { recursive: true });
    await writeFile(join(old, "METADATA"), "Metadata-Version: 2.1\nName: agisdk\nVersion: 0.3.4\n");
    const run = (paths: string) =>
      runHarness({
        python,
        shim: join(shim, "halo_agisdk.py"),
        server,
        tasks: [taskOf("v2.gomail-1")],
        results,
        timeoutS: 20,
        chromium: "x",
        isOwn: true,
        env: { ...process.env, PYTHONPATH: paths },
        signal: t.signal,
      });
    const refused = async (paths: string) => {
      const e = await thrownBy(() => run(paths)) as Error & { code: string };
      return `${e.code} ${e.message}`;
    };
    assert.is(
      await refused(`${join(results, "old")}:${fake}`),
      "HALO_AGISDK_FAILED agisdk's harness: it ended with status 3: this Python has agisdk 0.3.4, expected 0.3.5",
    );
    assert.match(
      await refused(results),
      /^HALO_AGISDK_FAILED agisdk's harness: it ended with status 1: ModuleNotFoundError: /,
    );
  });
}

test("the policy server refuses what bears no token, and tasks and episodes it does not know", async (t) => {
  const { server } = await served(t, [taskOf("v2.gomail-1")]);
  const post = async (path: string, body: unknown, token = server.token) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    return `${response.status} ${(await response.json()).message}`;
  };
  assert.is(await post("/v1/episode", { task: "v2.gomail-1" }, "x"), "400 a request without this run's token");
  assert.is(await post("/v1/episode", { task: "v2.gomail-9" }), '400 there is no task "v2.gomail-9" in this run');
  assert.is(await post("/v1/episode/3/act", { observation: {} }), '400 there is no episode "3"');
  assert.is(await post("/v1/other", {}), "400 there is no POST /v1/other");
  assert.equal(server.faults.map(({ code }) => code), Array(4).fill("HALO_AGISDK_REQUEST"));
});

test("compared finds the first step at which the loops part, and takes a broken episode for no score", () => {
  const task = taskOf("v2.gomail-1");
  const steps = [{ stateKey: "a", action: "1" }, { stateKey: "b", action: "2" }];
  const record = { cum_reward: 1, n_steps: 2, err_msg: null, elapsed_time: 1, exp_dir: "" };
  const verdict = { success: true, by: "r", reason: "", strict: { success: false, by: "s", reason: "" } };
  const own = { steps, stop: "declared", verdict } as const;
  const rows = [
    compared({ task, record, steps, own }),
    compared({ task, record, steps: [steps[0]!, { stateKey: "c", action: "2" }], own }),
    compared({ task, record: { ...record, cum_reward: 0 }, steps, own }),
    compared({ task, record: { ...record, err_msg: "Exception uncaught\nTimeoutError: late" }, steps, own }),
    compared({ task, record, steps, own: undefined }),
    compared({ task, record: { ...record, report: { a: 1, b: [] } }, steps, own: { ...own, report: { b: [], a: 1 } } }),
    compared({ task, record: { ...record, report: { a: 1 } }, steps, own: { ...own, report: '{"a": 1.0}' } }),
    compared({ task, record: { ...record, report: { a: 1 } }, steps, own: { ...own, report: { a: 2 } } }),
  ];
  assert.equal(rows.map(({ isEqual, parts_at, reward }) => [isEqual, parts_at, reward]), [
    [true, undefined, 1],
    [false, 1, 1],
    [false, undefined, 0],
    [false, undefined, undefined],
    [undefined, undefined, 1],
    [true, undefined, 1],
    [true, undefined, 1],
    [false, undefined, 1],
  ]);
  assert.is(linesOf(rows.slice(-1))[1], "v2.gomail-1  1       2      1     0       2      other report");
  assert.equal(linesOf(rows.slice(0, 3)), [
    "task         agisdk  steps  halo  strict  steps  same",
    "v2.gomail-1  1       2      1     0       2      yes",
    "v2.gomail-1  1       2      1     0       2      parts at step 1",
    "v2.gomail-1  0       2      1     0       2      other verdict",
  ]);
});

test("withSettings adds to the address of /config before its script runs, and to nothing else", async () => {
  const page = { type: "text/html", body: new TextEncoder().encode("<script src=x></script>") };
  const assets = new Map([["/", page], ["/config", page]]);
  assert.is(withSettings(assets, []), assets);
  const changed = withSettings(assets, ["removePopup=true"]);
  assert.is(changed.get("/"), page);
  assert.is(
    new TextDecoder().decode(changed.get("/config")!.body),
    '<!doctype html><script>history.replaceState(null, "", location.href + "&removePopup=true")</script>' +
      "<script src=x></script>",
  );
  const { message } = await thrownBy(() => withSettings(assets, ['a="'])) as Error;
  assert.is(message, '--config expects name=value, got "a=""');
});

test("halo agisdk says what is missing: a pipeline, the Python, a key", async (t) => {
  const run = async (...args: string[]) => {
    const { exit, err } = await capture(["agisdk", ...args], { env: { XDG_CACHE_HOME: "/nowhere" }, signal: t.signal });
    return `${exit} ${err.split("\n").slice(0, 2).join(" ").replace(/ +/g, " ")}`;
  };
  assert.is(await run(), "2 error HALO_CLI_USAGE expected a pipeline, or --install");
  assert.is(
    await run("x.yaml"),
    "3 error HALO_AGISDK_MISSING /nowhere/halo/agisdk-0.3.5-python/bin/python has no agisdk 0.3.5, or is not there",
  );
  assert.is(
    await run("x.yaml", "--submit", "n"),
    "2 error HALO_CLI_USAGE --submit needs the leaderboard's key in REAL_API_KEY",
  );
});

if (python !== undefined && !("missing" in here)) {
  test("halo agisdk serves the replica, runs the harness and prints its table", async (t) => {
    const folder = await workFolder(t);
    const wrapper = join(folder, "python");
    await writeFile(wrapper, `#!/bin/sh\nPYTHONPATH=${fake} exec ${python} "$@"\n`);
    await chmod(wrapper, 0o755);
    const pipeline = folderOf("../../../bench/agisdk/pipeline.yaml");
    const args = ["--only", "--python", wrapper, "--results", join(folder, "r"), "--match", "v2.gomail-11"];
    const { exit, out, err } = await capture(["agisdk", pipeline, ...args], { env: process.env, signal: t.signal });
    assert.is(exit, 0, err);
    assert.equal(out.split("\n"), [
      "task          agisdk  steps  halo  strict  steps  same",
      "v2.gomail-11  0       1      -     -       -      -",
      "agisdk's harness: 0 of 1 solved",
    ]);
  });
}
