import { isHaloError } from "halo-agent";
import { createPlugin } from "halo-agent/testing";
import { RunBudget } from "../../../core/run/budget.ts";
import { silentLog } from "../../../core/util/log.ts";
import openai from "../../../plugins/openai/policy.ts";
import { costUsd } from "../../../plugins/openai/prices.ts";
import { RateLimit } from "../../../plugins/openai/rate.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { runsFolder } from "../../core/run/board-run.ts";
import { completion, failure, type Script, startServer } from "./test-server.ts";

const test = suite("openai/server");
const call = { signal: new AbortController().signal };
const prices = { as_of: "2026-03", models: { m: { input: 2.5, cached: 1.25, output: 10 } } };
const question = {
  messages: [{ role: "user", content: [{ type: "text", text: "?" }] }],
  maxTokens: 50,
  temperature: 0,
} as const;

/** The policy's own chat, which shares its server: retries, prices and budget are the same for every request. */
async function start(
  t: TestContext,
  { budget = new RunBudget(), ...options }: { budget?: RunBudget } & Readonly<Record<string, unknown>> = {},
  answer: Script = () => completion(["yes"]),
) {
  const server = t.use(await startServer(answer));
  const policy = await createPlugin(openai, { model: "m", url: server.url, prices, ...options }, {
    budget,
    log: silentLog,
  });
  return { server, budget, chat: t.use(policy).chat! };
}

test("complete tries again after 429, 500, 503 and a cut connection, waiting as the server asks", async (t) => {
  const { server, chat } = await start(t);
  server.script.push(
    () => "cut",
    () => failure(429, { message: "slow down" }, { "retry-after": "0" }),
    () => failure(500, { message: "oops" }, { "retry-after-ms": "1" }),
    () => failure(503, { message: "later" }, { "retry-after-ms": "1" }),
  );
  const began = performance.now();
  assert.is((await chat.complete(question, call)).text, "yes");
  assert.is(server.chats.length, 5);
  // Nobody said how long to wait after the cut: half a second, the first time.
  assert.ok(performance.now() - began >= 500 - 1);
});

test("complete waits for all callers while the server asks one of them to", async (t) => {
  const { server, chat } = await start(t);
  server.script.push(() => failure(429, { message: "slow down" }, { "retry-after-ms": "300" }));
  const began = performance.now();
  const first = chat.complete(question, call);
  while (server.chats.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await Promise.all([first, chat.complete(question, call)]);
  assert.ok(performance.now() - began >= 300 - 1);
  assert.is(server.chats.length, 3);
});

test("complete gives up with a typed error when a storm does not end, and asks no more than its retries", async (t) => {
  const { server, chat } = await start(
    t,
    { retries: 2 },
    () => failure(500, { message: "out of order" }, { "retry-after-ms": "1" }),
  );
  const e = await thrownBy(() => chat.complete(question, call));
  assert.ok(isHaloError(e, "HALO_MODEL_BUSY"));
  assert.is(e.message, `${server.url} answers 500 out of order`);
  assert.is(server.chats.length, 3);
});

test("complete does not wait for longer than a minute", async (t) => {
  const { server, chat } = await start(
    t,
    {},
    () => failure(429, { message: "daily limit" }, { "retry-after": "3600" }),
  );
  const e = await thrownBy(() => chat.complete(question, call));
  assert.ok(isHaloError(e, "HALO_MODEL_BUSY"));
  assert.is(server.chats.length, 1);
});

test("complete ends an attempt that takes too long, and a call that is cancelled", async (t) => {
  const { server, chat } = await start(t, { timeout_s: 0.1, retries: 1 }, () => "hang");
  const e = await thrownBy(() => chat.complete(question, call));
  assert.ok(isHaloError(e, "HALO_MODEL_BUSY"));
  assert.is(e.message, `${server.url} did not answer in time`);
  assert.is(server.chats.length, 2);
  const controller = new AbortController();
  const cancelled = thrownBy(() => chat.complete(question, controller));
  controller.abort(new Error("enough"));
  assert.is((await cancelled as Error).message, "enough");
});

test("complete does not repeat what no repetition mends", async (t) => {
  const { server, chat } = await start(t);
  const cases = [
    [failure(400, { message: "unknown field" }), "HALO_MODEL_REQUEST"],
    [failure(422, { message: "unknown field" }), "HALO_MODEL_REQUEST"],
    [failure(401, { message: "no" }), "HALO_MODEL_KEY"],
    [failure(404, { message: "no such model" }), "HALO_MODEL_UNKNOWN"],
    [failure(429, { message: "You exceeded your quota", code: "insufficient_quota" }), "HALO_LIMIT_QUOTA"],
    [{ status: 200, body: { object: "chat.completion" } }, "HALO_MODEL_REPLY"],
    [completion([""]), "HALO_MODEL_REPLY"],
    [completion([{ message: { role: "assistant", content: null, refusal: "no" } }]), "HALO_MODEL_REPLY"],
    [
      completion([{ message: { role: "assistant", content: "ye", refusal: null }, finish_reason: "length" }]),
      "HALO_MODEL_REPLY",
    ],
  ] as const;
  for (const [answer, code] of cases) {
    server.script.push(() => answer);
    const before = server.chats.length;
    const e = await thrownBy(() => chat.complete(question, call));
    assert.is(isHaloError(e) && e.code, code);
    assert.is(server.chats.length, before + 1);
  }
});

test("complete holds a model to a schema and checks what comes back in any case", async (t) => {
  const json = { type: "object", properties: { n: { type: "integer" } }, required: ["n"], additionalProperties: false };
  const schema = { name: "number", json };
  const { server, chat } = await start(t, {}, () => completion(['{"n": 3}']));
  assert.equal((await chat.complete({ ...question, schema }, call)).json, { n: 3 });
  assert.equal(server.chats[0]!.body.response_format, {
    type: "json_schema",
    json_schema: { name: "number", strict: true, schema: json },
  });
  server.otherwise = () => completion(['{"n": "three"}']);
  const e = await thrownBy(() => chat.complete({ ...question, schema }, call));
  assert.ok(isHaloError(e, "HALO_MODEL_REPLY"));
  assert.is(e.message, 'the answer/n must be integer, got "{\\"n\\": \\"three\\"}"');
  const plain = await start(t, { supports: { json_schema: false } }, () => completion(['```json\n{"n": 4}\n```']));
  assert.equal((await plain.chat.complete({ ...question, schema }, call)).json, { n: 4 });
  assert.is(plain.server.chats[0]!.body.response_format, undefined);
  assert.match(plain.server.chats[0]!.body.messages.at(-1).content[0].text, /^Answer with JSON of this schema only: /);
});

test("complete prices fresh, cached and written tokens and adds them to the run's budget", async (t) => {
  const { budget, chat } = await start(t, {}, () => completion(["yes"], { prompt: 2000, cached: 1000, output: 100 }));
  const { usage, costUsd } = await chat.complete(question, call);
  assert.equal(usage, { promptTokens: 2000, cachedTokens: 1000, completionTokens: 100 });
  // 1000 · 2.5 + 1000 · 1.25 + 100 · 10 dollars per million.
  assert.is(costUsd, 0.00475);
  assert.equal(budget.spent, { tokens: 2100, usd: 0.00475 });
});

test("complete asks nothing more once the budget is spent", async (t) => {
  for (
    const [limits, code] of [[{ tokens: 150, usd: 0 }, "HALO_LIMIT_TOKENS"], [
      { tokens: 0, usd: 0.0006 },
      "HALO_LIMIT_USD",
    ]] as const
  ) {
    const { server, chat } = await start(t, { budget: new RunBudget(limits) });
    // Each reply takes 100 + 10 tokens, $0.00035: two fit, a third would not.
    await chat.complete(question, call);
    await chat.complete(question, call);
    const e = await thrownBy(() => chat.complete(question, call));
    assert.is(isHaloError(e) && e.code, code);
    assert.is(server.chats.length, 2);
  }
});

test("create refuses a budget in dollars for a model without a price", async (t) => {
  const e = await thrownBy(() => start(t, { prices: { models: {} }, budget: new RunBudget({ tokens: 0, usd: 1 }) }));
  assert.ok(isHaloError(e, "HALO_MODEL_PRICE"));
  assert.equal([e.message, e.option], ['`limits.usd` is set, but "m" has no price', "prices"]);
});

test("a budget adds up what earlier attempts of a run spent", async (t) => {
  const { path } = t.use(runsFolder());
  const first = new RunBudget();
  await first.keepIn(path);
  await first.spend({ tokens: 7, usd: 0.25 });
  await first.spend({ tokens: 1, usd: 0.5 });
  const second = new RunBudget({ tokens: 0, usd: 0.7 });
  await second.keepIn(path);
  assert.equal(second.spent, { tokens: 8, usd: 0.75 });
  const e = await thrownBy(() => second.check());
  assert.ok(isHaloError(e, "HALO_LIMIT_USD"));
  assert.is(e.message, "$0.7500 are spent on paid models, `limits.usd` is 0.7");
});

test("costUsd is 0 without a price", () => {
  assert.is(costUsd(undefined, { promptTokens: 9, cachedTokens: 0, completionTokens: 9 }), 0);
});

test("RateLimit spreads requests and tokens over the minute and obeys a server that closes", () => {
  // 60 requests a minute are one a second; a tenth of a minute's amount, 6, may go at once.
  const requests = new RateLimit({ requests_per_minute: 60, tokens_per_minute: 0 });
  const waits = Array.from({ length: 8 }, () => requests.take(1000, 0));
  assert.equal(waits, [0, 0, 0, 0, 0, 0, 1000, 2000]);
  // 2 s later the debt of two is paid: the next one waits its own second.
  assert.is(requests.take(1000, 2000), 1000);
  // 6000 tokens a minute are one each 10 ms, 600 at once.
  const tokens = new RateLimit({ requests_per_minute: 0, tokens_per_minute: 6000 });
  assert.equal([tokens.take(600, 0), tokens.take(100, 0)], [0, 1000]);
  // The first request took 200 less than guessed: the debt of 100 becomes 100 left.
  tokens.settle(-200, 0);
  assert.is(tokens.take(100, 0), 0);
  const closed = new RateLimit({ requests_per_minute: 0, tokens_per_minute: 0 });
  closed.closeFor(500, 1000);
  assert.equal([closed.take(1, 1000), closed.take(1, 1400), closed.take(1, 1600)], [500, 100, 0]);
});

test("complete tries again after an error under HTTP 200, and quotes it when it stays", async (t) => {
  const { server, chat } = await start(t, { retries: 1 });
  const full = () => ({ status: 200, body: { error: { message: "queue is full", code: 503 } } });
  server.script.push(full);
  assert.is((await chat.complete(question, call)).text, "yes");
  server.script.push(full, full);
  const e = await thrownBy(() => chat.complete(question, call));
  assert.ok(isHaloError(e, "HALO_MODEL_BUSY"));
  assert.match((e as Error).message, /answers 200 with the error 503: queue is full/);
});

test("complete tells a prompt that is too long, with and without an HTTP status", async (t) => {
  const { server, chat } = await start(t);
  const message = "This model's maximum context length is 4096 tokens";
  server.script.push(
    () => failure(400, { message, code: "context_length_exceeded" }),
    () => ({ status: 200, body: { object: "error", message, code: 400 } }),
  );
  for (const _ of [1, 2]) {
    const e = await thrownBy(() => chat.complete(question, call));
    assert.ok(isHaloError(e, "HALO_MODEL_CONTEXT"), String(e));
    assert.match((e as Error).message, /maximum context length is 4096/);
  }
});

test("complete says where text went that a server's parser took out of the content", async (t) => {
  const { server, chat } = await start(t);
  const thought = { message: { role: "assistant", content: null, reasoning_content: "yes" } };
  server.script.push(() => completion([thought]), () => completion([{ ...thought, finish_reason: "length" }]));
  const e = await thrownBy(() => chat.complete(question, call));
  assert.ok(isHaloError(e, "HALO_MODEL_REPLY"));
  assert.match((e as Error).message, /with `reasoning_content` and no `content`/);
  const long = await thrownBy(() => chat.complete(question, call));
  assert.ok(isHaloError(long) && /thinks longer/.test(long.hint!));
});
