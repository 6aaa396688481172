import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Element, Observation, RewardFold, RewardShaper, Transition } from "halo-agent";
import { isHaloError } from "halo-agent";
import { createPlugin } from "halo-agent/testing";
import { loadDocument, loadPipeline } from "../../../core/config/load.ts";
import type { Plugin } from "../../../core/plugin/define.ts";
import { optionsCheck } from "../../../core/plugin/options.ts";
import { openRun } from "../../../core/record/runs.ts";
import { RunAnswers } from "../../../core/run/answers.ts";
import { RunBudget } from "../../../core/run/budget.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import judge from "../../../plugins/judge/reward.ts";
import openai from "../../../plugins/openai/policy.ts";
import { runsFolder } from "../../core/run/board-run.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { completion, failure, type Received, type Script, startServer } from "../openai/test-server.ts";

const test = suite("judge/reward");
const call = { signal: new AbortController().signal };
const goal = { id: "g", text: "Send it", startUrl: "http://a.test/", maxSteps: 9 };
const progress = (percent: number, reason = "seen") => completion([JSON.stringify({ reason, progress: percent })]);

function page(...names: readonly string[]): Observation {
  const elements = names.map((name, i): Element => ({
    ...{ id: `e${i}`, role: "button", name, states: [], near: "", region: "", centre: [500, 10 * i] },
  }));
  return { url: "http://a.test/", title: "A", elements, stateKey: names.join("|") };
}

const click = (from: Observation, to: Observation): Transition => ({
  from,
  to,
  parsed: { ok: true, action: { action: "click", el: "e0" }, repairs: 0 },
});

async function start(
  t: TestContext,
  answer: Script,
  { budget = new RunBudget(), answers = new RunAnswers(), options = {} }: {
    readonly budget?: RunBudget;
    readonly answers?: RunAnswers;
    readonly options?: Readonly<Record<string, unknown>>;
  } = {},
) {
  const server = t.use(await startServer(answer));
  const prices = { models: { m: { input: 10, cached: 5, output: 30 } } };
  const policy = await createPlugin(openai, { model: "m", url: server.url, retries: 0, prices }, {
    budget,
    log: silentLog,
  });
  const filled = { policy: "openai", ...options };
  assert.equal(optionsCheck(judge as unknown as Plugin)(filled), []);
  const reward: RewardShaper = await judge.create({ ...filled, policy } as never, { answers });
  return { server, reward };
}

async function pay(fold: RewardFold, step: Transition) {
  return (await fold.prepare!(step, call)).next(step);
}

const [inbox, form, sent] = [page("Compose", "Inbox"), page("Send", "Inbox"), page("Sent", "Inbox")];

test("a step is paid the change of progress, and a path sums to the last one", async (t) => {
  const { server, reward } = await start(t, () => progress(0));
  server.script.push(() => progress(30), () => progress(20), () => progress(100, "it says Sent"));
  let fold = reward.start(goal, inbox);
  const paid: number[] = [];
  for (const step of [click(inbox, form), click(form, inbox), click(inbox, sent)]) {
    const turn = await pay(fold, step);
    fold = turn.fold;
    paid.push(...turn.terms.map(({ value }) => value));
    if (step.to === sent) {
      assert.equal(turn.terms, [{ name: "progress", value: 0.8, evidence: "20 % → 100 %: it says Sent" }]);
    }
  }
  assert.equal(paid, [0.3, -0.1, 0.8]);
  assert.is(reward.metrics!()["judge/calls"], 3);
});

test("the question has the task, what was done, the page and what changed on it, by a strict schema", async (t) => {
  const { server, reward } = await start(t, () => progress(10));
  const first = await pay(reward.start(goal, inbox), click(inbox, form));
  await pay(first.fold, click(form, sent));
  const { messages, response_format, temperature } = server.chats[1]!.body;
  assert.equal(
    messages.at(-1).content[0].text,
    [
      "Task: Send it",
      "Done before:",
      '1. click button "Compose"',
      "Progress before the last action: 10 %",
      'Last action: click button "Send"',
      "The page now:",
      "Page: A (http://a.test/)",
      'button "Sent"',
      'button "Inbox"',
      "No longer on it:",
      'button "Send"',
      "New on it:",
      'button "Sent"',
    ].join("\n"),
  );
  assert.equal([temperature, response_format.json_schema.strict], [0, true]);
});

test("nothing is asked of a step that changed nothing, and it is paid nothing", async (t) => {
  const { server, reward } = await start(t, () => progress(10));
  const fold = reward.start(goal, inbox);
  const done: Transition = { ...click(inbox, inbox), parsed: { ok: true, action: { action: "done" }, repairs: 0 } };
  const noise: Transition = { ...click(inbox, inbox), parsed: { ok: false, code: "PARSE", message: "" } };
  for (const step of [click(inbox, inbox), done, noise]) assert.equal((await pay(fold, step)).terms, []);
  assert.is(server.chats.length, 0);
});

test("an equal question is asked once, at the same time, later and in a resumed run", async (t) => {
  const runs = t.use(runsFolder());
  const answers = new RunAnswers();
  await answers.keepIn(runs.path);
  const { server, reward } = await start(t, () => progress(10), { answers });
  const step = () => click(inbox, form);
  await Promise.all([step(), step()].map((one) => pay(reward.start(goal, inbox), one)));
  await pay(reward.start(goal, inbox), step());
  assert.is(server.chats.length, 1);
  const later = new RunAnswers();
  await later.keepIn(runs.path);
  const again = await start(t, () => progress(90), { answers: later, options: { max_calls: 1 } });
  assert.is((await pay(again.reward.start(goal, inbox), step())).terms[0]!.value, 0.1);
  assert.is(again.server.chats.length, 0);
  // What earlier attempts asked counts: another question would be the second.
  const e = await thrownBy(() => pay(again.reward.start(goal, inbox), click(inbox, sent)));
  assert.ok(isHaloError(e, "HALO_LIMIT_JUDGE"));
});

test("a refusal, another schema and words that are no JSON are typed, and quoted when it is asked again", async (t) => {
  const refusal = completion([{ message: { role: "assistant", content: null, refusal: "I cannot" } }]);
  const wrong: readonly (readonly [Script, RegExp])[] = [
    [() => refusal, /the model refuses: I cannot$/],
    [() => completion([JSON.stringify({ progress: 10 })]), /must have required property 'reason'/],
    [() => progress(101), /must be <= 100/],
    [() => completion(["about half"]), /expected JSON, got "about half"/],
  ];
  for (const [answer, message] of wrong) {
    const { server, reward } = await start(t, answer);
    const fold = reward.start(goal, inbox);
    const e = await thrownBy(() => pay(fold, click(inbox, form)));
    assert.ok(isHaloError(e, "HALO_JUDGE_REPLY"), String(e));
    assert.match(e.message, message);
    server.otherwise = () => progress(40);
    assert.is((await pay(fold, click(inbox, form))).terms[0]!.value, 0.4);
    assert.match(server.chats[1]!.body.messages.at(-1).content[1].text, /An earlier answer could not be used: /);
  }
});

test("a server that limits the rate and budgets that end keep their own codes", async (t) => {
  const busy = await start(t, () => failure(429, { message: "slow down" }, { "retry-after-ms": "1" }));
  const e = await thrownBy(() => pay(busy.reward.start(goal, inbox), click(inbox, form)));
  assert.ok(isHaloError(e, "HALO_MODEL_BUSY"));
  // A question takes $0.0013.
  const dear = await start(t, () => progress(10), { options: { max_usd: 0.001 } });
  await pay(dear.reward.start(goal, inbox), click(inbox, form));
  const own = await thrownBy(() => pay(dear.reward.start(goal, inbox), click(inbox, sent)));
  assert.ok(isHaloError(own, "HALO_LIMIT_JUDGE"));
  assert.match(own.message, /^\$0\.0013 are spent for progress, `max_usd` is 0\.001$/);
  const poor = await start(t, () => progress(10), { budget: new RunBudget({ tokens: 100, usd: 0 }) });
  await pay(poor.reward.start(goal, inbox), click(inbox, form));
  const run = await thrownBy(() => pay(poor.reward.start(goal, inbox), click(inbox, sent)));
  assert.ok(isHaloError(run, "HALO_LIMIT_TOKENS"));
});

test("pictures of both pages are sent where the option asks for them, and name the question", async (t) => {
  const { server, reward } = await start(t, () => progress(10), { options: { screenshot: true } });
  assert.equal(reward.need, { screenshot: true });
  const shot = (sha256: string) => ({ sha256, widthPx: 1, heightPx: 1, png: new Uint8Array([1]) });
  const step = click({ ...inbox, screenshot: shot("a") }, { ...inbox, screenshot: shot("b") });
  await pay(reward.start(goal, inbox), step);
  const parts: readonly { readonly type: string }[] = server.chats[0]!.body.messages.at(-1).content;
  assert.equal(parts.map(({ type }) => type), ["text", "text", "image_url", "text", "image_url"]);
});

/** Counts the pressed tiles of the board, as a judge that sees the page would. */
const counting: Script = ({ body }: Received) => {
  const text: string = body.messages.at(-1).content[0].text;
  const wanted = [...text.split("\n", 1)[0]!.matchAll(/"([^"]+)"/g)].length;
  const now = text.slice(text.indexOf("The page now:")).split("No longer on it:")[0]!;
  return progress(Math.min(100, Math.round(100 * [...now.matchAll(/\(pressed\)/g)].length / wanted)));
};

test("a judge that cannot answer stops a run and is no reward; a resume goes on without asking twice", async (t) => {
  const runs = t.use(runsFolder());
  const server = t.use(await startServer(() => completion(["?"])));
  const file = join(packageRoot(), "tests/board/pipeline.yaml");
  const model = `{use: openai, options: {model: m, url: "${server.url}", retries: 0}}`;
  const sets = [
    `runs_dir=${runs.path}`,
    "stages=[{train: {iterations: 1, tasks_per_iteration: 2}}]",
    `rewards=[{use: judge, options: {policy: ${model}}}]`,
    "limits.faulty_tasks=0",
  ];
  const o = { log: silentLog, signal: t.signal, packageRoot: packageRoot() };
  const pipeline = await loadPipeline(file, { cwd: packageRoot(), env: {}, sets });
  const stopped = await runPipeline(pipeline, o);
  assert.is(stopped.exit, 4);
  assert.match(stopped.error!.message, /reward, HALO_JUDGE_REPLY/);
  server.otherwise = counting;
  const folder = await openRun(stopped.run, runs.path);
  const resumed = await loadDocument(folder.info.document, { base: folder.info.base, env: {}, sets: [] });
  const done = await runPipeline(resumed, { ...o, resume: folder });
  assert.is(done.exit, 0, done.error?.message);
  // Every answer that could be used was asked for once.
  const lines = readFileSync(join(folder.path, "answers.jsonl"), "utf8").trim().split("\n").slice(1);
  const used = lines.map((line) => JSON.parse(line)).filter(({ value }) => value.percent !== undefined);
  assert.ok(used.length > 0);
  assert.is(new Set(used.map(({ key }) => key)).size, used.length);
});
