import type { Group } from "../../../../core/domain/group.ts";
import { TrainingWatch } from "../../../../core/run/train/training-watch.ts";
import type { Slot } from "../../../../core/record/slot.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("run/train/training-watch");

/** An iteration of one group whose one branch was paid these terms; `taught` says whether it carried gradient. */
function explored(terms: Readonly<Record<string, number>>, taught: boolean) {
  const branch = {
    sample: { text: "", parsed: { ok: false, code: "X", message: "" }, trace: { kind: "none" } },
    reward: 0,
    terms: Object.entries(terms).map(([name, value]) => ({ name, value, evidence: "e" })),
  } as const;
  const decision = { id: 0, stateKey: "", prompt: { kind: "none" }, branches: [branch] } as const;
  const meta = { id: "g", taskKey: "t", policyVersion: 0, temperature: 1 };
  const group: Group = { ...meta, shape: "step", decisions: [decision] };
  const slot = { groups: [group] } as unknown as Slot;
  return { slots: [slot], examples: new Map([[group, taught ? [{} as never] : []]]) };
}

test("TrainingWatch names a reward that never pays, once, and one that paid never again", () => {
  const watch = new TrainingWatch(["gomail", "sent"]);
  const quiet = Array.from(
    { length: 12 },
    (_, i) => watch.next(explored({ "gomail/open": i === 2 ? 0.1 : 0 }, true)),
  );
  assert.equal(quiet.map((found) => found.length), [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  assert.equal(quiet[7], ['the reward "sent" has paid nothing in 8 iterations: halo runs show RUN --group i1.s0.0']);
});

test("TrainingWatch tells once, with the reason, of an iteration whose critic failed each time", () => {
  const searched = (...faults: readonly number[]) => {
    const { slots, examples } = explored({}, true);
    const groups = faults.map((n) => ({
      ...slots[0]!.groups[0]!,
      search: {
        simulations: [],
        unreachable: 0,
        critic: { by: "", calls: 3, faults: n, costUsd: 0, fault: "too long" },
      },
    }));
    return { slots: [{ ...slots[0]!, groups }], examples };
  };
  const watch = new TrainingWatch([]);
  const found = [searched(3, 2), searched(3, 3), searched(3, 3)].map((iteration) => watch.next(iteration));
  assert.equal(found, [
    [],
    ["the critic answered no question of this iteration, Q is what was tried alone: too long"],
    [],
  ]);
});

test("TrainingWatch says when eight iterations in a row taught nothing", () => {
  const watch = new TrainingWatch([]);
  const turns = [...Array(7).fill(false), true, ...Array(9).fill(false)];
  const found = turns.map((taught) => watch.next(explored({}, taught)));
  assert.equal(found.flatMap((texts, i) => texts.map(() => i)), [15]);
  assert.match(found[15]![0]!, /^nothing was learned in 8 iterations: /);
});
