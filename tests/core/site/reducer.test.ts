import { counted, patched, putBack, putFirst, snackbarAt, toggled, without } from "../../../core/site.ts";
import { assert, suite } from "../../harness.ts";
import { startOf, type TodoEvent, type TodoState, update } from "./todo.ts";

const test = suite("site/reducer");
const start = startOf({ titles: ["Fern", "Oats"] });
const after = (state: TodoState, ...events: TodoEvent[]): TodoState => events.reduce((s, e) => update(s, e), state);
const menu: TodoEvent = { type: "toggle-menu" };
const tick: TodoEvent = { type: "tick", id: "1" };

test("reducer counts what changes something and no typing, so that text arrives however it is typed", () => {
  const keys: TodoEvent[] = ["R", "Ry", "Rye"].map((text) => ({ type: "draft-input", text }));
  const open: TodoEvent = { type: "open" };
  assert.equal(after(start, open, ...keys), after(start, open, keys[2]!));
  assert.is(after(start, open, ...keys).clock, 1);
  assert.is(after(start, { type: "add" }), start, "an event that does nothing leaves the very state");
});

test("reducer closes a menu on anything else, which counts even where the event does nothing, and not on typing", () => {
  const opened = after(start, menu);
  assert.equal([opened.menu, opened.clock], ["open", 1]);
  assert.is(after(opened, { type: "draft-input", text: "x" }).menu, "open");
  assert.is(after(opened, menu).menu, null);
  const closed = after(opened, { type: "add" });
  assert.equal([closed.menu, closed.clock], [null, 2]);
});

test("a message goes with the second action after the one that made it", () => {
  const ticked = after(start, tick);
  assert.equal(ticked.snackbar, { message: "Ticked off", undo: start.todos, until: 3 });
  assert.is(after(ticked, menu).snackbar?.message, "Ticked off");
  assert.is(after(ticked, menu, menu).snackbar, null);
  assert.equal(snackbarAt(4, "Saved"), { message: "Saved", undo: null, until: 7 });
});

test("lists are patched, cut and put back by id", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => ({ id, n: 0 })) as [Item, Item, Item];
  type Item = { readonly id: string; readonly n: number };
  assert.equal(patched([a, b, c], [{ id: "b" }], (item) => ({ ...item, n: 1 })), [a, { id: "b", n: 1 }, c]);
  const list = [a, b, c];
  assert.equal(without(list, [b]), [a, c]);
  assert.is(without(list, []), list);
  assert.equal(putFirst(list, { id: "c", n: 2 }), [{ id: "c", n: 2 }, a, b]);
  // An earlier version in its place, a lost one at the top, a new one taken away.
  const now = [{ id: "new", n: 0 }, { id: "a", n: 5 }, c];
  assert.equal(putBack(now, { before: [a, b], remove: ["new"] }), [b, a, c]);
  assert.equal([toggled([1, 2], 2), toggled([1], 3)], [[1], [1, 3]]);
  assert.equal([counted(1, "archived", "Mail"), counted(2, "archived", "Mail")], ["Mail archived", "2 mails archived"]);
});
