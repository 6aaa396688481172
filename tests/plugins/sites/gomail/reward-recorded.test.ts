import { readdirSync, readFileSync } from "node:fs";
import type { Observation } from "../../../../core/domain/observation.ts";
import { assert, suite } from "../../../harness.ts";
import { unpack } from "./recorded.ts";
import type { Recorded } from "./recorded.ts";
import { gomailReward, kinds, nextAction, readGoal } from "./kit.ts";

const test = suite("gomail reward on recorded pages");
const folder = new URL("../../../fixtures/gomail/", import.meta.url);
const files = readdirSync(folder).sort();
const recorded = files.map((file): Recorded => JSON.parse(readFileSync(new URL(file, folder), "utf8")));
const goalOf = (text: string) => ({ id: "t", text, startUrl: "http://gomail.halo.test/", maxSteps: 12 });

/** Names and values of what a recorded episode earns step by step under a goal. */
function earned(r: Recorded, goal: string, pages: readonly Observation[] = unpack(r)): string[] {
  let fold = gomailReward({ scale: 1, families: kinds }).start(goalOf(goal), pages[0]!);
  return r.actions.map((action, i) => {
    const next = fold.next({ from: pages[i]!, to: pages[i + 1]!, parsed: { ok: true, action, repairs: 0 } });
    fold = next.fold;
    return next.terms.map(({ name, value }) => `${name} ${value}`).join(", ");
  });
}

test("every step of the shortest way earns its milestone", () => {
  assert.equal(Object.fromEntries(recorded.map((r, i) => [files[i], earned(r, r.goal)])), {
    "add_contact.json": ["contacts 0.2", "form 0.2", "name 0.2", "address 0.2", "added 0.5"],
    "archive.json": ["mail 0.3", "archived 0.5"],
    "bulk_archive.json": ["mail 0.3", "mail_2 0.3", "mail_3 0.3", "archived 0.5"],
    "bulk_delete.json": ["mail 0.3", "mail_2 0.3", "deleted 0.5"],
    "compose.json": ["compose 0.3", "recipient 0.2", "subject 0.2", "message 0.2, ready 0.2", "sent 0.5"],
    "compose_all.json": [
      "compose 0.3",
      "copies 0.2",
      "recipient 0.2",
      "copy 0.2",
      "subject 0.2",
      "second 0.2",
      "message 0.2, ready 0.2",
      "sent 0.5",
    ],
    "compose_cc.json": [
      "compose 0.3",
      "copies 0.2",
      "recipient 0.2",
      "copy 0.2",
      "subject 0.2",
      "message 0.2, ready 0.2",
      "sent 0.5",
    ],
    "compose_two.json": [
      "compose 0.3",
      "recipient 0.2",
      "subject 0.2",
      "second 0.2",
      "message 0.2, ready 0.2",
      "sent 0.5",
    ],
    "create_label.json": ["dialog 0.3", "text 0.2", "created 0.5"],
    "delete.json": ["mail 0.3", "deleted 0.5"],
    "forward.json": ["mail 0.3", "forward 0.3", "recipient 0.2", "sent 0.5"],
    "label.json": ["mail 0.3", "labels_menu 0.2", "labelled 0.5"],
    "mark_read.json": ["mail 0.3", "mail_2 0.3", "marked 0.5"],
    "mark_unread.json": ["mail 0.3", "marked 0.5"],
    "not_spam.json": ["found 0.3", "mail 0.3", "restored 0.5"],
    "open_star.json": ["mail 0.3", "starred 0.5"],
    "page_size.json": ["settings 0.3", "choice 0.2", "saved 0.5"],
    "reply.json": ["mail 0.3", "reply_box 0.3", "text 0.2", "sent 0.5"],
    "reply_label.json": ["mail 0.3", "reply_box 0.3", "text 0.2", "sent 0.5", "labels_menu 0.2", "labelled 0.5"],
    "report_spam.json": ["mail 0.3", "reported 0.5"],
    "restore.json": ["found 0.3", "mail 0.3", "restored 0.5"],
    "save_draft.json": ["compose 0.3", "recipient 0.2", "subject 0.2", "message 0.2, ready 0.2", "saved 0.5"],
    "schedule.json": [
      "compose 0.3",
      "recipient 0.2",
      "subject 0.2",
      "message 0.2, ready 0.2",
      "menu 0.2",
      "scheduled 0.5",
    ],
    "search_archive.json": ["found 0.3", "mail 0.3", "archived 0.5"],
    "search_delete.json": ["found 0.3", "mail 0.3", "deleted 0.5"],
    "search_label.json": ["found 0.3", "mail 0.3", "labels_menu 0.2", "labelled 0.5"],
    "search_reply.json": ["found 0.3", "mail 0.3", "reply_box 0.3", "text 0.2", "sent 0.5"],
    "search_reply_label.json": [
      "found 0.3",
      "mail 0.3",
      "reply_box 0.3",
      "text 0.2",
      "sent 0.5",
      "labels_menu 0.2",
      "labelled 0.5",
    ],
    "signature.json": ["settings 0.3", "text 0.2", "saved 0.5"],
    "snooze.json": ["mail 0.3", "menu 0.2", "snoozed 0.5"],
    "star.json": ["starred 0.5"],
    "unstar.json": ["unstarred 0.5"],
    "vacation.json": ["settings 0.3", "form 0.2", "on 0.2", "text 0.2", "saved 0.5"],
  });
});

test("no step earns anything where the pages show other mails, people and texts than the goal's", () => {
  for (const [i, r] of recorded.entries()) {
    const { kind: _, ...values } = readGoal(r.goal)!;
    const spoil = (text: string): string =>
      Object.values(values).reduce((all, value) => all.replaceAll(new RegExp(escaped(value), "gi"), "elsewhere"), text);
    const pages = unpack(r).map((page): Observation => ({
      ...page,
      elements: page.elements.map((e) => ({
        ...e,
        name: spoil(e.name),
        near: spoil(e.near),
        ...(e.value !== undefined && { value: spoil(e.value) }),
      })),
    }));
    // That a form is open, or a button of it in view, shows no value.
    const paid = earned(r, r.goal, pages).join(" ").match(/[a-z]\w*/g) ?? [];
    assert.equal(
      paid.filter((name) => !["compose", "copies", "dialog", "contacts", "form", "settings", "on"].includes(name)),
      [],
      files[i],
    );
  }
});

test("the last step earns nothing when the page shows no notice or speaks of something else", () => {
  const without = (o: Observation): Observation => ({ ...o, elements: o.elements.filter((e) => e.name !== "Undo") });
  const speaking = (near: string) => (o: Observation): Observation => ({
    ...o,
    elements: o.elements.map((e) => e.name === "Undo" ? { ...e, near } : e),
  });
  // A star shows for itself; that a draft or the settings were saved no notice tells.
  const expected: Readonly<Record<string, string>> = {
    "star.json": "starred 0.5",
    "open_star.json": "starred 0.5",
    "unstar.json": "unstarred 0.5",
    "save_draft.json": "saved 0.5",
    "page_size.json": "saved 0.5",
    "signature.json": "saved 0.5",
    "vacation.json": "saved 0.5",
  };
  for (const change of [without, speaking("2 conversations moved to Spam Undo")]) {
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

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
