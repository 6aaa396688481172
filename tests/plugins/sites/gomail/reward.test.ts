import type { Observation } from "../../../../core/domain/observation.ts";
import type { Transition } from "../../../../core/domain/reward.ts";
import { assert, suite } from "../../../harness.ts";
import { actions, click, menu, message, notice, page, row, search, step } from "./pages.ts";
import {
  archiveGoal,
  composeGoal,
  composing,
  deleteGoal,
  earned,
  families,
  filled,
  goal,
  inbox,
  labelGoal,
  mail,
  openedPage,
  other,
  replyGoal,
  selectedPage,
  starGoal,
  starredPage,
  start,
  total,
} from "./paid.ts";
import { gomailReward, kinds } from "./kit.ts";
import { milestoneReward } from "../../../../core/site.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";

const test = suite("gomail reward");

test("starred is paid when the meant mail's star turns on, and for no other", () => {
  const fold = start(starGoal);
  const { terms } = fold.next(step(inbox, starredPage));
  assert.equal(terms, [{ name: "starred", value: 0.5, evidence: `"${mail}" has a star` }]);
  assert.equal(earned(fold, step(inbox, page(search(), row(mail), row(other, { starred: true })))), [[]]);
  assert.equal(earned(fold, step(openedPage, page(search(), message(mail, { starred: true })))), [[["starred", 0.5]]]);
  assert.equal(earned(start(starGoal, starredPage), step(inbox, starredPage)), [[["starred", 0.5]]]);
});

test("mail is paid when the meant mail alone is opened or selected", () => {
  const fold = start(archiveGoal);
  assert.equal(earned(fold, step(inbox, openedPage)), [[["mail", 0.3]]]);
  assert.equal(earned(fold, step(inbox, selectedPage)), [[["mail", 0.3]]]);
  assert.equal(earned(fold, step(inbox, page(message(other)))), [[]]);
  assert.equal(earned(fold, step(inbox, page(actions, row(mail), row(other, { selected: true })))), [[]]);
  assert.equal(
    earned(fold, step(inbox, page(actions, row(mail, { selected: true }), row(other, { selected: true })))),
    [[]],
  );
  assert.equal(earned(start(starGoal), step(inbox, openedPage)), [[]], "a star needs no opened mail");
});

test("mail compares whole senders and subjects when both are named", () => {
  const both = start('Archive the email from Nora Quill with the subject "Harvest budget".');
  assert.equal(earned(both, step(inbox, page(message("Nora Quill, Orchard budget")))), [[]]);
  assert.equal(earned(both, step(inbox, page(message("Nora Quillfeather, Harvest budget")))), [[]]);
  assert.equal(earned(both, step(inbox, openedPage)), [[["mail", 0.3]]]);
});

test("archived is paid when Archive was used on the meant mail and the page says so", () => {
  const gone = page(search(), row(other), notice("Conversation archived"));
  const fold = start(archiveGoal);
  const right = [step(inbox, selectedPage), step(selectedPage, gone, click(selectedPage, "Archive"))];
  assert.equal(earned(fold, ...right), [[["mail", 0.3]], [["archived", 0.5]]]);
  const open = [step(inbox, openedPage), step(openedPage, gone, click(openedPage, "Archive"))];
  assert.equal(earned(fold, ...open), [[["mail", 0.3]], [["archived", 0.5]]]);
  const { fold: at } = fold.next(step(inbox, selectedPage));
  const paid = (from: Observation, to: Observation, name: string) => earned(at, step(from, to, click(from, name)));
  const trashed = page(search(), row(other), notice("Conversation moved to Trash"));
  assert.equal(paid(selectedPage, trashed, "Delete"), [[]]);
  assert.equal(paid(selectedPage, page(row(other), notice("2 conversations archived")), "Archive"), [[]]);
  // The notice of an earlier action is still there when the mail is only left.
  assert.equal(paid(openedPage, page(row(other), notice("Conversation archived")), "Back to inbox"), [[]]);
  const wrong = page(message(other));
  assert.equal(paid(wrong, gone, "Archive"), [[]]);
});

test("archived is paid when Archive was hit by place or by key", () => {
  const gone = page(search(), row(other), notice("Conversation archived"));
  const { fold } = start(archiveGoal).next(step(inbox, openedPage));
  const [x, y] = openedPage.elements.find((e) => e.name === "Archive")!.centre;
  assert.equal(earned(fold, step(openedPage, gone, { action: "click", at: [x + 3, y - 4] })), [[["archived", 0.5]]]);
  const focused = page(message(mail).map((e) => e.name === "Archive" ? { ...e, states: ["focused"] } : e));
  assert.equal(earned(fold, step(focused, gone, { action: "key", keys: ["Enter"] })), [[["archived", 0.5]]]);
});

test("archived and sent are paid where the page does not tie its notice to the Undo button", () => {
  const untied = page(search(), row(other), { role: "button", name: "Undo" });
  const { fold } = start(archiveGoal).next(step(inbox, openedPage));
  assert.equal(earned(fold, step(openedPage, untied, click(openedPage, "Archive"))), [[["archived", 0.5]]]);
  assert.equal(earned(fold, step(openedPage, untied, click(openedPage, "Back to inbox"))), [[]]);
  const typed = page(message(mail, { reply: "Noon is fine, thanks" }));
  const sent = page(message(mail), { role: "button", name: "Undo" });
  const at = start(replyGoal, typed);
  assert.equal(earned(at, step(typed, sent, click(typed, "Send"))), [[["sent", 0.5]]]);
});

test("labels_menu and labelled are paid on the meant mail with the wanted label", () => {
  const fold = start(labelGoal);
  const open = page(search(), actions, menu("Work", "Taxes"), row(mail, { selected: true }), row(other));
  const added = page(search(), actions, row(mail, { selected: true }), notice('Label "Taxes" added'));
  const right = [
    step(inbox, selectedPage),
    step(selectedPage, open, click(selectedPage, "Labels")),
    step(open, added, click(open, "Taxes")),
  ];
  assert.equal(earned(fold, ...right), [[["mail", 0.3]], [["labels_menu", 0.2]], [["labelled", 0.5]]]);
  const wrongMail = page(actions, menu("Work", "Taxes"), row(mail), row(other, { selected: true }));
  assert.equal(earned(fold, step(inbox, wrongMail), step(wrongMail, added, click(wrongMail, "Taxes"))), [[], [[
    "mail",
    0.3,
  ]]]);
  const { fold: at } = fold.next(step(selectedPage, open));
  const work = page(actions, row(mail, { selected: true }), notice('Label "Work" added'));
  assert.equal(earned(at, step(open, work, click(open, "Work"))), [[]]);
  const removed = page(actions, row(mail, { selected: true }), notice('Label "Taxes" removed'));
  assert.equal(earned(at, step(open, removed, click(open, "Taxes"))), [[]]);
});

test("found and deleted are paid for the right search and for deleting the meant result", () => {
  const far = page(search(), row("Ann Fern, Choir roster"));
  const results = page(search("harvest"), row(other), row(mail));
  const picked = page(search("harvest"), actions, row(other), row(mail, { selected: true }));
  const gone = page(search("harvest"), row(other), notice("Conversation moved to Trash"));
  const type = (text: string, submit: boolean) => ({ action: "type", text, submit } as const);
  const right = [
    step(far, results, type("harvest", true)),
    step(results, picked),
    step(picked, gone, click(picked, "Delete")),
  ];
  const fold = start(deleteGoal, far);
  assert.equal(earned(fold, ...right), [[["found", 0.3]], [["mail", 0.3]], [["deleted", 0.5]]]);
  const typed = page(search("harvest"), row("Ann Fern, Choir roster"));
  assert.equal(earned(fold, step(far, typed, type("harvest", false))), [[]], "typed, not searched");
  assert.equal(earned(fold, step(typed, results, { action: "scroll", dy: 600 })), [[]], "scrolled there");
  assert.equal(earned(fold, step(far, page(search("Nora"), row(mail)), type("Nora", true))), [[]], "other words");
  assert.equal(earned(fold, step(results, page(search("harvest"), message(other)))), [[]], "wrong result");
  const { fold: at } = fold.next(step(results, picked));
  assert.equal(earned(at, step(picked, page(notice("Conversation archived")), click(picked, "Archive"))), [[]]);
});

test("reply pays for the opened mail, the box, the text and the sent answer", () => {
  const text = "Noon is fine, thanks";
  const [box, typed] = [page(message(mail, { reply: "" })), page(message(mail, { reply: text }))];
  const sent = page(message(mail), notice("Message sent"));
  const right = [
    step(inbox, openedPage),
    step(openedPage, box, click(openedPage, "Reply")),
    step(box, typed),
    step(typed, sent, click(typed, "Send")),
  ];
  const fold = start(replyGoal);
  const paid = [[["mail", 0.3]], [["reply_box", 0.3]], [["text", 0.2]], [["sent", 0.5]]];
  assert.equal(earned(fold, ...right), paid);
  assert.equal(earned(fold, step(inbox, selectedPage)), [[]], "selecting does not lead to an answer");
  assert.equal(earned(fold, step(inbox, page(message(other, { reply: "" })))), [[]]);
  assert.equal(earned(fold, step(inbox, page(message(other, { reply: text })))), [[]]);
  const { fold: at } = fold.next(step(openedPage, box));
  const half = page(message(mail, { reply: "Noon is fine" }));
  assert.equal(earned(at, step(box, half), step(half, sent, click(half, "Send"))), [[], []]);
  assert.equal(earned(at, step(typed, page(message(mail)), click(typed, "Send"))), [[]], "nothing says it was sent");
});

test("compose pays for the window, each right field, being ready and the sent mail", () => {
  const to = composing({ to: filled.to });
  const subject = composing({ chips: [filled.to], subject: filled.subject });
  const text = composing({ chips: [filled.to], subject: filled.subject, text: filled.text });
  const sent = page(search(), row(mail), notice("Message sent"));
  const right = [
    step(inbox, composing()),
    step(composing(), to),
    step(to, subject),
    step(subject, text),
    step(text, sent, click(text, "Send")),
  ];
  const paid = [
    [["compose", 0.3]],
    [["recipient", 0.2]],
    [["subject", 0.2]],
    [["message", 0.2], ["ready", 0.2]],
    [["sent", 0.5]],
  ];
  assert.equal(earned(start(composeGoal), ...right), paid);
});

test("compose pays nothing for wrong fields, wrong recipients or what was not asked", () => {
  const { fold } = start(composeGoal).next(step(inbox, composing()));
  const wrong = [
    { to: "bob@fern.example" },
    { to: filled.to, chips: ["bob@fern.example"] },
    { to: "See you" },
    { subject: "See you" },
    { subject: filled.to },
    { text: "Payroll quote" },
    { subject: "Payroll quotePayroll quote" },
  ];
  for (const fields of wrong) {
    assert.equal(earned(fold, step(composing(), composing(fields))), [[]], JSON.stringify(fields));
  }
  const early = composing({ to: filled.to, subject: filled.subject });
  const sent = page(search(), row(mail), notice("Message sent"));
  assert.equal(earned(fold, step(early, sent, click(early, "Send"))), [[]]);
  assert.equal(earned(start(starGoal), step(inbox, composing())), [[]], "the goal sends nothing");
});

test("total return does not grow when a milestone is farmed", () => {
  const opened = composing();
  const reopening = Array.from({ length: 5 }, () => [step(inbox, opened), step(opened, inbox)]).flat();
  assert.is(total(earned(start(composeGoal), ...reopening)), 0.3);
  const typed = composing({ subject: filled.subject });
  const clearing = Array.from({ length: 5 }, () => [step(opened, typed), step(typed, opened)]).flat();
  assert.is(total(earned(start(composeGoal), step(inbox, opened), ...clearing)), 0.5);
  const toggling = Array.from({ length: 5 }, () => [step(inbox, starredPage), step(starredPage, inbox)]).flat();
  assert.is(total(earned(start(starGoal), ...toggling)), 0.5);
  const picking = Array.from({ length: 5 }, () => [step(inbox, selectedPage), step(selectedPage, openedPage)]).flat();
  assert.is(total(earned(start(archiveGoal), ...picking)), 0.3);
  const gone = page(row(other), notice("Conversation archived"));
  const archive = step(selectedPage, gone, click(selectedPage, "Archive"));
  assert.is(
    total(earned(start(archiveGoal), step(inbox, selectedPage), archive, step(gone, selectedPage), archive)),
    0.8,
  );
});

test("next leaves the fold it was called on unchanged, so that forks share nothing", () => {
  const fold = start(archiveGoal);
  const first = fold.next(step(inbox, openedPage));
  assert.equal(fold.next(step(inbox, openedPage)).terms, first.terms);
  assert.equal(first.fold.next(step(inbox, openedPage)).terms, []);
});

test("nothing is paid for what the first page already shows, for invalid output, or for goals it cannot read", () => {
  assert.equal(earned(start(archiveGoal, selectedPage), step(inbox, selectedPage)), [[]]);
  const invalid: Transition = { from: inbox, to: inbox, parsed: { ok: false, code: "X", message: "" } };
  assert.equal(earned(start(starGoal), invalid), [[]]);
  assert.equal(earned(start("Book a table for two."), step(inbox, starredPage)), [[]]);
});

test("options scale milestones and leave families out", () => {
  const half = gomailReward({ scale: 0.5, families }).start(goal(starGoal), inbox);
  assert.equal(earned(half, step(inbox, starredPage)), [[["starred", 0.25]]]);
  const composeOnly = gomailReward({ scale: 1, families: ["compose"] });
  assert.equal(earned(composeOnly.start(goal(starGoal), inbox), step(inbox, starredPage)), [[]]);
  assert.equal(earned(composeOnly.start(goal(composeGoal), inbox), step(inbox, composing())), [[["compose", 0.3]]]);
});

test("the reward pays the same on a site that has no tasks, states or judge", () => {
  const none = (): never => {
    throw new Error("a reward sees goal text and observations only");
  };
  const families = gomail.families.map((family) => ({ ...family, templates: [] }));
  const bare = { ...gomail, families, start: none, drawer: none, rules: {} as typeof gomail.rules };
  const fold = milestoneReward(bare, { scale: 1, families: kinds }).start(goal(starGoal), inbox);
  assert.equal(earned(fold, step(inbox, starredPage)), [[["starred", 0.5]]]);
});
