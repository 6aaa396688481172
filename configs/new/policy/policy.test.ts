import assert from "node:assert/strict";
import { test } from "node:test";
import { keyedRng } from "halo-agent/kit";
import { checkPolicy, createPlugin, pointsOf, readPath } from "halo-agent/testing";
import plugin from "./policy.ts";

const points = pointsOf(readPath(new URL("pages.json", import.meta.url)));

test("my-policy opens the mail that the goal names", async () => {
  const policy = await createPlugin(plugin);
  const request = { at: points[0]!, n: 1, mode: "greedy", temperature: 1, rng: keyedRng("test") } as const;
  const { samples } = await policy.sample(request, { signal: new AbortController().signal });
  assert.equal(samples[0]!.text, '{"action":"click","el":"e1"}');
});

test("my-policy keeps what every policy promises", async () => {
  await checkPolicy(await createPlugin(plugin), points);
});
