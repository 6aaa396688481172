import { isHaloError, type Policy, type Screenshot } from "halo-agent";
import { keyedRng, sha256 } from "halo-agent/kit";
import { checkPolicy, createPlugin } from "halo-agent/testing";
import type { Mode } from "../../../core/domain/sample.ts";
import openai from "../../../plugins/openai/policy.ts";
import { RunBudget } from "../../../core/run/budget.ts";
import { silentLog } from "../../../core/util/log.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { pointOn, shelf } from "../linear/page.ts";
import { completion, failure, type Script, startServer } from "./test-server.ts";

const test = suite("openai/policy");
const call = { signal: new AbortController().signal };
const say = (action: object, thought = "so be it") => JSON.stringify({ thought, action });
const click = say({ action: "click", el: "e0" });
const png = new Uint8Array([137, 80, 78, 71]);
const screenshot: Screenshot = { sha256: sha256(png), widthPx: 1280, heightPx: 720, png };
const page = pointOn(shelf, { goal: 'Open "blue".' });
const at = { ...page, observation: { ...page.observation, screenshot } };

const request = (o: { n?: number; mode?: Mode; temperature?: number } = {}) => ({
  at,
  n: o.n ?? 1,
  mode: o.mode ?? "sample" as const,
  temperature: o.temperature ?? 1,
  rng: keyedRng("openai"),
});

/** A policy and the server behind it; the server answers each request with as many clicks as it asks for. */
async function start(
  t: TestContext,
  { options = {} }: { readonly options?: Readonly<Record<string, unknown>> } = {},
  answer?: Script,
) {
  const clicks: Script = ({ body }) => completion(Array.from({ length: body.n }, () => click));
  const server = t.use(await startServer(answer ?? clicks));
  const needs = { budget: new RunBudget(), log: silentLog };
  const policy: Policy = await createPlugin(openai, { model: "m", url: server.url, ...options }, needs);
  return { server, policy: t.use(policy) };
}

test("sample sends the goal, the controls, the screenshot and the strict action schema, every sampling field explicit", async (t) => {
  const { server, policy } = await start(t);
  assert.equal(policy.need, { screenshot: true, axtree: false });
  await policy.sample(request({ n: 3, temperature: 0.7 }), call);
  const { messages, response_format, ...rest } = server.chats[0]!.body;
  assert.equal(
    { ...rest, seed: typeof rest.seed },
    { model: "m", n: 3, temperature: 0.7, top_p: 1, max_completion_tokens: 600, seed: "number" },
  );
  assert.equal([response_format.type, response_format.json_schema.strict], ["json_schema", true]);
  const [, { content: [text, image] }] = messages;
  assert.match(text.text, /^Task: Open "blue"\.\nSteps left: 9 of 9\n\nPage: Page \(page:\/\)\nVisible controls:\n/);
  assert.match(text.text, /\[e3\] button "blue" near "blue box" in main at \[500,500\]/);
  const url = `data:image/png;base64,${btoa(String.fromCharCode(...png))}`;
  assert.equal(image, { type: "image_url", image_url: { url, detail: "high" } });
});

test("the strict schema is within what strict structured output allows", async (t) => {
  const { server, policy } = await start(t);
  await policy.sample(request(), call);
  const { schema } = server.chats[0]!.body.response_format.json_schema;
  const wrong: string[] = [];
  const verbs: string[] = [];
  const visit = (node: Record<string, unknown>, path: string) => {
    for (const word of ["oneOf", "const", "minLength", "maxLength", "not", "if"]) {
      if (word in node) wrong.push(`${path}.${word}`);
    }
    const properties = node["properties"] as Record<string, Record<string, unknown>> | undefined;
    if (node["type"] === "object") {
      const names = Object.keys(properties!);
      if (node["additionalProperties"] !== false) wrong.push(`${path} is open`);
      if (JSON.stringify(node["required"]) !== JSON.stringify(names)) wrong.push(`${path} has optional fields`);
    }
    const verb = properties?.["action"]?.["enum"] as string[] | undefined;
    if (verb) verbs.push(`${verb[0]}(${Object.keys(properties!).slice(1).join(",")})`);
    for (const [name, one] of Object.entries(properties ?? {})) visit(one, `${path}.${name}`);
    for (const [i, one] of ((node["anyOf"] ?? []) as Record<string, unknown>[]).entries()) visit(one, `${path}[${i}]`);
    if (node["items"]) visit(node["items"] as Record<string, unknown>, `${path}.items`);
  };
  visit(schema, "$");
  assert.equal(wrong, []);
  // A verb that needs a target stands once with `el` and once with `at`; the others once.
  assert.equal(verbs, [
    "click(el)",
    "click(at)",
    "double_click(el)",
    "double_click(at)",
    "right_click(el)",
    "right_click(at)",
    "hover(el)",
    "hover(at)",
    "drag(el,to)",
    "drag(at,to)",
    "type(el,at,text,clear,submit)",
    "key(keys)",
    "scroll(el,at,dx,dy)",
    "select(el,options)",
    "select(at,options)",
    "goto(url)",
    "back()",
    "forward()",
    "noop()",
    "wait(ms)",
    "done(text)",
    "infeasible(text)",
  ]);
});

test("sample reads structured outputs, drops what is null, and keeps what was said", async (t) => {
  const text = say({ action: "type", el: "e2", at: null, text: "blue", clear: true, submit: null });
  const { policy } = await start(t, {}, () => completion([text]));
  const draw = await policy.sample(request(), call);
  const action = { action: "type", el: "e2", text: "blue", clear: true } as const;
  const sample = { text, parsed: { ok: true, action, repairs: 0 }, trace: { kind: "none" } } as const;
  assert.equal(draw, { prompt: { kind: "none" }, samples: [sample], policyVersion: 0, temperature: 1 });
});

test("sample takes a refusal, a cut and a filtered output for unreadable outputs, not for faults", async (t) => {
  const outputs = [
    { message: { role: "assistant", content: null, refusal: "I cannot." } },
    { message: { role: "assistant", content: '{"thought": "I', refusal: null }, finish_reason: "length" },
    { message: { role: "assistant", content: "", refusal: null }, finish_reason: "content_filter" },
    { message: { role: "assistant", content: null, refusal: null } },
  ];
  const { server, policy } = await start(t, {}, () => completion(outputs));
  const { samples } = await policy.sample(request({ n: 4 }), call);
  assert.equal(samples.map(({ parsed }) => parsed.ok || parsed.code), ["REFUSED", "CUT_OFF", "FILTERED", "EMPTY"]);
  server.script.push(() => failure(400, { message: "The prompt was filtered", code: "content_filter" }));
  const filtered = await policy.sample(request({ n: 2 }), call);
  assert.equal(filtered.samples.map(({ parsed }) => parsed.ok || parsed.code), ["FILTERED", "FILTERED"]);
});

test("greedy asks once at temperature 0 and gives that sample n times; distinct asks again for different actions", async (t) => {
  const { server, policy } = await start(t);
  const greedy = await policy.sample(request({ n: 3, mode: "greedy" }), call);
  assert.equal([server.chats.length, server.chats[0]!.body.n, server.chats[0]!.body.temperature], [1, 1, 0]);
  assert.equal(greedy.samples.map((s) => s.text), [click, click, click]);
  const other = say({ action: "click", el: "e1" });
  server.script.push(
    () => completion([click, click, "nonsense"]),
    ({ body }) => completion([other, click].slice(0, body.n)),
  );
  const { samples } = await policy.sample(request({ n: 3, mode: "distinct" }), call);
  assert.equal(samples.map((s) => s.text), [click, other]);
  // Of three outputs one action came, of the two more another; the third is not found.
  assert.equal(server.chats.slice(1).map(({ body }) => body.n), [3, 2, 1]);
  const seeds = server.chats.slice(1).map(({ body }) => body.seed);
  assert.is(new Set(seeds).size, 3);
});

test("sample asks again when a server sends fewer choices, and says so when it never sends enough", async (t) => {
  const { server, policy } = await start(t, { options: { retries: 0 } });
  server.script.push(() => completion([click, click]));
  assert.is((await policy.sample(request({ n: 4 }), call)).samples.length, 4);
  assert.equal(server.chats.map(({ body }) => body.n), [4, 2]);
  server.otherwise = () => completion([]);
  const e = await thrownBy(() => policy.sample(request({ n: 2 }), call));
  assert.ok(isHaloError(e, "HALO_MODEL_REPLY"));
  assert.is(e.message, "expected 2 samples, got 0 in 3 requests");
});

test("flags under `supports` keep from the server what it does not know", async (t) => {
  const supports = {
    n: false,
    seed: false,
    json_schema: false,
    images: false,
    max_completion_tokens: false,
    models: false,
  };
  const plain = '```json\n{"action": "click", "el": "e3"}\n```';
  const { server, policy } = await start(t, { options: { supports } }, () => completion([plain]));
  assert.is(policy.need.screenshot, false);
  const { samples } = await policy.sample(request({ n: 2 }), call);
  assert.equal(samples.map(({ parsed }) => parsed.ok && parsed.action), [
    { action: "click", el: "e3" },
    { action: "click", el: "e3" },
  ]);
  assert.equal(server.chats.length, 2);
  for (const { body } of server.chats) {
    assert.equal(Object.keys(body).sort(), ["max_tokens", "messages", "model", "n", "temperature", "top_p"]);
    assert.ok(body.messages.every((m: { content: unknown }) => typeof m.content === "string"));
    assert.match(body.messages[0].content, /must match this schema/);
  }
});

test("sample carries log-probabilities when the server gives them", async (t) => {
  const tokens = { content: [{ token: "{", logprob: -0.25 }, { token: "}", logprob: -0.5 }] };
  const output = { message: { role: "assistant", content: click, refusal: null }, logprobs: tokens };
  const { server, policy } = await start(t, { options: { supports: { logprobs: true } } }, () => completion([output]));
  const { samples } = await policy.sample(request(), call);
  assert.equal([server.chats[0]!.body.logprobs, samples[0]!.logprob], [true, -0.75]);
});

test("a policy keeps the promises of every policy", async (t) => {
  const { policy } = await start(t);
  await checkPolicy(policy, [at]);
});

test("ready says which model is missing, and that no server is there", async (t) => {
  const server = t.use(await startServer(() => completion([click])));
  const needs = { budget: new RunBudget(), log: silentLog };
  const ready = async (options: object) =>
    (await createPlugin(openai, { url: server.url, ...options }, needs)).ready!(call);
  await ready({ model: "m" });
  const wrong = await thrownBy(() => ready({ model: "other" }));
  assert.ok(isHaloError(wrong, "HALO_MODEL_UNKNOWN"));
  assert.match(wrong.message, /has no model "other": 404 The model `other` does not exist$/);
  await server.close();
  const gone = await thrownBy(() => ready({ model: "m", retries: 0 }));
  assert.ok(isHaloError(gone, "HALO_MODEL_SERVER"));
  assert.ok(gone.message.startsWith(`${server.url} cannot be reached: `), gone.message);
  assert.is(gone.option, "url");
});
