// runtime: node
import { plantedFaults } from "../../bench/chaos/faults.ts";
import { isHaloError } from "../../core/util/errors.ts";
import { factsOf } from "../../core/util/error-facts.ts";
import { thrownBy as coded } from "../../core/util/thrown.ts";
import { assert, suite, thrownBy } from "../harness.ts";

const test = suite("bench/chaos");

test("every planted fault that throws is one that another attempt may mend", async () => {
  assert.ok(plantedFaults.length >= 20);
  for (const { name, happen } of plantedFaults) {
    if (name.startsWith("hang")) continue;
    const e = coded(await thrownBy(happen), { callee: { name: "it" }, call: "step" });
    assert.ok(isHaloError(e) && factsOf(e.code)?.rule === "retry", `${name}: ${e.code}`);
  }
});
