import { createServer } from "node:http";
import { once } from "node:events";
import { HaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { fake, isRunning, supervisor, until } from "./fake.ts";

const test = suite("serve/supervisor");

async function errorOf(run: () => unknown): Promise<HaloError> {
  const e = await thrownBy(run);
  if (!(e instanceof HaloError)) throw e;
  return e;
}

test("supervise starts each service once the one before is ready, and close leaves no process or record", async (t) => {
  const { start, states, events, pids } = supervisor(t);
  const running = await start(await fake("a", "--ready-ms", "300", "--child"), await fake("b"));
  assert.equal(states(), ["a starting", "a ready", "b starting", "b ready"]);
  const started = events.filter((e) => e.state === "ready").map((e) => e.pid!);
  assert.equal(pids().sort(), [...started].sort());
  await running.close();
  assert.equal(states().slice(4), ["b stopped", "a stopped"]);
  assert.equal([pids(), started.filter(isRunning)], [[], []]);
});

test("close kills what does not end when it is asked to, children included", async (t) => {
  const { start, log } = supervisor(t, { stopLimitS: 0.3 });
  const running = await start(await fake("a", "--stubborn", "--child"));
  await until(() => log("a").includes("child "), t.signal);
  const child = Number(log("a").match(/child (\d+)/)?.[1]);
  assert.ok(isRunning(child));
  await running.close();
  assert.match(log("a"), "asked to stop");
  await until(() => !isRunning(child), t.signal);
});

test("supervise restarts a service that ends, and says why it ended", async (t) => {
  const { start, states, events } = supervisor(t);
  const a = await fake("a");
  await start(a, await fake("b"));
  await fetch(a.service.health.replace("health", "die")).catch(() => {});
  await until(() => states().filter((s) => s === "a ready").length === 2, t.signal);
  assert.equal(states().slice(4), ["a ended", "a restarting", "a starting", "a ready"]);
  assert.equal(events.slice(4, 6).map((e) => e.text), [
    "status 9: it wrote nothing",
    "in 0.05 s, restart 1 of at most 5",
  ]);
});

test("supervise gives a service up that ends too often", async (t) => {
  const { start, states } = supervisor(t, { restarts: { max: 1, withinS: 60 } });
  const a = await fake("a");
  const { lost } = await start(a);
  const dead = errorOf(() => lost);
  for (const count of [1, 2]) {
    await until(() => states().filter((s) => s === "a ready").length === count, t.signal);
    await fetch(a.service.health.replace("health", "die")).catch(() => {});
  }
  const e = await dead;
  assert.equal([e.code, e.message], [
    "HALO_SERVICE_LOST",
    "a ended 2 times within 60 s; it is not started again",
  ]);
});

test("supervise restarts a service that lives and answers no health check", async (t) => {
  const { start, states, events } = supervisor(t, { watch: { everyS: 0.05, failures: 2 } });
  const a = await fake("a");
  let isBroken = false;
  const proxy = createServer((_, response) => void response.writeHead(isBroken ? 503 : 200).end()).listen(
    0,
    "127.0.0.1",
  );
  t.defer(() => proxy.close());
  await once(proxy, "listening");
  const { port } = proxy.address() as { port: number };
  await start({ ...a, service: { ...a.service, health: `http://127.0.0.1:${port}/` } });
  isBroken = true;
  await until(() => states().includes("a restarting"), t.signal);
  isBroken = false;
  assert.is(events.find((e) => e.state === "ended")?.text, "2 failed health checks in a row: it wrote nothing");
  await until(() => states().at(-1) === "a ready", t.signal);
});

test("supervise stops what it started when a later service does not come up, and names the cause", async (t) => {
  const { start, states, pids } = supervisor(t);
  const b = await fake("b", "--say", "ModuleNotFoundError: No module named 'vllm'", "--fail");
  const a = await fake("a");
  const e = await errorOf(() => start(a, b));
  assert.is(e.code, "HALO_SERVICE_START");
  assert.is(
    e.message,
    "b ended with status 7 before it was ready: the Python module vllm is not installed in the Python that starts it",
  );
  assert.match(e.hint ?? "", /^its log: .*b\.log$/);
  assert.equal(states(), ["a starting", "a ready", "b starting", "a stopped"]);
  assert.equal(pids(), []);
});

test("supervise says so when a service is not ready in time", async (t) => {
  const { start } = supervisor(t);
  const a = await fake("a", "--ready-ms", "60000", "--say", "loading weights");
  const e = await errorOf(() => start({ ...a, service: { ...a.service, startLimitS: 4 } }));
  assert.is(e.message, "a was not ready after 4 s: loading weights");
});

test("supervise prefers the service's own explanation, and hides its secrets", async (t) => {
  const { start } = supervisor(t);
  const a = await fake("a", "--say", "token abcdef123456 refused", "--fail");
  const secret = { ...a.service, env: { A_TOKEN: "abcdef123456" } };
  const plain = await errorOf(() => start({ ...a, service: secret }));
  assert.is(plain.message, "a ended with status 7 before it was ready: token [A_TOKEN] refused");
  const explain = (o: { log: string; exit?: number }) => o.exit === 7 ? "the model is too large" : undefined;
  const own = await errorOf(() => start({ ...a, service: { ...secret, explain } }));
  assert.is(own.message, "a ended with status 7 before it was ready: the model is too large");
});

test("supervise names who listens on a port, and the variable or option that changes it, before it starts anything", async (t) => {
  const { start, events } = supervisor(t);
  const a = await fake("a");
  const { port } = a.service;
  const server = createServer().listen(port, "127.0.0.1");
  t.defer(() => server.close());
  await once(server, "listening");
  const first = await fake("first");
  const byOption = await errorOf(() => start(first, a));
  assert.is(byOption.code, "HALO_SERVICE_PORT");
  assert.match(
    byOption.message,
    new RegExp(`^a cannot listen on 127.0.0.1:${port}: (process \\d+ \\(.+\\)|another process) does already$`),
  );
  const stop = "./teardown.sh stops what halo serve started and left; for another port, ";
  assert.is(
    byOption.hint,
    `${stop}--set policy.options.url=http://127.0.0.1:${port + 1}/v1 for halo serve and halo run`,
  );
  const url = { variable: "HALO_VLLM_URL", path: "policy.options.url", value: `http://127.0.0.1:${port}/v1` };
  const byVariable = await errorOf(() => start({ ...a, settings: [url] }));
  assert.is(
    byVariable.hint,
    `${stop}set HALO_VLLM_URL=http://127.0.0.1:${port + 1}/v1 for halo serve and halo run`,
  );
  assert.equal(events, []);
});

test("supervise names a program that is missing before it starts anything", async (t) => {
  const { start, events } = supervisor(t);
  const a = await fake("a");
  const e = await errorOf(async () =>
    start(await fake("first"), { ...a, service: { ...a.service, command: [".tools/vllm/bin/python", "-m", "vllm"] } })
  );
  assert.equal([e.code, e.message], [
    "HALO_SERVICE_PROGRAM",
    'a needs the program ".tools/vllm/bin/python", which is not there',
  ]);
  assert.equal(events, []);
});
