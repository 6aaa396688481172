// What may be wrong with a server from its start on: each is found with its reason, and a sound server is let alone.
import { type HaloError, isHaloError } from "halo-agent";
import { assert, suite, thrownBy } from "../../harness.ts";
import { defects } from "./fault-server.ts";
import { dtypes, foundBy, kinds, meetDefect, soundSyncs, startFaulty } from "./faulty.ts";
import { pointOf, requestOf } from "./points.ts";

const test = suite("vllm/defects");

for (const dtype of dtypes) {
  for (const defect of defects) {
    test(`a server that ${defect} is found in ${dtype}`, async (t) => {
      const e = await thrownBy(() => meetDefect(t, { dtype, defect })) as HaloError;
      assert.ok(isHaloError(e), String(e));
      const [code, message] = foundBy[defect];
      assert.is(e.code, code, e.message);
      assert.match(e.message, message);
      assert.ok(e.hint);
    });
  }

  test(`50 sound syncs in ${dtype} raise no alarm and no warning`, async (t) => {
    const { warnings, figures, loaded } = await soundSyncs(t, { dtype, syncs: 50 });
    assert.equal(warnings, []);
    // The loud ones were probed once and are gone.
    assert.ok(loaded.every((location) => location.startsWith("/adapters/")));
    assert.is(figures["vllm/adapter_loads"], 50);
    for (const name of kinds) assert.ok(Math.abs(figures[`canary/projection/${name}`]! - 1) < 0.2);
    assert.ok(figures["canary/picture"]! > 0.2);
  }, { timeoutMs: 60_000 });
}

for (const dtype of dtypes) {
  test(`an adapter of a version before that answers for the new one is found in ${dtype} once they differ`, async (t) => {
    const { server, policy, adapter } = await startFaulty(t, { dtype });
    await policy.adopt!(adapter(1, 0.5), t);
    const next = adapter(2, 0.5);
    // What was loaded as version 1 answers under version 2's name.
    server.redirect = (location) => location.replace("/v2~", "/v1~");
    const e = await thrownBy(() => policy.adopt!(next, t)) as HaloError;
    assert.is(e.code, "HALO_CANARY_ADAPTER");
    assert.match(e.message, /vLLM answers as with the version before/);
  });
}

test("a restarted server is probed with loud adapters again", async (t) => {
  const { server, policy, adapter } = await startFaulty(t, { dtype: "bfloat16" });
  await policy.adopt!(adapter(1, 0.05), t);
  server.defect = "drops a projection";
  server.adapters.clear();
  const e = await thrownBy(() => policy.sample(requestOf(pointOf(1)), t)) as HaloError;
  assert.is(e.code, "HALO_CANARY_PROJECTION");
});
