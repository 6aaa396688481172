import { blamedFrame } from "../../../core/util/callee.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("util/callee");

test("blamedFrame passes over what the runtime itself does", () => {
  const stack = `Error: x
    at processTicksAndRejections (node:internal/process/task_queues:104:5)
    at async step (file:///srv/mine.ts:12:3)
    at async file:///srv/other.ts:4:1`;
  assert.equal(blamedFrame(stack), { file: "/srv/mine.ts", line: 12 });
  assert.is(blamedFrame(stack.split("\n").slice(0, 2).join("\n")), undefined);
  assert.equal(blamedFrame("/srv/broken.ts:7\nconst = 1"), { file: "/srv/broken.ts", line: 7 });
});
