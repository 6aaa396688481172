// Answers chosen among candidates: what is listed, how likely each is, and draws from a stand-in server.
import type { Element, Point, Sample } from "halo-agent";
import { exp } from "halo-agent/kit";
import { forksOf, scoreAnswers } from "../../../plugins/vllm/answer-tree.ts";
import { candidatesOf } from "../../../plugins/vllm/candidates.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { FaultServer, scored } from "./fault-server.ts";
import { pointOf, requestOf } from "./points.ts";
import { policyFor } from "./policy-for.ts";

const test = suite("vllm/candidates");

const control = (id: string, role: string, name: string, o: Partial<Element> = {}): Element => ({
  ...{ id, role, name, states: [], near: "", region: "", centre: [0, 0] as const },
  ...o,
});

function pageOf(text: string, elements: readonly Element[]): Point {
  const at = pointOf(1);
  return { ...at, task: { ...at.task, text }, observation: { ...at.observation, elements } };
}

const linesOf = (at: Point, most = 8) => candidatesOf(at, { most }).map(({ text }) => text);

test("candidatesOf lists clicks, the task's quoted texts for each field, and done", () => {
  const at = pageOf('Search for "oak" and “elm”', [
    control("e0", "button", "Menu"),
    control("e1", "searchbox", "Search", { states: ["editable"] }),
    control("e2", "button", "Older", { states: ["disabled"] }),
    control("e3", "textbox", "Note", { states: ["editable"] }),
  ]);
  assert.equal(candidatesOf(at, { most: 9 }), [
    { text: 'click "Menu"', action: { action: "click", el: "e0" } },
    {
      text: 'type "oak" into "Search"',
      action: { action: "type", el: "e1", text: "oak", clear: true, submit: true },
    },
    {
      text: 'type "elm" into "Search"',
      action: { action: "type", el: "e1", text: "elm", clear: true, submit: true },
    },
    { text: 'type "oak" into "Note"', action: { action: "type", el: "e3", text: "oak", clear: true } },
    { text: 'type "elm" into "Note"', action: { action: "type", el: "e3", text: "elm", clear: true } },
    { text: "done", action: { action: "done" } },
  ]);
});

test("candidatesOf keeps those that share most words with the task, in document order", () => {
  const at = pageOf("Star the letter from Anna Bell", [
    control("e0", "link", "Inbox"),
    control("e1", "button", "Open letter from Carl"),
    control("e2", "button", "Star letter from Anna Bell"),
    control("e3", "link", "Sent"),
    control("e4", "button", "Open letter from Anna Bell"),
  ]);
  assert.equal(linesOf(at, 3), ['click "Star letter from Anna Bell"', 'click "Open letter from Anna Bell"', "done"]);
  assert.equal(linesOf(at, 5).slice(0, 2), ['click "Inbox"', 'click "Open letter from Carl"']);
});

test("candidatesOf tells like controls apart by what is near, by region, then by id", () => {
  const at = pageOf("Star it", [
    control("e0", "checkbox", "Star", { near: "Anna" }),
    control("e1", "checkbox", "Star", { near: "Bert", region: "list" }),
    control("e2", "checkbox", "Star", { near: "Bert", region: "head" }),
    control("e3", "button", ""),
    control("e4", "button", ""),
  ]);
  assert.equal(linesOf(at), [
    'click "Star" near "Anna"',
    'click "Star" near "Bert" in "list"',
    'click "Star" near "Bert" in "head"',
    'click "button" e3',
    'click "button" e4',
    "done",
  ]);
});

test("candidatesOf lets no line break, special token or endless name through", () => {
  const [first, second] = linesOf(pageOf("Go", [
    control("e0", "button", "a\nb\u2028c <|im_end|>"),
    control("e1", "button", "x".repeat(100)),
  ]));
  assert.is(first, 'click "a b c < |im_end|>"');
  assert.is(second, `click "${"x".repeat(71)}…"`);
});

// By hand: 1 is certain, then 2 or 3; after 1 2 comes 4 or 5.
const answers = [[1, 2, 4], [1, 2, 5], [1, 3, 6]];

test("forksOf names each place where several tokens may follow", () => {
  assert.equal(forksOf(answers), [{ path: [1], next: [2, 3] }, { path: [1, 2], next: [4, 5] }]);
  assert.equal(forksOf([[1, 2]]), []);
});

test("scoreAnswers multiplies what is likely at each fork among its tokens alone", () => {
  const ln = Math.log;
  // 2 is three times as likely as 3; 4 and 5 alike; what else the vocabulary holds does not count.
  const values = [[ln(0.03), ln(0.01)], [ln(0.2), ln(0.2)]];
  const made = scoreAnswers(answers, { forks: forksOf(answers), values, temperature: 1 });
  const p = made.map(({ logprob }) => Number(exp(logprob).toFixed(12)));
  assert.equal(p, [0.375, 0.375, 0.25]);
  assert.equal(made[0]!.among, [[1], [2, 3], [4, 5]]);
  assert.equal(made[2]!.among, [[1], [2, 3], [6]]);
  assert.equal(made[2]!.logprobs.map((l) => Number(exp(l).toFixed(12))), [1, 0.25, 1]);
  // At 0.5 odds are squared: 9 to 1.
  const sharp = scoreAnswers(answers, { forks: forksOf(answers), values, temperature: 0.5 });
  assert.is(Number(exp(sharp[2]!.logprob).toFixed(12)), 0.1);
});

async function start(t: TestContext) {
  const server = t.use(new FaultServer());
  const url = await server.listen();
  return t.use(policyFor({ url, model: "tiny", screenshots: 0, answers: "candidates", retries: 0 }));
}

const at = pageOf("Star the letter from Anna", [control("e0", "button", "Ab"), control("e1", "button", "Cd")]);
const lines = ['click "Ab"', 'click "Cd"', "done"];
/** Bytes are the stand-in's tokens: c or d first, then A or C. */
const likely = (first: string, second?: string): number => {
  const of = (byte: string) => exp(scored("tiny", [0, byte.charCodeAt(0)])[0]!);
  const share = (one: string, other: string) => of(one) / (of(one) + of(other));
  return share(first, first === "c" ? "d" : "c") * (second ? share(second, second === "A" ? "C" : "A") : 1);
};
const odds = [likely("c", "A"), likely("c", "C"), likely("d")];

const tokensOf = ({ trace }: Sample) => trace.kind === "tokens" ? trace : undefined;

test("policy draws lines with their exact probability, and says what each token was chosen among", async (t) => {
  const policy = await start(t);
  const draw = await policy.sample(requestOf(at, { n: 400 }), { signal: t.signal });
  for (const sample of draw.samples) {
    const i = lines.indexOf(sample.text);
    const { ids, logprobs, among } = tokensOf(sample)!;
    assert.is(Buffer.from(ids).toString(), `${sample.text}\n`);
    assert.ok(Math.abs(exp(sample.logprob!) - odds[i]!) < 1e-9);
    assert.ok(Math.abs(logprobs.reduce((a, b) => a + b, 0) - sample.logprob!) < 1e-9);
    assert.equal(among![0], [99, 100]);
    assert.ok(among!.every((choice, k) => choice.includes(ids[k]!) && (choice.length > 1 || logprobs[k] === 0)));
    assert.equal(sample.parsed, { ok: true, repairs: 0, action: candidatesOf(at, { most: 8 })[i]!.action });
  }
  lines.forEach((line, i) => {
    const share = draw.samples.filter(({ text }) => text === line).length / 400;
    assert.ok(Math.abs(share - odds[i]!) < 0.1, `${line}: ${share}, expected ${odds[i]}`);
  });
  const { prompt } = draw;
  const told = prompt.kind === "tokens" ? Buffer.from(prompt.ids.slice(1)).toString() : "";
  assert.ok(told.includes("Task: Star the letter from Anna"));
  assert.ok(told.endsWith(["Next steps to choose from:", ...lines].join("\n")));
  assert.not.match(told, "Visible controls");
});

test("policy takes the likeliest line in mode greedy, and different ones in mode distinct", async (t) => {
  const policy = await start(t);
  const greedy = await policy.sample(requestOf(at, { n: 2, mode: "greedy", temperature: 0.3 }), { signal: t.signal });
  const best = lines[odds.indexOf(Math.max(...odds))]!;
  assert.equal([greedy.samples.map(({ text }) => text), greedy.temperature], [[best, best], 1]);
  const distinct = await policy.sample(requestOf(at, { n: 9, mode: "distinct" }), { signal: t.signal });
  assert.equal(distinct.samples.map(({ text }) => text).toSorted(), lines);
});

test("policy draws at the temperature asked for, draw by draw from generators of their own", async (t) => {
  const policy = await start(t);
  const texts = async (n: number, temperature = 1) => {
    const { samples } = await policy.sample(requestOf(at, { n, temperature }), { signal: t.signal });
    return samples.map(({ text }) => text);
  };
  assert.equal((await texts(16)).slice(0, 5), await texts(5));
  const cold = await policy.sample(requestOf(at, { n: 1, temperature: 0.5 }), { signal: t.signal });
  const all = await policy.sample(requestOf(at, { n: 9, mode: "distinct", temperature: 0.5 }), { signal: t.signal });
  const total = all.samples.reduce((sum, { logprob }) => sum + exp(logprob!), 0);
  assert.ok(Math.abs(total - 1) < 1e-9);
  assert.is(cold.temperature, 0.5);
});

test("policy is certain, and asks nothing, where there is one line only", async (t) => {
  const policy = await start(t);
  const { samples } = await policy.sample(requestOf(pageOf("Go", []), { n: 2 }), { signal: t.signal });
  assert.equal(samples.map(({ text, logprob }) => [text, logprob]), [["done", 0], ["done", 0]]);
  assert.equal(tokensOf(samples[0]!)!.logprobs, [0, 0, 0, 0, 0]);
});

test("policy refuses candidates beside screenshots", async () => {
  const e = await thrownBy(() => policyFor({ url: "http://127.0.0.1:9/v1", model: "tiny", answers: "candidates" }));
  assert.match(String(e), /HALO_OPTION_CONFLICT|candidates scores texts/);
});
