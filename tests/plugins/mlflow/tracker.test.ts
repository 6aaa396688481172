import { Buffer } from "node:buffer";
import type { Tracker } from "../../../core/domain/tracker.ts";
import type { RunEvent } from "../../../core/record/events.ts";
import { createPlugin } from "../../../core/testing.ts";
import { Secret } from "../../../core/util/secret.ts";
import { paramsOf } from "../../../plugins/mlflow/params.ts";
import mlflow from "../../../plugins/mlflow/tracker.ts";
import { assert, suite } from "../../harness.ts";
import { runBoard, runsFolder, smallRun } from "../../core/run/board-run.ts";
import { mlflowServer } from "./mlflow-server.ts";

const test = suite("mlflow/tracker");
const call = { signal: new AbortController().signal };
const run = { id: "run-1", name: "run", seed: 7, folder: "/runs/run-1", from: 0, isResumed: false };
const trackers = (options: object) => `trackers=${JSON.stringify([{ use: "mlflow", options }])}`;

test("a run of halo is a run of the server: parameters, metrics by step, status; its experiment is made", async (t) => {
  const server = t.use(await mlflowServer());
  const runs = t.use(runsFolder());
  const done = await runBoard(runs.path, { sets: [...smallRun, trackers({ url: server.url, experiment: "board" })] });
  assert.is(server.runs.length, 1);
  const [{ info, params, metrics, tags }] = server.runs as [typeof server.runs[number]];
  assert.is(info["status"], "FINISHED");
  assert.is(tags.get("halo.folder"), done.run);
  assert.is(params.get("algorithm.options.loss_type"), "dr_grpo");
  assert.is(params.get("stages.1.train.iterations"), "2");
  const value = (key: string, step: number) => metrics.find((m) => m.key === key && m.step === step)?.value;
  assert.is(value("evaluate/after/success_rate", 2), done.evaluations[1]!.success_rate);
  assert.is(value("evaluate/before/success_rate", 0), done.evaluations[0]!.success_rate);
  assert.equal(metrics.filter(({ key }) => key === "mean_reward").map(({ step }) => step), [1, 2]);
}, { timeoutMs: 60_000 });

test("a resumed run goes on in the server's run; a picture is a file there and its caption a tag", async (t) => {
  const server = t.use(await mlflowServer());
  const token = new Secret("MLFLOW_TOKEN", "s3cret");
  const tracker = await mlflow.create(
    { url: server.url, experiment: "halo", pictures: 4, token, user: "ada" },
    {},
  ) as Tracker;
  await tracker.start({ ...run, pipeline: { seed: 7 } }, call);
  await tracker.track({ type: "end", at: new Date(1_000), status: "stopped" }, call);
  assert.is(server.runs[0]!.info["status"], "KILLED");
  await tracker.start({ ...run, isResumed: true, from: 3, pipeline: { seed: 7, limits: 1 } }, call);
  assert.is(server.runs.length, 1);
  assert.is(server.runs[0]!.info["status"], "RUNNING");
  const png = Buffer.from("not looked at");
  const pictures = [{ name: "after/worst-1", caption: "send-mail: max_steps", png }];
  await tracker.track({ type: "pictures", step: 4, at: new Date(2_000), pictures }, call);
  assert.equal([...server.files], [["1/r1/artifacts/worst/step-4/after-worst-1.png", png.length]]);
  assert.is(server.runs[0]!.tags.get("halo.picture.after.worst-1"), "send-mail: max_steps");
  assert.is(server.authorization, `Basic ${Buffer.from("ada:s3cret").toString("base64")}`);
});

test("paramsOf names values by their paths, within the server's limits", () => {
  assert.equal(paramsOf({ a: { b: [1, true], "c d?": null }, long: "x".repeat(9_000), none: {} }), [
    { key: "a.b.0", value: "1" },
    { key: "a.b.1", value: "true" },
    { key: "a.c d_", value: "null" },
    { key: "long", value: "x".repeat(500) },
  ]);
});

test("a server that is killed in the middle, or never was, costs one warning", async (t) => {
  const runs = t.use(runsFolder());
  const server = await mlflowServer();
  t.defer(() => server.close());
  const warnings: string[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.type === "warning") warnings.push(event.message);
    if (event.type === "iteration" && event.iteration === 1) void server.close();
  };
  const done = await runBoard(runs.path, { sets: [...smallRun, trackers({ url: server.url })], onEvent });
  assert.ok(done.ok);
  assert.is(warnings.length, 1, warnings.join("\n"));
  assert.match(warnings[0]!, /^tracker mlflow misses everything from .* on, the run goes on without it/);
}, { timeoutMs: 60_000 });

test("what the server refuses is said in its own words", async (t) => {
  const server = t.use(await mlflowServer());
  const tracker = await createPlugin(mlflow, { url: `${server.url}/elsewhere` }) as Tracker;
  const error = await tracker.start({ ...run, pipeline: {} }, call).catch((e: Error) => e.message);
  assert.is(error, "/api/2.0/mlflow/experiments/get-by-name?experiment_name=halo: 404 ENDPOINT_NOT_FOUND");
});
