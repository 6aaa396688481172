import type { Action, Chat, ChatRequest, Draw, Json, Sample } from "halo-agent";
import { isHaloError } from "halo-agent";
import {
  candidatesOf,
  chatCritic,
  describePoint,
  estimateValue,
  jsonAnswer,
  rankCandidates,
  type RankingOptions,
  scoresOf,
} from "halo-agent/kit";
import { assert, suite, thrownBy } from "../../harness.ts";
import { pointOn, shelf } from "../../plugins/linear/page.ts";

const test = suite("chat/ranking");
const signal = new AbortController().signal;
const options: RankingOptions = {
  method: "rank",
  calibration: "scale",
  screenshot: true,
  history: 5,
  max_tokens: 300,
};
const open: Action = { action: "click", el: "e0" };
const close: Action = { action: "click", el: "e1" };
const type: Action = { action: "type", el: "e2", text: "blue" };
const at = pointOn(shelf);

/** A chat that gives these answers one after another, the last one again and again; keeps what it was asked. */
function saying(...answers: readonly Json[]): Chat & { readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  return {
    model: "fake",
    asked,
    complete(request) {
      const json = answers[Math.min(asked.length, answers.length - 1)]!;
      asked.push(request);
      const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1 };
      return Promise.resolve({ text: JSON.stringify(json), json, usage, costUsd: 0.01 });
    },
  };
}

const scored = (...scores: readonly number[]) => ({
  scores: scores.map((score, i) => ({ candidate: i + 1, reason: "", score })),
});
const questionOf = ({ messages }: ChatRequest) => {
  const last = messages.at(-1)!.content.at(-1)!;
  return last.type === "text" ? last.text : "";
};

const sample = (action: Action): Sample => ({
  text: JSON.stringify(action),
  parsed: { ok: true, action, repairs: 0 },
  trace: { kind: "none" },
});
const noise: Sample = { text: "?", parsed: { ok: false, code: "PARSE", message: "no" }, trace: { kind: "none" } };
const drawOf = (...samples: readonly Sample[]): Draw => ({
  prompt: { kind: "none" },
  samples,
  policyVersion: 0,
  temperature: 1,
});

test("rankCandidates asks about all candidates in one question and divides 0 to 10 by 10", async () => {
  const chat = saying(scored(8, 0, 10));
  assert.equal(await rankCandidates(chat, { ...options, at, candidates: [open, close, type], signal }), [0.8, 0, 1]);
  assert.is(chat.asked.length, 1);
  const [request] = chat.asked;
  assert.equal([request!.maxTokens, request!.temperature, request!.schema?.name], [300, 0, "scores"]);
  assert.match(questionOf(request!), /1\. click e0 "Open"\n2\. click e1 "Close"\n3\. type e2 "Colour" "blue"\n/);
});

test("rankCandidates by rank spreads places evenly and lets equals share the mean of theirs", async () => {
  const rank = (...scores: readonly number[]) =>
    rankCandidates(saying(scored(...scores)), {
      ...options,
      calibration: "rank",
      at,
      candidates: [open, close, type].slice(0, scores.length),
      signal,
    });
  assert.equal(await rank(7, 9, 8), [0, 1, 0.5]);
  // The two lower ones share the places 0 and 1 of 0..2: (0 + 1) / 2 / 2.
  assert.equal(await rank(5, 9, 5), [0.25, 1, 0.25]);
  assert.equal(await rank(3), [1]);
});

test("rankCandidates by best of the rest asks K − 1 times, each time without the winners", async () => {
  // Of [open, close, type] the second, then of [open, type] the second: close > type > open.
  const chat = saying({ reason: "", best: 2 }, { reason: "", best: 2 });
  const best = { ...options, method: "best_of_rest" as const, at, signal };
  assert.equal(await rankCandidates(chat, { ...best, candidates: [open, close, type] }), [0, 1, 0.5]);
  assert.equal(chat.asked.map((request) => questionOf(request).match(/^\d+\./gm)), [["1.", "2.", "3."], ["1.", "2."]]);
  const alone = saying({ reason: "", best: 1 });
  assert.equal(await rankCandidates(alone, { ...best, candidates: [open] }), [1]);
  assert.is(alone.asked.length, 0);
  const wrong = await thrownBy(() =>
    rankCandidates(saying({ reason: "", best: 4 }), { ...best, candidates: [open, close] })
  );
  assert.ok(isHaloError(wrong, "HALO_CRITIC_REPLY"));
  assert.is(wrong.message, "expected a candidate of 1 to 2, got 4");
});

test("rankCandidates refuses an answer that leaves a candidate out or scores outside of 0 to 10", async () => {
  const ask = (json: Json) =>
    thrownBy(() => rankCandidates(saying(json), { ...options, at, candidates: [open, close], signal }));
  const missing = await ask(scored(8));
  assert.ok(isHaloError(missing, "HALO_CRITIC_REPLY"));
  assert.is(missing.message, "expected scores of 2 candidates, none for 2");
  const outside = await ask(scored(8, 11));
  assert.ok(isHaloError(outside, "HALO_MODEL_REPLY"));
  assert.match(outside.message, /^the answer\/scores\/1\/score must be <= 10, got /);
});

test("estimateValue reads a probability in percent", async () => {
  assert.is(await estimateValue(saying({ reason: "", percent: 35 }), { ...options, at, signal }), 0.35);
});

test("candidatesOf and scoresOf count equal actions once, score them alike, and what is no action 0", () => {
  const same: Action = { action: "click", el: "e0", at: [1, 1] };
  const draw = drawOf(sample(open), noise, sample(close), sample(same));
  assert.is(candidatesOf(draw).length, 2);
  assert.equal(scoresOf(draw, [0.9, 0.2]), [0.9, 0, 0.2, 0.9]);
});

test("chatCritic keeps answers by task, state and candidates, and reports calls, hits and dollars once", async () => {
  const chat = saying(scored(8, 2), scored(1, 2), { reason: "", percent: 50 });
  const critic = chatCritic(chat, { ...options, by: "fake" });
  const rank = (point: typeof at, ...samples: readonly Sample[]) =>
    critic.rank({ at: point, draw: drawOf(...samples) }, { signal });
  const first = { scores: [0.8, 0.2], by: "fake", costUsd: 0.01 };
  assert.equal(await rank(at, sample(open), sample(close)), first);
  const again = pointOn(shelf, { history: [{ url: "page:/", stateKey: "s", parsed: noise.parsed }] });
  assert.equal(await rank(again, sample(open), sample(close)), { ...first, costUsd: 0 });
  const elsewhere = { ...at, observation: { ...at.observation, stateKey: "other" } };
  assert.equal((await rank(elsewhere, sample(open), sample(close))).scores, [0.1, 0.2]);
  assert.equal(await rank(at, noise), { scores: [0], by: "fake" });
  assert.equal([await critic.value!(at, { signal }), await critic.value!(at, { signal })], [0.5, 0.5]);
  const seen = critic.metrics!();
  assert.equal([seen["critic/calls"], seen["critic/cache_hits"], seen["critic/failures"]], [3, 2, 0]);
  assert.equal(Math.round(seen["critic/usd"]! * 1e6), 30_000);
  assert.equal(critic.metrics!()["critic/calls"], 0);
});

test("chatCritic keeps no failure, counts it and calls it the critic's", async () => {
  const chat = saying(scored(8, 22), scored(8, 2));
  const critic = chatCritic(chat, { ...options, by: "fake" });
  const rank = () => critic.rank({ at, draw: drawOf(sample(open), sample(close)) }, { signal });
  const e = await thrownBy(rank);
  assert.ok(isHaloError(e, "HALO_CRITIC_REPLY"));
  assert.equal((await rank()).scores, [0.8, 0.2]);
  assert.is(critic.metrics!()["critic/failures"], 1);
});

test("chatCritic puts a question again with what was wrong with the answers, since the same one has the same answer", async () => {
  const chat = saying(scored(8), scored(22, 2), scored(8, 2));
  const critic = chatCritic(chat, { ...options, by: "fake" });
  const rank = () => critic.rank({ at, draw: drawOf(sample(open), sample(close)) }, { signal });
  for (const _ of [1, 2]) assert.ok(isHaloError(await thrownBy(rank), "HALO_CRITIC_REPLY"));
  assert.equal((await rank()).scores, [0.8, 0.2]);
  const [first, second, third] = chat.asked.map(questionOf);
  assert.is(second, `${first}\nAn earlier answer could not be used: expected scores of 2 candidates, none for 2`);
  assert.ok(
    third!.startsWith(`${second}\nAn earlier answer could not be used: the answer/scores/0/score must be <= 10`),
  );
});

test("jsonAnswer reads through thoughts and code fences", () => {
  const schema = { type: "object", properties: { a: { type: "integer" } } };
  for (
    const text of ['{"a": 1}', '```json\n{"a": 1}\n```', '<think>\n{"a": 2}\n</think>\n{"a": 1}', ' ```\n{"a":1}``` ']
  ) {
    assert.equal(jsonAnswer(text, schema), { a: 1 });
  }
});

test("describePoint tells the steps so far with their errors, the newest ones, under their own numbers", () => {
  const step = { url: "page:/", stateKey: "s", parsed: { ok: true, action: open, repairs: 0 } } as const;
  const error = { code: "OCCLUDED", message: "a dialog covers it" } as const;
  const point = pointOn(shelf.slice(0, 1), {
    goal: "Open it.",
    history: [step, { ...step, target: { role: "button", name: "Open" }, error }, { ...step, parsed: noise.parsed }],
  });
  const parts = describePoint(point, { history: 2, elements: true, axtree: true, screenshot: true });
  assert.equal(parts, [{
    type: "text",
    text: [
      "Task: Open it.",
      "Steps left: 6 of 9",
      "",
      "Done so far:",
      '2. click e0 "Open": OCCLUDED, a dialog covers it',
      "3. unreadable output (PARSE)",
      "",
      "Page: Page (page:/)",
      "Visible controls:",
      '[e0] button "Open" in main at [500,500]',
    ].join("\n"),
  }]);
});
