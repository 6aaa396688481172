import type { Element, Point } from "halo-agent";
import { type Extra, extraNames } from "../../../plugins/linear/extras.ts";
import { choicesAt } from "../../../plugins/linear/features.ts";
import { pageTexts } from "../../../plugins/linear/page-texts.ts";
import { goalParts } from "../../../plugins/linear/spans.ts";
import { assert, suite } from "../../harness.ts";
import { control, pointOn, shelf } from "./page.ts";

const test = suite("linear/extras");
const field = (id: string, value = "", states = ["editable"]): Element => control(id, "textbox", "", { states, value });

/** Features of each candidate, as texts that can be compared. */
function described(
  at: Point,
  extras: readonly Extra[],
): readonly { readonly action: string; readonly features: string }[] {
  const { candidates, prompt } = choicesAt(at, new Set(extras));
  return candidates.map(({ action }, c) => {
    const [from, to] = [prompt.offsets[c]!, prompt.offsets[c + 1]!];
    const features = Array.from({ length: to - from }, (_, i) => `${prompt.index[from + i]}:${prompt.value[from + i]}`);
    return { action: JSON.stringify(action), features: features.sort().join(" ") };
  });
}

test("without extras candidates and features are those of every page", () => {
  assert.equal(choicesAt(pointOn(shelf), new Set()).prompt, choicesAt(pointOn(shelf)).prompt);
});

test("each family adds features to those that were there, in the same order", () => {
  for (const extra of ["words", "counts"] as const) {
    const plain = choicesAt(pointOn(shelf));
    const more = choicesAt(pointOn(shelf), new Set([extra]));
    assert.equal(more.candidates, plain.candidates);
    for (const [c] of plain.candidates.entries()) {
      const length = plain.prompt.offsets[c + 1]! - plain.prompt.offsets[c]!;
      const from = more.prompt.offsets[c]!;
      const own = plain.prompt.index.slice(plain.prompt.offsets[c]!, plain.prompt.offsets[c + 1]!);
      assert.equal(more.prompt.index.slice(from, from + length), own);
    }
  }
});

test("places: fields are clicked too, and the goal's ordinal tells the second field from the first", () => {
  const at = pointOn([field("e0"), field("e1"), field("e2")], { goal: "Focus into the second input." });
  const seen = described(at, ["places"]);
  assert.equal(seen.slice(0, 3).map(({ action }) => JSON.parse(action)), [
    { action: "click", el: "e0" },
    { action: "click", el: "e1" },
    { action: "click", el: "e2" },
  ]);
  // With another ordinal the same two fields change places; only their ranks differ otherwise.
  const words = (goal: string) =>
    described(pointOn([field("e0"), field("e1")], { goal }), ["places"]).slice(0, 2).map(({ features }) => features);
  assert.not.equal(words("Focus into the second input."), words("Focus into the first input."));
});

test("counts: what is left to choose changes when a named box is ticked, not when another is", () => {
  const boxes = (ticked: readonly string[]) =>
    pointOn([
      ...["moss", "fern", "reed"].map((name, i) =>
        control(`e${i}`, "checkbox", name, { states: ticked.includes(name) ? ["checked"] : [] })
      ),
      control("e3", "button", "Submit"),
    ], { goal: "Select moss, fern and click Submit." });
  const submit = (ticked: readonly string[]) => described(boxes(ticked), ["counts"])[3]!.features;
  assert.not.equal(submit([]), submit(["moss"]));
  assert.not.equal(submit(["moss"]), submit(["moss", "fern"]));
  assert.equal(submit(["reed"]), submit([]));
});

test("texts: values of other fields, cells and cases of the goal's texts can be typed", () => {
  const axtree = [
    '- text: Type "Ab" in all upper case letters. T l I',
    "- table:",
    '  - row "Country Cyprus":',
    '    - cell "Country"',
    '    - cell "Cyprus"',
    '- text: "Land:"',
    "- textbox",
    "- textbox: kept",
  ].join("\n");
  const at = pointOn([field("e0"), field("e1", "kept")], { goal: 'Type "Ab" in all upper case letters.' });
  const seen: Point = { ...at, observation: { ...at.observation, axtree } };
  const { spans, captions } = pageTexts(seen, goalParts(seen.task.text));
  assert.equal(spans.map(({ kind, text, caption = "" }) => [kind, text, caption]), [
    ["upper", "AB", ""],
    ["lower", "ab", ""],
    ["held", "kept", ""],
    ["shown", "T l I", ""],
    ["joined", "TlI", ""],
    ["shown", "Country", "t l i"],
    ["shown", "Cyprus", "country"],
    ["shown", "Land:", "cyprus"],
  ]);
  assert.equal([...captions].map(([element, caption]) => [element.id, caption]), [["e0", "land"], ["e1", "land"]]);
});

/** Values of the features of a family alone, by action. */
function added(at: Point, extra: Extra): ReadonlyMap<string, readonly string[]> {
  const plain = new Map(described(at, []).map(({ action, features }) => [action, new Set(features.split(" "))]));
  return new Map(
    described(at, [extra]).map(({ action, features }) => [
      action,
      features.split(" ").filter((one) => !plain.get(action)?.has(one)),
    ]),
  );
}

test("named: which of several controls of a kind the goal names is the same feature whatever they are called", () => {
  const page = (goal: string, ...names: readonly string[]) =>
    pointOn(names.map((name, i) => control(`e${i}`, "button", name)), { goal });
  const of = (at: Point) => [...added(at, "named").values()].slice(0, 2);
  const [first, second] = of(page("Click ONE.", "ONE", "TWO"));
  assert.not.equal(first, second);
  assert.equal(of(page("Click MOSS.", "FERN", "MOSS")), [second, first]);
  assert.ok(first!.length === 2 && first!.every((one) => one.endsWith(":3")), first!.join());
  assert.equal(of(page("Click it and press Submit.", "Submit")), [[], []].slice(0, 2), "one of its kind is no choice");
});

test("empties: every action knows how many fields are empty, and that there is none to write in", () => {
  const submit = (...fields: readonly Element[]) =>
    added(pointOn([...fields, control("e9", "button", "Send")]), "empties").get('{"action":"click","el":"e9"}')!;
  const pages = [
    submit(field("e0"), field("e1")),
    submit(field("e0", "x"), field("e1")),
    submit(field("e0", "x"), field("e1", "y")),
    submit(field("e0", "x", ["disabled"])),
  ];
  assert.is(new Set(pages.map(String)).size, 4);
  assert.equal(submit(field("e0", "a"), field("e1")), pages[1], "what the fields hold does not matter");
});

test("lookups: beside the goal's texts a field takes what the page says at its caption, and others what they took", () => {
  const axtree = [
    "- table:",
    ...['  - cell "Country"', '  - cell "Cyprus"', '  - cell "Colour"', '  - cell "red"'],
    ...['- text: "Colour:"', "- textbox", '- text: "Town:"', "- textbox"],
  ].join("\n");
  const at = pointOn([field("e0"), field("e1")], { goal: 'Fill in "all" of it.' });
  const seen: Point = { ...at, observation: { ...at.observation, axtree } };
  const texts = (extras: readonly Extra[], el: string) =>
    choicesAt(seen, new Set(extras)).candidates.flatMap(({ action }) =>
      action.action === "type" && action.el === el ? [action.text] : []
    );
  assert.equal(texts(["texts", "lookups"], "e0"), ["all", "ALL", "all", "red"]);
  assert.equal(texts(["texts", "lookups"], "e1"), texts(["texts"], "e1"));
  assert.equal(texts(["texts"], "e1").length, 9);
});

test("blanks: a field that holds something is clicked but not typed into", () => {
  const acts = (extras: readonly Extra[]) =>
    choicesAt(pointOn([field("e0", "kept"), field("e1")]), new Set(extras)).candidates
      .filter(({ element }) => element).map(({ verb, element }) => `${verb} ${element!.id}`);
  assert.equal(acts(["places"]), ["click e0", "type e0", "click e1", "type e1"]);
  assert.equal(acts(["places", "blanks"]), ["click e0", "click e1", "type e1"]);
});

test("selects: a native list takes the goal's texts but the one it shows; a list that the page draws is only clicked", () => {
  const lists = [
    control("e0", "combobox", "Priority", { states: [], value: "Low" }),
    control("e1", "combobox", "Shade", { states: ["collapsed"] }),
  ];
  const at = pointOn(lists, { goal: 'Set "Low" to "High".' });
  const acts = (extras: readonly Extra[]) =>
    choicesAt(at, new Set(extras)).candidates.flatMap(({ action, element }) => element ? [action] : []);
  const clicks = [{ action: "click", el: "e0" }, { action: "click", el: "e1" }] as const;
  assert.equal(acts([]), clicks);
  assert.equal(acts(["selects"]), [clicks[0], { action: "select", el: "e0", options: ["High"] }, clicks[1]]);
});

test("every family gives finite features inside the weight vector, and is a pure function of the point", () => {
  const point = pointOn([...shelf, field("e9", "x")]);
  const once = choicesAt(point, new Set(extraNames));
  assert.equal(choicesAt(structuredClone(point), new Set(extraNames)).prompt, once.prompt);
  assert.ok(once.prompt.value.every(Number.isFinite));
  assert.ok(once.prompt.index.every((i) => i >= 0 && i < once.prompt.dims));
});
