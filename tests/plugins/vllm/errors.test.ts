// Each answer through the client, and what becomes of it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HaloError } from "halo-agent";
import { VllmClient } from "../../../plugins/vllm/client.ts";
import { Figures } from "../../../plugins/vllm/figures.ts";
import { silentLog } from "../../../core/util/log.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { answers, chat } from "./answers.ts";

/** Answers every request with one status and body; a retry sees a good answer, and /health is well. */
async function answering(
  t: TestContext,
  answer: { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> },
) {
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === "/health") return void response.end();
    const { status, body, headers } = requests++ === 0 ? answer : { status: 200, body: '{"ok":true}', headers: {} };
    const type = body.startsWith("{") ? "application/json" : "text/html";
    response.writeHead(status, { "content-type": type, ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.defer(() => server.close());
  t.defer(() => server.closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests: () => requests };
}

const clientFor = (url: string, retries: number, timeout_s = 5) =>
  new VllmClient({
    url,
    model: "tiny",
    concurrency: 4,
    timeout_s,
    retries,
    restart_s: 0,
    figures: new Figures(),
    log: silentLog,
  });

const test = suite("vllm/errors");

for (const { name, route, status, body, model = "tiny", code, says = `${status}: `, hint, retried } of answers) {
  test(`client answers ${name} with ${code}${retried ? " after another attempt" : ""}`, async (t) => {
    const once = await answering(t, { status, body });
    const asked = { body: { model }, signal: t.signal };
    const e = await thrownBy(() => clientFor(once.url, 0).send(route, asked));
    assert.instance(e, HaloError);
    assert.is((e as HaloError).code, code);
    assert.ok((e as HaloError).message.startsWith(`vLLM answers ${route} with ${says}`), (e as HaloError).message);
    assert.ok((e as HaloError).hint);
    if (hint) assert.match((e as HaloError).hint!, hint);
    const again = await answering(t, { status, body });
    const client = clientFor(again.url, 1);
    if (retried) assert.equal(await client.send(route, asked), { ok: true });
    else assert.is(((await thrownBy(() => client.send(route, asked))) as HaloError).code, code);
    assert.is(again.requests(), retried ? 2 : 1);
  });
}

test("client waits as long as vLLM asks, and not where that is longer than a minute", async (t) => {
  const limited = { status: 429, body: '{"error":{"message":"slow down"}}' };
  const asked = { body: { model: "tiny" }, signal: t.signal };
  const short = await answering(t, { ...limited, headers: { "retry-after": "1" } });
  const began = performance.now();
  assert.equal(await clientFor(short.url, 1).send(chat, asked), { ok: true });
  assert.ok(performance.now() - began >= 1000 - 1);
  const long = await answering(t, { ...limited, headers: { "retry-after": "61" } });
  const e = await thrownBy(() => clientFor(long.url, 1).send(chat, asked));
  assert.is((e as HaloError).code, "HALO_VLLM_BUSY");
  assert.is(long.requests(), 1);
});

test("client names a server that is not there and shows no key", async (t) => {
  const { url } = await answering(t, { status: 200, body: "{}" });
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const port = (closed.address() as AddressInfo).port;
  await new Promise((resolve) => closed.close(resolve));
  const e = await thrownBy(() =>
    clientFor(url.replace(/:\d+/, `:${port}`), 0).send(chat, { body: {}, signal: t.signal })
  );
  assert.is((e as HaloError).code, "HALO_VLLM_LOST");
  assert.match((e as HaloError).message, /does not answer \/chat\/completions: .*refused/i);
  assert.ok((e as HaloError).message.split("ECONNREFUSED").length <= 2, (e as HaloError).message);
});

test("client ends with the last failure when the caller's time is up while the server is away", async (t) => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const port = (closed.address() as AddressInfo).port;
  await new Promise((resolve) => closed.close(resolve));
  const client = new VllmClient({
    url: `http://127.0.0.1:${port}/v1`,
    model: "tiny",
    concurrency: 1,
    timeout_s: 5,
    retries: 4,
    restart_s: 600,
    figures: new Figures(),
    log: silentLog,
  });
  const signal = AbortSignal.any([t.signal, AbortSignal.timeout(800)]);
  assert.is(((await thrownBy(() => client.send(chat, { body: {}, signal }))) as HaloError).code, "HALO_VLLM_LOST");
});

test("client gives up on an answer that does not come, and at once when the caller stops", async (t) => {
  const silent = createServer((request) => void request.resume());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  t.defer(() => silent.close());
  t.defer(() => silent.closeAllConnections());
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1`;
  const late = await thrownBy(() => clientFor(url, 0, 0.2).send(chat, { body: {}, signal: t.signal }));
  assert.is((late as HaloError).code, "HALO_VLLM_TIMEOUT");
  const stop = new AbortController();
  const stopped = thrownBy(() => clientFor(url, 4).send(chat, { body: {}, signal: stop.signal }));
  stop.abort(new Error("stopped by the test"));
  assert.is(((await stopped) as Error).message, "stopped by the test");
});
