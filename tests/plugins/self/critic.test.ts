import type { Chat, Policy } from "halo-agent";
import { isHaloError } from "halo-agent";
import { createPlugin } from "halo-agent/testing";
import self from "../../../plugins/self/critic.ts";
import { sampleOf } from "../../core/run/number-line.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { pointOn, shelf } from "../linear/page.ts";

const test = suite("self/critic");
const policy: Policy = {
  need: {},
  can: { trace: "none", maxN: 1, deterministic: true },
  sample: () => Promise.reject(new Error("not asked here")),
  close: () => Promise.resolve(),
};

test("self asks the policy's own model", async () => {
  const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1 };
  const text = JSON.stringify({ scores: [{ candidate: 1, reason: "", score: 5 }] });
  const chat: Chat = { model: "own", complete: () => Promise.resolve({ text, usage, costUsd: 0 }) };
  const critic = await createPlugin(self, {}, { policy: { ...policy, chat } });
  const draw = {
    prompt: { kind: "none" },
    samples: [sampleOf({ action: "click", el: "e0" })],
    policyVersion: 0,
    temperature: 1,
  } as const;
  const ranking = await critic.rank({ at: pointOn(shelf), draw }, { signal: new AbortController().signal });
  assert.equal(ranking, { scores: [0.5], by: "self/own", costUsd: 0 });
});

test("self refuses a policy whose model does not answer questions", async () => {
  const e = await thrownBy(() => createPlugin(self, {}, { policy }));
  assert.ok(isHaloError(e, "HALO_CRITIC_UNUSABLE"));
  assert.is(e.message, "the policy of this pipeline has no model that answers questions");
});
