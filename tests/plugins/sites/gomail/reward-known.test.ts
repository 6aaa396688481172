import { assert, suite } from "../../../harness.ts";
import type { Action } from "../../../../core/domain/action.ts";
import type { Element, Observation } from "../../../../core/domain/observation.ts";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { rowsOf } from "../../../../plugins/sites/gomail/state/select.ts";
import type { GoMailState, ListView } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { known } from "../../../../plugins/sites/gomail/reading/known.ts";
import { runs, untouched } from "../../../../plugins/sites/gomail/official/runs.ts";
import { gomailReward, kinds } from "./kit.ts";
import { show } from "./mailbox.ts";
import { step } from "./pages.ts";

const test = suite("gomail reward on REAL tasks");
const shaper = gomailReward({ scale: 1, families: kinds });
const goalOf = (id: string) => ({ id: `${id}/s25`, text: "", startUrl: "http://gomail.halo.test/", maxSteps: 25 });

/** The page a user has before him: scrolled to the mail ticked last. */
function seen(state: GoMailState): Observation {
  const { view } = state;
  const last = view.name === "list" ? view.selected.at(-1) : undefined;
  const at = last === undefined ? -1 : rowsOf(state, view as ListView).findIndex(({ id }) => id === last);
  return show({ state, scrolled: view.name === "list" && view.selected.length > 13 ? 0 : Math.max(0, at % 50 - 3) });
}

/** The controls of events that only a click on them brings about. */
const controls: Readonly<Record<string, Partial<Element>>> = {
  "send": { name: "Send", region: "dialog:New message" },
  "send-reply": { name: "Send", region: "region:Reply" },
  "create-label": { name: "Create" },
};

function actionOf({ type }: Event, { elements }: Observation): Action {
  const { name, region } = controls[type] ?? {};
  const element = elements.find((e) => e.name === name && (region === undefined || e.region === region));
  return element === undefined ? { action: "noop" } : { action: "click", el: element.id };
}

/** A snooze by its menu. */
const asClicked = (run: readonly Event[]): readonly Event[] =>
  run.flatMap((event): readonly Event[] =>
    event.type === "snooze" ? [{ type: "toggle-menu", menu: "snooze" }, event] : [event]
  );

/** The old mails lie on two pages, so that a user finds them by a search. */
const old: readonly Event[] = [
  { type: "search-input", text: "in:inbox before:2024-05-18" },
  { type: "search" },
  { type: "select-all" },
  { type: "move", to: "trash" },
];

/** What each event of a run earns. */
function earnedBy(id: string, run: readonly Event[]): readonly (readonly string[])[] {
  let state = untouched;
  let fold = shaper.start(goalOf(id), seen(state));
  return asClicked(run).map((event) => {
    const from = seen(state);
    state = update(state, event);
    const next = fold.next(step(from, seen(state), actionOf(event, from)));
    fold = next.fold;
    return next.terms.map(({ name }) => name);
  });
}

for (const [id, { right, near }] of Object.entries(runs)) {
  const all = known[id]!.course().milestones.map(({ name }) => name);
  test(`${id}: a right run earns each milestone once, the last one at its end`, () => {
    const paid = earnedBy(id, id === "v2.gomail-11" ? old : right);
    assert.equal([...paid.flat()].sort(), [...all].sort());
    const last = paid.findLastIndex((names) => names.length > 0);
    assert.ok(
      paid[last]!.some((name) => /sent|deleted|archived|snoozed|created|marked/.test(name)),
      `${id} ends with ${paid[last]}`,
    );
  });
  test(`${id}: a near miss earns not all of it`, () => {
    const paid = earnedBy(id, near.run).flat();
    assert.ok(all.some((name) => !paid.includes(name)), `${near.how} earned ${paid.join(", ")}`);
  });
}

for (const [id, { right, loose }] of Object.entries(runs)) {
  const all = known[id]!.course().milestones.reduce((sum, { value }) => sum + value, 0);
  test(`${id}: undoing and doing again pays nothing more, and no wandering pays more than the way`, () => {
    const again = [...right, { type: "undo" } as const, ...right, { type: "undo" } as const, ...right];
    const paid = earnedBy(id, again).flat();
    assert.is(new Set(paid).size, paid.length);
    for (const { run } of loose) {
      const wrong = earnedBy(id, run).flat();
      assert.ok(new Set(wrong).size === wrong.length && valueOf(id, wrong) <= all + 1e-9);
    }
  });
}

test("wrong work that the official scripts let pass earns no last milestone", () => {
  const open = Object.entries(runs).flatMap(([id, { loose }]) =>
    // What is done besides comes after the right work, when all has been paid.
    loose.filter(({ how }) => !/(as well|taken along)$/.test(how)).filter(({ run }) => {
      const paid = earnedBy(id, run).flat();
      return known[id]!.course().milestones.every(({ name }) => paid.includes(name));
    }).map(({ how }) => `${id}: ${how}`)
  );
  assert.equal(open, []);
});

function valueOf(id: string, names: readonly string[]): number {
  return known[id]!.course().milestones.filter(({ name }) => names.includes(name)).reduce(
    (sum, { value }) => sum + value,
    0,
  );
}
