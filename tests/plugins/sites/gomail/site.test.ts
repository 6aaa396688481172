import site from "../../../../plugins/sites/gomail/site.ts";
import { rowsOf } from "../../../../plugins/sites/gomail/state/select.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import { listOf } from "../../../../plugins/sites/gomail/state/state.ts";
import type { SetupMail } from "../../../../plugins/sites/gomail/state/state.ts";
import type { Task } from "halo-agent";
import { assert, suite } from "../../../harness.ts";

const test = suite("gomail site");

const mail = (subject: string, position: number): SetupMail => ({
  from: "Nina Petrov",
  fromAddress: "nina.petrov@example.com",
  subject,
  content: "Hello",
  position,
});

test("initialState holds 54 inbox mails, 17 unread, 13 starred, 54 and 55 elsewhere", () => {
  const { emails } = initialState({ mails: [] });
  const inbox = emails.filter((e) => e.folder === "inbox");
  const ids = emails.map((e) => Number(e.id)).sort((a, b) => a - b);
  assert.equal(ids, Array.from({ length: 56 }, (_, i) => i + 1));
  assert.is(inbox.length, 54);
  assert.is(inbox.filter((e) => !e.isRead).length, 17);
  const starred = inbox.filter((e) => e.isStarred).map((e) => Number(e.id)).sort((a, b) => a - b);
  assert.equal(starred, [2, 6, 10, 14, 16, 21, 26, 28, 31, 37, 47, 49, 53]);
  const from = (name: string) => inbox.filter((e) => e.from === name).map((e) => Number(e.id)).sort((a, b) => a - b);
  assert.equal(from("Noreply"), [3, 14, 34, 40, 50]);
  const notifying = inbox.filter((e) => e.fromAddress.startsWith("notifications@")).map((e) => Number(e.id));
  assert.equal(notifying.sort((a, b) => a - b), [3, 4, 5, 6, 17, 36, 38, 56]);
  const today = inbox.filter((e) => e.date === "2024-07-18").map((e) => e.id).sort();
  assert.equal(today, ["46", "47", "48"]);
  assert.is(inbox[0]?.id, "53");
  assert.ok(emails.every((e) => e.subject !== "" && e.content !== "" && /^\d\d:\d\d [AP]M$/.test(e.time)));
});

test("initialState puts setup mails into their rows, whatever their order", () => {
  const state = initialState({ mails: [mail("late", 9), mail("first", 0), mail("third", 2)], labels: ["Travel"] });
  const rows = rowsOf(state, listOf("inbox"));
  assert.equal([0, 2, 9].map((row) => [rows[row]?.id, rows[row]?.subject]), [
    ["58", "first"],
    ["59", "third"],
    ["57", "late"],
  ]);
  assert.is(rows.length, 57);
  assert.is(state.nextId, 60);
  assert.equal(state.labels, ["Work", "Personal", "Receipts", "Travel"]);
});

test("initialState puts a mail beyond the last row at the end", () => {
  assert.is(rowsOf(initialState({ mails: [mail("last", 500)] }), listOf("inbox")).at(-1)?.subject, "last");
});

test("site serves the page and its script, and starts a task from its setup", async () => {
  const gomail = await site.create({}, {});
  const assets = await gomail.assets();
  assert.equal([...assets].map(([path, asset]) => [path, asset.type]), [
    ["/", "text/html; charset=utf-8"],
    ["/config", "text/html; charset=utf-8"],
    ["/finish", "text/html; charset=utf-8"],
    ["/submit", "text/html; charset=utf-8"],
    ["/main.js", "text/javascript; charset=utf-8"],
    ["/routes.js", "text/javascript; charset=utf-8"],
    ["/font.js", "text/javascript; charset=utf-8"],
  ]);
  assert.is(await gomail.assets(), assets);
  assert.equal([gomail.host, gomail.clock], ["gomail.halo.test", {
    start: "2024-07-18T09:00:00-07:00",
    timezone: "America/Los_Angeles",
  }]);
  const setup = { mails: [{ ...mail("new", 1) }] };
  const start = gomail.start({ params: { setup } } as unknown as Task);
  assert.equal(start, initialState(setup));
  assert.equal(JSON.parse(JSON.stringify(start)), start);
});
