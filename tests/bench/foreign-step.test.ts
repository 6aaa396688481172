// runtime: node
// A small instance of bench/foreign-step.ts: each of twenty steps on a React page is seen done in the next observation.
import { mapLimited } from "../../core/util/limit.ts";
import { reactPage, reactTask } from "../../bench/foreign/react-page.ts";
import { play, reactTells } from "../../bench/foreign/steps.ts";
import { assert, suite } from "../harness.ts";

const test = suite("bench/foreign-step");

test("each of twenty steps on a page of a React app is seen done in the next observation", async (t) => {
  const stage = {
    name: "react",
    environment: t.use(await reactPage({ pages: 2 })),
    task: reactTask,
    tells: reactTells,
  };
  assert.equal(await mapLimited([0, 1, 2], 2, () => play(stage, t)), ["", "", ""]);
}, { timeoutMs: 300_000 });
