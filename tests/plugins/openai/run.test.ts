import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigErrors } from "../../../core/config/problem.ts";
import { loadDocument, loadPipeline } from "../../../core/config/load.ts";
import { openRun } from "../../../core/record/runs.ts";
import type { Done } from "../../../core/record/events.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import { type HaloError, isHaloError } from "../../../core/util/errors.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { runsFolder } from "../../core/run/board-run.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { completion, type Received, type Script, startServer } from "./test-server.ts";

const test = suite("openai/run");
const board = join(packageRoot(), "tests/board/pipeline.yaml");
const key = "sk-test";

/** Presses the tiles the goal names, in their order, as a model that reads the prompt would. */
const player: Script = ({ body }: Received) => {
  const text: string = body.messages.at(-1).content.at(0).text;
  const wanted = [...text.split("\n", 1)[0]!.matchAll(/"([^"]+)"/g)].map((m) => m[1]!);
  const tiles = [...text.matchAll(/^\[(e\d+)\] button "([^"]+)"( \(pressed\))?/gm)];
  const next = wanted.map((name) => tiles.find((tile) => tile[2] === name)!).find((tile) => !tile[3]);
  const action = next ? { action: "click", el: next[1] } : { action: "done", text: null };
  return completion([JSON.stringify({ thought: "", action })]);
};

interface Start {
  readonly runs: string;
  readonly file?: string;
  readonly cwd?: string;
  readonly sets?: readonly string[];
  readonly mode?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly resume?: string;
}

async function run(
  { runs, file = board, cwd = packageRoot(), sets = [], mode, env = {}, resume }: Start,
): Promise<Done> {
  const folder = resume === undefined ? undefined : await openRun(resume, runs);
  const pipeline = folder
    ? await loadDocument(folder.info.document, { base: folder.info.base, env, sets })
    : await loadPipeline(file, { cwd, env, mode, sets: [`runs_dir=${runs}`, ...sets] });
  const o = { log: silentLog, signal: new AbortController().signal, packageRoot: packageRoot() };
  return await runPipeline(pipeline, { ...o, ...(folder && { resume: folder }) });
}

/** File and text of the line an error names. */
function written({ at }: HaloError): readonly [file: string, line: string] {
  return [at!.file, readFileSync(join(packageRoot(), at!.file), "utf8").split("\n")[at!.line - 1]!];
}

/** Evaluation of six tasks, three of one press and three of two: nine requests. */
const sixTasks = "stages=[{evaluate: {label: eval, split: eval, sample_size: 6}}]";
const evaluation = (policy: string) => [`policy=${policy}`, sixTasks, "concurrency=1"];

const gpt = (url: string) =>
  `{use: openai, options: {model: m, url: "${url}", key: "\${secret:OPENAI_API_KEY}", ` +
  "prices: {models: {m: {input: 10, cached: 5, output: 30}}}}}";

test("a run stops at its budget with 6, keeps finished episodes, and ends as if it had never stopped", async (t) => {
  const runs = t.use(runsFolder());
  const server = t.use(await startServer(player, { key }));
  const env = { OPENAI_API_KEY: key };
  const sets = evaluation(gpt(server.url));
  // A request takes 110 tokens and (100 · 10 + 10 · 30) / 10⁶ = $0.0013: the fourth passes $0.005.
  const stopped = await run({ runs: runs.path, env, sets: [...sets, "limits.usd=0.005"] });
  assert.equal([stopped.exit, stopped.error?.code, server.chats.length], [6, "HALO_LIMIT_USD", 4]);
  assert.equal(stopped.spent, { tokens: 440, usd: 4 * 0.0013 });
  const kept = (await (await openRun(stopped.run, runs.path)).episodes()).map((e) => e.id);
  // One press, two presses, one press; the fourth task had not begun.
  assert.is(kept.length, 3);
  const again = await run({ runs: runs.path, env, resume: stopped.run });
  assert.equal([again.exit, again.error?.code, server.chats.length], [6, "HALO_LIMIT_USD", 4]);
  const done = await run({ runs: runs.path, env, resume: stopped.run, sets: ["limits.usd=1"] });
  assert.equal([done.exit, done.evaluations[0]!.successes, done.evaluations[0]!.n], [0, 6, 6]);
  assert.equal([server.chats.length, done.spent?.tokens], [9, 990]);
  const folder = await openRun(done.run, runs.path);
  assert.equal((await folder.episodes()).slice(0, 3).map((e) => e.id), kept);
  assert.not.match(JSON.stringify(folder.info), /sk-test/);
});

test("a missing key names its variable and the line that asks for it, before anything starts", async (t) => {
  const runs = t.use(runsFolder());
  const e = await thrownBy(() => run({ runs: runs.path, mode: "gpt4o_baseline" }));
  assert.instance(e, ConfigErrors);
  const [first] = (e as ConfigErrors).errors;
  assert.equal([first!.code, first!.message], ["HALO_SECRET_MISSING", "the secret OPENAI_API_KEY is not set"]);
  assert.match(`${first!.at?.file}:${first!.at?.line}`, /^configs\/modes\/gpt4o_baseline\.yaml:\d+$/);
});

test("a refused key and a server that is not there name the line they come from, before anything starts", async (t) => {
  const runs = t.use(runsFolder());
  const server = t.use(await startServer(player, { key }));
  const env = { OPENAI_API_KEY: "sk-wrong", HALO_OPENAI_URL: server.url };
  const refused = await thrownBy(() => run({ runs: runs.path, mode: "gpt4o_baseline", env, sets: [sixTasks] }));
  assert.ok(isHaloError(refused, "HALO_MODEL_KEY"));
  assert.is(refused.message, `${server.url} refuses the key in OPENAI_API_KEY (401)`);
  assert.equal(written(refused), ["configs/modes/gpt4o_baseline.yaml", "    key: ${secret:OPENAI_API_KEY}"]);
  await server.close();
  const gone = await thrownBy(() =>
    run({ runs: runs.path, mode: "gpt4o_baseline", env, sets: [sixTasks, "policy.options.retries=0"] })
  );
  assert.ok(isHaloError(gone, "HALO_MODEL_SERVER"));
  assert.match(written(gone)[1], /^ {4}url: \$\{env:HALO_OPENAI_URL:-/);
  assert.equal(readdirSync(runs.path), []);
});

test("arms may name modes and overlays: each is laid over the pipeline, and all are compared with the first", async (t) => {
  const runs = t.use(runsFolder());
  const good = t.use(await startServer(player, { key }));
  const bad = t.use(await startServer(() => completion(["no idea"]), { key }));
  const cwd = join(runs.path, "project");
  mkdirSync(join(cwd, "configs/modes"), { recursive: true });
  writeFileSync(join(cwd, "configs/modes/good.yaml"), `policy: ${gpt(good.url)}\n`);
  writeFileSync(join(cwd, "more.yaml"), "stages: { evaluate: { episodes_per_task: 2 } }\n");
  const file = join(cwd, "modes.yaml");
  const body = [
    `extends: ${board}`,
    "name: modes",
    "stages: [{ evaluate: { label: eval, split: eval, sample_size: 6 } }]",
    "arms:",
    "  first: { mode: good }",
    `  second: { mode: good, policy: { options: { url: "${bad.url}" } } }`,
    "  third: { mode: good, overlays: [more.yaml] }",
  ];
  writeFileSync(file, body.join("\n"));
  const env = { OPENAI_API_KEY: key };
  const done = await run({ runs: runs.path, file, cwd, env });
  assert.equal([done.exit, done.arms?.map((arm) => arm.name)], [0, ["first", "second", "third"]]);
  assert.equal(done.evaluations.map((e) => [e.label, e.n, e.successes]), [
    ["first/eval", 6, 6],
    ["second/eval", 6, 0],
    ["third/eval", 12, 12],
  ]);
  assert.equal(done.comparisons.map((c) => [c.label_a, c.label_b, c.n, c.delta]), [
    ["first/eval", "second/eval", 6, -1],
    ["first/eval", "third/eval", 6, 0],
  ]);
  // Nine requests for a right walk; three unreadable outputs end each of the six others.
  assert.equal(done.arms?.map((arm) => arm.spent?.tokens), [9 * 110, 18 * 110, 18 * 110]);
  assert.is(done.spent?.tokens, 45 * 110);
});

test("arms stop before the first one starts when a later one lacks its mode, its key or its server", async (t) => {
  const runs = t.use(runsFolder());
  const server = t.use(await startServer(player, { key }));
  const sets = [...evaluation(gpt(server.url))];
  const arms = (second: string) => [...sets, `arms={first: {}, second: ${second}}`];
  const env = { OPENAI_API_KEY: key };
  const mode = await thrownBy(() => run({ runs: runs.path, env, sets: arms("{mode: gpt4o_baselin}") }));
  const [unknown] = (mode as ConfigErrors).errors;
  assert.match(unknown!.message, /^there is no mode "gpt4o_baselin"; did you mean "gpt4o_baseline"\?$/);
  assert.is(unknown!.at?.file, "--set #5");
  const shape = await thrownBy(() => run({ runs: runs.path, env, sets: arms("{overlays: more.yaml}") }));
  assert.match(
    (shape as ConfigErrors).errors[0]!.message,
    /^the `overlays` of the arm "second" must be a list of paths$/,
  );
  const other = await thrownBy(() => run({ runs: runs.path, env, sets: arms("{policy: {options: {model: other}}}") }));
  assert.ok(isHaloError(other, "HALO_MODEL_UNKNOWN"));
  assert.is(other.at?.file, "--set #5");
  assert.equal(readdirSync(runs.path), []);
  assert.is(server.chats.length, 0);
});
