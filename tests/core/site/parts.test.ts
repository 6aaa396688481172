import type { Element } from "../../../core/domain/observation.ts";
import { itemWith, lookFurther, type PageView, sight, ticked, words } from "../../../core/site.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("site/parts");

const page = (states: readonly string[]) => {
  const box: Element = { id: "e0", role: "checkbox", name: "Buy oats", states, near: "", region: "", centre: [1, 1] };
  return { elements: [box], notice: undefined };
};
const look = (from: readonly string[], to: readonly string[]) => (
  { from: page(from), to: page(to), acted: undefined, isScroll: false }
);

for (
  const [on, from, to, expected] of [
    [true, [], ["checked"], '"Buy oats" is ticked'],
    [true, ["checked"], ["checked"], false],
    [true, ["checked"], [], false],
    [false, ["checked"], [], '"Buy oats" is not ticked'],
    [false, [], ["checked"], false],
  ] as const
) {
  test(`a box meant ${on ? "on" : "off"} that goes from [${from}] to [${to}] earns ${expected}`, () => {
    const milestone = ticked({ name: "t", value: 1, box: { role: "checkbox", name: "Buy oats" }, on });
    assert.is(milestone.reached(look(from, to)), expected);
    assert.is(milestone.stands(page(to)), (to.length > 0) === on);
  });
}

test("a box that is not in view is neither on nor off", () => {
  const milestone = ticked({ name: "t", value: 1, box: { role: "checkbox", name: "Call Ann" }, on: false });
  assert.equal([milestone.stands(page([])), milestone.reached(look(["checked"], []))], [false, false]);
});

test("a new thing is right when it has the fields asked for, and a reason names those that differ", () => {
  const { among, problem, none } = itemWith<{ id: string; title: string; isDone: boolean }>({
    title: "a",
    isDone: false,
  });
  const item = { id: "n1", title: "a", isDone: false };
  assert.equal([among(item), problem(item), none], [true, "", "nothing was added"]);
  assert.is(problem({ ...item, title: "b", isDone: true }), "what was added is not as asked: title, isDone");
});

test("a sight is reached by what is seen, stands for more, and is gone after by its control", () => {
  const box = { role: "checkbox", name: "Buy oats" };
  const isSeen = ({ elements }: PageView): boolean => elements[0]!.states.includes("checked");
  const all = { name: "s", value: 1, role: "way", says: "the oats are bought", by: box } as const;
  const milestone = sight({ ...all, stands: () => true, seen: isSeen });
  assert.equal([milestone.stands(page([])), milestone.reached(look([], []))], [true, false]);
  assert.is(milestone.reached(look([], ["checked"])), "the oats are bought");
  assert.equal(milestone.towards({ page: page([]), depth: 0 }), { action: "click", el: "e0" });
  const plain = sight({ ...all, stands: isSeen, by: () => undefined });
  assert.equal([plain.reached(look([], [])), plain.reached(look([], ["checked"]))], [false, "the oats are bought"]);
  assert.equal(plain.towards({ page: page([]), depth: 0 }), lookFurther);
});

test("words are the names of a text, however they stand on its lines", () => {
  assert.equal(words("\n  search view\n  save_search  "), ["search", "view", "save_search"]);
});
