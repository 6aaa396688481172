import { readdirSync, readFileSync } from "node:fs";
import type { Observation } from "../../../core/domain/observation.ts";
import { nextAction } from "../../../plugins/gomail/oracle.ts";
import { gomailReward } from "../../../plugins/gomail/reward.ts";
import { milestones } from "../../../plugins/gomail/reward/milestones.ts";
import { assert, suite } from "../../harness.ts";
import { unpack } from "./recorded.ts";
import type { Recorded } from "./recorded.ts";

const test = suite("gomail reward on recorded pages");
const folder = new URL("../../fixtures/gomail/", import.meta.url);
const files = readdirSync(folder).sort();
const recorded = files.map((file): Recorded => JSON.parse(readFileSync(new URL(file, folder), "utf8")));
const goalOf = (text: string) => ({ id: "t", text, startUrl: "http://gomail.halo.test/", maxSteps: 12 });

/** Names and values of what a recorded episode earns step by step under a goal. */
function earned(r: Recorded, goal: string, pages: readonly Observation[] = unpack(r)): string[] {
  let fold = gomailReward({ scale: 1, families: Object.keys(milestones) }).start(goalOf(goal), pages[0]!);
  return r.actions.map((action, i) => {
    const next = fold.next({ from: pages[i]!, to: pages[i + 1]!, parsed: { ok: true, action, repairs: 0 } });
    fold = next.fold;
    return next.terms.map(({ name, value }) => `${name} ${value}`).join(", ");
  });
}

test("every step of the shortest way earns its milestone", () => {
  assert.equal(Object.fromEntries(recorded.map((r, i) => [files[i], earned(r, r.goal)])), {
    "archive.json": ["mail 0.3", "archived 0.5"],
    "compose.json": ["compose 0.3", "recipient 0.2", "subject 0.2", "message 0.2, ready 0.2", "sent 0.5"],
    "label.json": ["mail 0.3", "labels_menu 0.2", "labelled 0.5"],
    "reply.json": ["mail 0.3", "reply_box 0.3", "text 0.2", "sent 0.5"],
    "search_delete.json": ["found 0.3", "mail 0.3", "deleted 0.5"],
    "star.json": ["starred 0.5"],
  });
});

test("no step earns anything under the goal of another episode, which means another mail", () => {
  for (const r of recorded) {
    const isCompose = r.goal.includes("@");
    for (const { goal } of recorded.filter((other) => other !== r)) {
      // Opening the composer is right for every goal to send a mail; there is only one such episode.
      assert.is(isCompose && goal.includes("@"), false);
      assert.is(earned(r, goal).join(""), "", `"${r.goal}" under "${goal}"`);
    }
  }
});

test("the last step earns nothing when the page shows no notice or speaks of something else", () => {
  const without = (o: Observation): Observation => ({ ...o, elements: o.elements.filter((e) => e.name !== "Undo") });
  const speaking = (near: string) => (o: Observation): Observation => ({
    ...o,
    elements: o.elements.map((e) => e.name === "Undo" ? { ...e, near } : e),
  });
  const expected = { "star.json": "starred 0.5" } as Readonly<Record<string, string>>;
  for (const change of [without, speaking("2 conversations marked as read Undo")]) {
    for (const [i, r] of recorded.entries()) {
      assert.is(earned(r, r.goal, unpack(r).map(change)).at(-1), expected[files[i]!] ?? "", files[i]);
    }
  }
});

test("nextAction takes the recorded way again", () => {
  for (const r of recorded) {
    const pages = unpack(r);
    const actions = r.actions.map((_, i) => nextAction({ goal: goalOf(r.goal), observation: pages[i]!, depth: i }));
    assert.equal(actions, r.actions, r.goal);
    const end = nextAction({ goal: goalOf(r.goal), observation: pages.at(-1)!, depth: r.actions.length });
    assert.equal(end, { action: "done" }, r.goal);
  }
});
