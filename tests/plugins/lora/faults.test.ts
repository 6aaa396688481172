// The client against a server that fails in every way it can; no Python needed.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { isHaloError, type Log } from "halo-agent";
import { keyedRng, sha256 } from "halo-agent/kit";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { type Fault, FaultServer } from "./fault-server.ts";
import { batchOf, emptyFolder, trainerFor } from "./trainer-for.ts";

const test = suite("lora/faults");

async function faulty(t: TestContext): Promise<{ readonly server: FaultServer; readonly url: string }> {
  const server = t.use(new FaultServer());
  return { server, url: await server.listen() };
}

/** A fault for the first request to this route only. */
const onceAt = (route: string, fault: Fault) => {
  let isDone = false;
  return (asked: string) => asked === route && !isDone ? (isDone = true, fault) : undefined;
};

const codeOf = async (run: () => unknown): Promise<string> => {
  const e = await thrownBy(run);
  assert.ok(isHaloError(e), String(e));
  return `${e.code} ${e.message}`;
};

test("update is done once whatever happens to requests and answers on their way", async (t) => {
  const { server, url } = await faulty(t);
  const passing = ["refused", "cut", "proxy", "limited", "waiting"] as const;
  const rng = keyedRng("lora/faults");
  const seen = new Set<string>();
  server.nextFault = (route) => {
    if (route === "healthz" || rng.next() > 0.3) return undefined;
    const fault = passing[rng.int(passing.length)]!;
    // Only a result can be waited for.
    if (fault === "waiting" && route !== "retrieve_future") return undefined;
    seen.add(`${fault}`);
    return server.done.length > 0 || fault !== "refused" && fault !== "cut" ? fault : undefined;
  };
  const trainer = t.use(trainerFor({ url, restart_s: 5 }));
  const updates = 12;
  for (let seq = 1; seq <= updates; seq++) {
    assert.is((await trainer.update(batchOf(seq), t)).metrics["grad/norm"], 2);
  }
  assert.equal(seen, new Set(passing));
  const cycle = ["forward_backward", "optim_step", "save_weights"];
  assert.equal(server.done, ["create_model", ...Array.from({ length: updates }, () => cycle).flat()]);
}, { timeoutMs: 120_000 });

test("update starts again from the saved weights when the adapter is no longer in memory", async (t) => {
  const { server, url } = await faulty(t);
  const trainer = t.use(trainerFor({ url }));
  await trainer.update(batchOf(1), t);
  const before = server.done.length;
  server.nextFault = onceAt("optim_step", "lost");
  await trainer.update(batchOf(2), t);
  assert.equal(
    server.done.slice(before),
    ["forward_backward", "create_model", "load_weights", "forward_backward", "optim_step", "save_weights"],
  );
  server.nextFault = (route) => route === "optim_step" ? "lost" : undefined;
  assert.match(await codeOf(() => trainer.update(batchOf(3), t)), /^HALO_LORA_LOST the sidecar lost its work 6 times/);
});

test("each refusal has its own error", async (t) => {
  const { server, url } = await faulty(t);
  const cases: readonly (readonly [route: string, fault: Fault, says: string])[] = [
    [
      "optim_step",
      { status: 400, code: "invalid_field", text: "adam_params: expected an object" },
      "HALO_LORA_REFUSED the sidecar refuses optim_step: adam_params: expected an object",
    ],
    [
      "optim_step",
      { status: 409, code: "payload_differs", text: "seq_id: 2 was used for another request" },
      "HALO_LORA_REFUSED the sidecar refuses optim_step: seq_id: 2 was used for another request",
    ],
    [
      "optim_step",
      { status: 500, code: "failed", text: "RuntimeError: a defect" },
      "HALO_LORA_FAILED the sidecar failed on optim_step: RuntimeError: a defect",
    ],
    [
      "retrieve_future",
      { result: { error: "one example does not fit", category: "server", x_halo: { code: "out_of_memory" } } },
      "HALO_LORA_FAILED the sidecar failed on create_model: one example does not fit",
    ],
    [
      "create_session",
      { status: 401, code: "token", text: "the header X-API-Key is missing" },
      `HALO_LORA_TOKEN the sidecar at ${url} refuses the trainer's token: the header X-API-Key is missing`,
    ],
    [
      "create_session",
      { status: 404, code: "", text: "" },
      `HALO_LORA_SERVER ${url} answers create_session with 404: it is no sidecar`,
    ],
    [
      "create_session",
      "garbage",
      `HALO_LORA_SERVER ${url} answers create_session with something that is no JSON object`,
    ],
    [
      "forward_backward",
      { result: {} },
      `HALO_LORA_SERVER ${url} gave no request_id for forward_backward`,
    ],
    [
      "get_server_capabilities",
      { result: {} },
      `HALO_LORA_SERVER ${url} is no server that halo can train with`,
    ],
  ];
  for (const [route, fault, says] of cases) {
    server.nextFault = onceAt(route, fault);
    const trainer = t.use(trainerFor({ url }));
    assert.is(await codeOf(() => trainer.update(batchOf(1), t)), says);
  }
});

test("a sidecar that is not there is told at once, with URL, variable and command", async (t) => {
  const url = await freeUrl();
  const trainer = t.use(trainerFor({ url }));
  for (const first of [() => trainer.ready!(t), () => trainer.update(batchOf(1), t)]) {
    const e = await thrownBy(first);
    assert.ok(isHaloError(e, "HALO_LORA_UNREACHABLE"), String(e));
    assert.ok(e.message.startsWith(`no sidecar answers at ${url}: `), e.message);
    assert.is(
      e.hint,
      "start it with `halo serve PIPELINE`, or set HALO_LORA_URL (trainer.options.url) to where it listens",
    );
  }
});

test("a sidecar that went away is waited for, and lost after restart_s", async (t) => {
  const { server, url } = await faulty(t);
  const said: string[] = [];
  const log: Log = { debug() {}, info: (text) => void said.push(text), warn() {}, error() {} };
  const trainer = t.use(trainerFor({ url, restart_s: 0.5 }, { log }));
  await trainer.update(batchOf(1), t);
  server.close();
  assert.is(
    await codeOf(() => trainer.update(batchOf(2), t)),
    `HALO_LORA_LOST the sidecar at ${url} was not back after 0.5 s`,
  );
  assert.equal(said, [`the sidecar at ${url} is away; waiting up to 0.5 s for it`]);
});

test("a result that does not come in time ends the update", async (t) => {
  const { server, url } = await faulty(t);
  const trainer = t.use(trainerFor({ url, timeout_s: 0.2 }));
  await trainer.ready!(t);
  server.nextFault = (route) => route === "retrieve_future" ? "waiting" : undefined;
  assert.is(
    await codeOf(() => trainer.update(batchOf(1), t)),
    "HALO_LORA_TIMEOUT the sidecar did not finish create_model in 0.2 s",
  );
});

test("a red gap canary takes no step and the next update starts from the saved weights", async (t) => {
  const { server, url } = await faulty(t);
  const trainer = t.use(trainerFor({ url, gap_limit: 1e-4 }));
  const { metrics } = await trainer.update(batchOf(1), t);
  assert.equal([metrics["canary/gap"], metrics["gap/mean"]], [0, 0]);
  const outputs = batchOf(2).examples.map((e) => {
    const ids = e.kind === "advantage" && e.sample.trace.kind === "tokens" ? e.sample.trace.ids : [];
    return { logprobs: { data: ids.map(() => -1.5) } };
  });
  let passes = 0;
  server.nextFault = (route) => {
    if (route === "forward_backward") passes++;
    return route === "retrieve_future" && passes === 1
      ? { result: { loss_fn_outputs: outputs, metrics: {} } }
      : undefined;
  };
  assert.match(
    await codeOf(() => trainer.update(batchOf(2), t)),
    /^HALO_CANARY_GAP gap canary: .* differ by up to 0\.500, 0\.500 on average; the limit is 0\.000100 \(group g0\)$/,
  );
  assert.equal(server.done.slice(-2), ["save_weights", "forward_backward"]);
  await trainer.update(batchOf(2), t);
  assert.equal(server.done.slice(-5), [
    "create_model",
    "load_weights",
    "forward_backward",
    "optim_step",
    "save_weights",
  ]);
});

test("update uploads the pictures that the sidecar lacks, each once", async (t) => {
  const { server, url } = await faulty(t);
  const pictures = ["one", "two"].map((text) => new TextEncoder().encode(text));
  const shas = pictures.map((bytes) => sha256(bytes));
  const read: string[] = [];
  const blobs = {
    get(sha: string) {
      read.push(sha);
      return Promise.resolve(pictures[shas.indexOf(sha)]!);
    },
  };
  const trainer = t.use(trainerFor({ url }, { blobs }));
  const prompt = { ids: [1, 900, 2, 900, 900, 3], images: shas };
  for (const seq of [1, 2]) await trainer.update(batchOf(seq, { prompt }), t);
  assert.equal([...read].sort(), [...shas].sort());
  assert.equal(shas.map((sha) => new TextDecoder().decode(server.blobs.get(sha))), ["one", "two"]);
});

test("checkpoint and publish write names and hashes only, and publish asks the sidecar once a version", async (t) => {
  const { server, url } = await faulty(t);
  const trainer = t.use(trainerFor({ url }));
  const report = await trainer.update(batchOf(1), t);
  const [state, adapter] = [emptyFolder(t), emptyFolder(t)];
  await trainer.checkpoint(state, t);
  const published = await trainer.publish(adapter, t);
  await trainer.publish(adapter, t);
  assert.is(server.done.filter((route) => route === "save_weights_for_sampler").length, 1);
  assert.equal(published, { format: "peft", base: "fake", version: 1, dir: adapter, sha256: sha256("1") });
  assert.equal([readdirSync(state), readdirSync(adapter)], [["trainer.json"], ["halo.json"]]);
  assert.equal(JSON.parse(readFileSync(join(state, "trainer.json"), "utf8")), {
    schema: "halo.lora-trainer/1",
    model: "fake",
    report,
    state: { path: "states/m1/1", sha256: "ab".repeat(32) },
  });
  assert.is(JSON.parse(readFileSync(join(adapter, "halo.json"), "utf8")).location, "/far/away");
});

test("the trainer is deterministic where it computes in float32 on the CPU", () => {
  const isExact = (serve: object) => trainerFor({ serve }).deterministic;
  assert.equal(
    [isExact({ device: "cpu" }), isExact({ device: "cpu", dtype: "bfloat16" }), isExact({ dtype: "float32" })],
    [true, false, false],
  );
});

/** An address where nobody listens. */
async function freeUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
