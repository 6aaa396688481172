import { isHaloError } from "halo-agent";
import { isNextSeq } from "halo-agent/kit";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("domain/is-next-seq");

test("isNextSeq is true for the next batch, false for the last one again, and refuses every other", async () => {
  assert.equal([isNextSeq({ seq: 1 }, { seq: 0 }), isNextSeq({ seq: 3 }, { seq: 2 })], [true, true]);
  assert.is(isNextSeq({ seq: 2 }, { seq: 2 }), false);
  for (const seq of [1, 4]) {
    const e = await thrownBy(() => isNextSeq({ seq }, { seq: 2 }));
    assert.ok(isHaloError(e, "HALO_TRAINER_SEQUENCE"));
    assert.is(e.message, `batch ${seq} follows batch 2`);
  }
});
