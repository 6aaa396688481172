import { button, followBy, type Look, namedBy, type PageView, sight, type Wish } from "../../../core/site.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("site/follow");

interface LampWish extends Wish {
  readonly lamp?: string;
}

const page = (...names: readonly string[]): PageView => ({
  notice: undefined,
  elements: names.map((name, i) => ({
    id: `e${i}`,
    role: "button",
    name,
    states: [],
    near: "",
    region: "",
    centre: [0, 0] as const,
  })),
});
const look = (from: PageView, to: PageView): Look => ({ from, to, acted: undefined, isScroll: false });
const shows = (name: string, role: "way" | "end", control: string) =>
  sight<PageView>({
    name,
    value: 0.5,
    role,
    stands: ({ elements }) => elements.some((one) => one.name === control),
    says: `"${control}" is there`,
    by: button(control),
  });
const follow = followBy<LampWish, PageView>({
  milestones: ({ lamp = "" }) => [shows("list", "way", "Lamps"), shows("lit", "end", `${lamp} is lit`)],
  needs: { light: ["lamp"] },
  bound: (wish, { to }) => {
    const shown = to.elements.flatMap(({ name }) => /^(.+) is lit$/.exec(name)?.[1] ?? []);
    return { ...wish, ...(wish.lamp && { lamp: namedBy(wish.lamp, shown) ?? wish.lamp }) };
  },
});
const reached = (lamp: string | undefined, to: PageView) =>
  follow([{ kind: "light", objects: { ...(lamp && { lamp }) } as never }]).next(look(page("Lamps"), to)).reached
    .map(({ name, evidence }) => `${name}: ${evidence}`);

test("followBy pays for the thing that a page shows by another part of its name", () => {
  assert.equal(reached("the red lamp", page("Big Red Lamp is lit")), ['lit: "Big Red Lamp is lit" is there']);
  assert.equal(reached("the red lamp", page("Blue Lamp is lit")), []);
  assert.equal(reached("lamp", page("Blue Lamp is lit", "Red Lamp is lit")), []);
});

test("followBy pays only what lies on the way where a goal does not say what is meant", () => {
  assert.equal(reached(undefined, page("Lamps", "Red Lamp is lit", " is lit")), ['list: "Lamps" is there']);
  const { milestones } = follow([{ kind: "light", objects: {} }]);
  assert.equal(milestones.map(({ name }) => name), ["list"]);
});
