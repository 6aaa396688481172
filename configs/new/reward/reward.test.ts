import assert from "node:assert/strict";
import { test } from "node:test";
import { checkReward, createPlugin, readPath, termsOf } from "halo-agent/testing";
import plugin from "./reward.ts";

const path = readPath(new URL("pages.json", import.meta.url));

test("my-reward pays once, when the control appears", async () => {
  const reward = await createPlugin(plugin);
  const seen = { name: "seen", value: 0.1, evidence: 'button "Back to inbox" is there' };
  assert.deepEqual(termsOf(reward, path), [[], [seen], [], []]);
});

test("my-reward pays nothing for words that never appear", async () => {
  const reward = await createPlugin(plugin, { shows: "no such words" });
  assert.deepEqual(termsOf(reward, path).flat(), []);
});

test("my-reward keeps what every reward promises", async () => {
  checkReward(await createPlugin(plugin), path);
});
