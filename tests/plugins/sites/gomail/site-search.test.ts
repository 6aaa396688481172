import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { emptySearch, queryOf, searchProblem } from "../../../../plugins/sites/gomail/state/search-form.ts";
import { rowsOf } from "../../../../plugins/sites/gomail/state/select.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import { listOf } from "../../../../plugins/sites/gomail/state/state.ts";
import type { SearchForm } from "../../../../plugins/sites/gomail/state/window.ts";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gomail search");
const start = initialState({ mails: [] });
const form: SearchForm = emptySearch("2024-07-18", "");
const ids = (query: string, state: GoMailState = start): readonly number[] =>
  rowsOf(state, listOf("search", query)).map((e) => Number(e.id)).sort((a, b) => a - b);

test("compileQuery denies terms, reads dates, places, marks and attachments", () => {
  assert.equal(ids("has:attachment"), [14, 22, 23, 47, 49, 53]);
  assert.equal(ids("has:attachment -is:starred"), [22, 23]);
  assert.equal(ids("before:2024-05-18 in:inbox"), [36, 38, 50, 52, 56]);
  assert.equal(ids("after:2024/07/17"), [46, 47, 48, 53]);
  assert.equal(ids('from:support subject:"ticket" -closed'), [9]);
  assert.equal(ids("in:drafts"), [55]);
  const trashed = update(update(start, { type: "select", id: "49" }), { type: "move", to: "trash" });
  assert.equal([ids("canoe", trashed), ids("canoe in:trash", trashed), ids("canoe in:anywhere", trashed)], [[], [49], [
    49,
  ]]);
  const important = update(update(start, { type: "select", id: "1" }), { type: "mark-important", isImportant: true });
  assert.equal(ids("is:important", important), [1]);
});

test("queryOf says in one line what the form says", () => {
  const filled: SearchForm = {
    from: "jane",
    to: "kevin moore",
    subject: " plan ",
    hasWords: "deadline",
    without: "budget tax",
    within: "7",
    date: "7/18/2024",
    folder: "inbox",
    attachment: "yes",
  };
  assert.is(
    queryOf(filled),
    'from:jane to:"kevin moore" subject:plan deadline -budget -tax after:2024-07-10 before:2024-07-26 in:inbox has:attachment',
  );
  assert.is(queryOf({ ...form, within: "62" }), "after:2024-05-16 before:2024-09-19");
  assert.is(searchProblem(form), "Fill in at least one field");
  assert.is(searchProblem({ ...form, within: "1", date: "soon" }), "Write the date as 2024-07-18");
});

test("update searches with the dialog's fields and refuses an empty one", () => {
  const open: Event = { type: "open-dialog", name: "search-options" };
  const empty = update(start, open);
  assert.is(update(empty, { type: "confirm" }), empty);
  const events: Event[] = [
    { type: "search-input", text: "bank" },
    open,
    { type: "dialog-input", field: "from", text: "harbor" },
    { type: "toggle-menu", menu: "choice:folder" },
    { type: "dialog-choose", field: "folder", value: "inbox" },
    { type: "confirm" },
  ];
  const found = events.reduce(update, start);
  const query = "from:harbor bank in:inbox";
  assert.equal([found.dialog, found.menu, found.searchInput, found.view], [null, null, query, listOf("search", query)]);
  assert.equal(rowsOf(found, listOf("search", query)).map((e) => e.id), ["53"]);
});
