import type { Critic, Draw } from "halo-agent";
import { isHaloError } from "halo-agent";
import { createPlugin } from "halo-agent/testing";
import { RunBudget } from "../../../core/run/budget.ts";
import { silentLog } from "../../../core/util/log.ts";
import openai from "../../../plugins/openai/critic.ts";
import { exploreLine } from "../../contracts/line-run.ts";
import line from "../../contracts/line-policy.ts";
import { numberLine, sampleOf } from "../../core/run/number-line.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { pointOn, shelf } from "../linear/page.ts";
import { completion, failure, type Script, startServer } from "./test-server.ts";

const test = suite("openai/critic");
const call = { signal: new AbortController().signal };
const at = pointOn(shelf);
const draw: Draw = {
  prompt: { kind: "none" },
  samples: ["e0", "e1", "e4"].map((el) => sampleOf({ action: "click", el })),
  policyVersion: 0,
  temperature: 1,
};
const scores = JSON.stringify({
  scores: [{ candidate: 3, reason: "", score: 1 }, { candidate: 1, reason: "", score: 9 }, {
    candidate: 2,
    reason: "",
    score: 4,
  }],
});

async function start(t: TestContext, answer: Script, budget = new RunBudget()) {
  const server = t.use(await startServer(answer));
  const options = {
    model: "m",
    url: server.url,
    retries: 0,
    prices: { models: { m: { input: 10, cached: 5, output: 30 } } },
  };
  const critic: Critic = await createPlugin(openai, options, { budget, log: silentLog });
  return { server, critic: t.use(critic), budget };
}

test("rank scores all candidates with one strict request, asks once for one state, and spends the run's budget", async (t) => {
  const { server, critic, budget } = await start(t, () => completion([scores]));
  const [first, second] = [await critic.rank({ at, draw }, call), await critic.rank({ at, draw }, call)];
  assert.equal(first, { scores: [0.9, 0.4, 0.1], by: "openai/m", costUsd: 0.0013 });
  assert.equal(second, { ...first, costUsd: 0 });
  assert.is(server.chats.length, 1);
  const { response_format, temperature, n } = server.chats[0]!.body;
  assert.equal([temperature, n, response_format.json_schema.strict], [0, 1, true]);
  assert.equal(budget.spent, { tokens: 110, usd: 0.0013 });
});

test("a failing critic is a typed fault for the algorithm, a spent budget stops the run", async (t) => {
  const { critic } = await start(t, () => failure(500, { message: "down" }, { "retry-after-ms": "1" }));
  const environment = numberLine();
  const policy = await createPlugin(line);
  const { io, world } = exploreLine(environment, { policy, critic });
  t.defer(() => world.close());
  const point = await io.root();
  const fault = await thrownBy(() => io.rank!(point, draw));
  assert.ok(isHaloError(fault, "HALO_CRITIC_FAULT"));
  assert.match(fault.message, /answers 500 down$/);
  assert.is(critic.metrics!()["critic/failures"], 1);

  const spent = await start(t, () => completion([scores]), new RunBudget({ tokens: 100, usd: 0 }));
  const paying = exploreLine(environment, { policy, critic: spent.critic });
  t.defer(() => paying.world.close());
  const root = await paying.io.root();
  await paying.io.rank!(root, draw);
  const other = { ...draw, samples: draw.samples.slice(1) };
  const limit = await thrownBy(() => paying.io.rank!(root, other));
  assert.ok(isHaloError(limit, "HALO_LIMIT_TOKENS"));
});
