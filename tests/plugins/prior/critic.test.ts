import type { Action, Draw } from "halo-agent";
import { isHaloError } from "halo-agent";
import { log } from "halo-agent/kit";
import { createPlugin } from "halo-agent/testing";
import prior from "../../../plugins/prior/critic.ts";
import { nonsense, sampleOf } from "../../core/run/number-line.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { pointOn, shelf } from "../linear/page.ts";

const test = suite("prior/critic");
const at = pointOn(shelf);
const call = { signal: new AbortController().signal };
const sample = (el: string, p: number) => ({ ...sampleOf({ action: "click", el } as Action), logprob: log(p) });
const drawOf = (samples: Draw["samples"]): Draw => ({
  prompt: { kind: "none" },
  samples,
  policyVersion: 0,
  temperature: 1,
});

test("prior shares the policy's probabilities out among the different proposals", async () => {
  const critic = await createPlugin(prior);
  // 0.3 and 0.1 drawn: 3/4 and 1/4 of their sum; a second sample of the first counts once.
  const draw = drawOf([sample("e0", 0.3), sample("e1", 0.1), nonsense, sample("e0", 0.3)]);
  const { scores, by } = await critic.rank({ at, draw }, call);
  assert.equal([scores.map((s) => Math.round(s * 1e9) / 1e9), by], [[0.75, 0.25, 0, 0.75], "prior"]);
  assert.equal((await critic.rank({ at, draw: drawOf([nonsense]) }, call)).scores, [0]);
  assert.is(critic.deterministic, true);
});

test("prior refuses a policy without log-probabilities", async () => {
  const critic = await createPlugin(prior);
  const e = await thrownBy(() => critic.rank({ at, draw: drawOf([sampleOf({ action: "click", el: "e0" })]) }, call));
  assert.ok(isHaloError(e, "HALO_CRITIC_UNUSABLE"));
});
