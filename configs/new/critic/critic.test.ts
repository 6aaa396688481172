import assert from "node:assert/strict";
import { test } from "node:test";
import type { Action, Draw } from "halo-agent";
import { checkCritic, createPlugin, pointsOf, readPath } from "halo-agent/testing";
import plugin from "./critic.ts";

const points = pointsOf(readPath(new URL("pages.json", import.meta.url)));

const drawOf = (...actions: readonly Action[]): Draw => ({
  prompt: { kind: "none" },
  samples: actions.map((action) => ({
    text: JSON.stringify(action),
    parsed: { ok: true, action, repairs: 0 },
    trace: { kind: "none" },
  })),
  policyVersion: 0,
  temperature: 1,
});

test("my-critic prefers the mail that the goal names", async () => {
  const critic = await createPlugin(plugin);
  const draw = drawOf({ action: "click", el: "e2" }, { action: "click", el: "e1" }, { action: "done" });
  const { scores } = await critic.rank({ at: points[0]!, draw }, { signal: new AbortController().signal });
  // "Open email from" of seven words, "Open email from Ada Byron" of seven, no control.
  assert.deepEqual(scores, [3 / 7, 5 / 7, 0.1]);
});

test("my-critic keeps what every critic promises", async () => {
  await checkCritic(await createPlugin(plugin), points);
});
