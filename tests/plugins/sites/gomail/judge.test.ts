import type { Json } from "../../../../core/domain/json.ts";
import type { Task } from "../../../../core/domain/task.ts";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import type { GoMailState, Setup } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { assert, suite } from "../../../harness.ts";
import { verdictOf, walk } from "./ways.ts";
import { gomailTasks, judge, templates } from "./kit.ts";

const test = suite("gomail judge");

interface Case {
  readonly task: Task;
  readonly start: GoMailState;
  /** Id of the meant mail and of another one. */
  readonly mail: string;
  readonly other: string;
  readonly subject: string;
  readonly values: Readonly<Record<string, string>>;
}

function caseOf(template: string): Case {
  const task = gomailTasks({ templates: [template], max_optimum: 8, cap: 0 }).draw({
    split: "eval",
    index: 4,
    seed: 1,
  });
  const params = task.params as unknown as Record<string, string> & { setup: Setup };
  const start = initialState(params.setup);
  const idOf = (i: number) => start.emails.find((e) => e.subject === params.setup.mails[i]!.subject)!.id;
  return { task, start, mail: idOf(0), other: idOf(1), subject: params.setup.mails[0]!.subject, values: params };
}

const after = (state: GoMailState, ...events: Event[]): GoMailState => events.reduce(update, state);
const verdict = ({ task, start }: Case, now: GoMailState) =>
  judge(task, start as unknown as Json, now as unknown as Json);
const reasonOf = (c: Case, ...events: Event[]): string => {
  const { success, reason } = verdict(c, after(c.start, ...events));
  assert.is(success, false, reason);
  return reason;
};
const open = (id: string): Event => ({ type: "open-mail", id });
const star = (id: string): Event => ({ type: "star", id });
const select = (id: string): Event => ({ type: "select", id });
const move = (to: "archive" | "trash"): Event => ({ type: "move", to });
const back: Event = { type: "back" };
const inbox: Event = { type: "open-list", folder: "inbox" };
const write = (field: "toInput" | "subject" | "body", text: string): Event => ({ type: "compose-input", field, text });

function right(c: Case): Event[] {
  const { text = "", address = "", subject = "", label = "", query = "" } = c.values;
  switch (c.task.template) {
    case "star":
      return [star(c.mail)];
    case "archive":
      return [open(c.mail), move("archive")];
    case "label":
      return [select(c.mail), { type: "toggle-menu", menu: "labels" }, { type: "toggle-label", label }];
    case "search_delete":
      return [{ type: "search-input", text: query }, { type: "search" }, select(c.mail), move("trash")];
    case "reply":
      return [open(c.mail), { type: "reply", all: false }, { type: "reply-input", text }, { type: "send-reply" }];
    default:
      return [{ type: "compose" }, write("toInput", address), write("subject", subject), write("body", text), {
        type: "send",
      }];
  }
}

const done: Readonly<Record<string, string>> = {
  star: "the mail was starred and nothing else changed",
  archive: "the mail was archived and nothing else changed",
  label: 'the mail was labelled "LABEL" and nothing else changed',
  search_delete: "the mail was moved to Trash and nothing else changed",
  reply: "the mail to ADDRESS was sent and nothing else changed",
  compose: "the mail to ADDRESS was sent and nothing else changed",
};

for (const template of Object.keys(done)) {
  const c = caseOf(template);

  test(`judge accepts ${template} when exactly that was done, whatever was read before`, () => {
    const events = right(c);
    const address = c.values["address"] ?? c.start.emails.find((e) => e.id === c.mail)!.fromAddress;
    const reason = done[template]!.replace("LABEL", c.values["label"] ?? "").replace("ADDRESS", address);
    const expected = { success: true, by: `gomail/${template}`, reason };
    assert.equal(verdict(c, after(c.start, ...events)), expected);
    assert.equal(
      verdict(c, after(c.start, open(c.other), back, { type: "open-list", folder: "sent" }, inbox, ...events)),
      expected,
    );
    // Every earlier moment of the right way is not a success yet.
    for (let i = 0; i < events.length; i++) assert.is(verdict(c, after(c.start, ...events.slice(0, i))).success, false);
  });

  test(`judge refuses ${template} when something else was done as well`, () => {
    const otherSubject = c.start.emails.find((e) => e.id === c.other)!.subject;
    assert.is(reasonOf(c, star(c.other), ...right(c)), `"${otherSubject}" was changed as well: isStarred`);
    assert.is(
      reasonOf(c, open(c.other), move("archive"), ...right(c)),
      `"${otherSubject}" was changed as well: folder`,
    );
    const unread: Event[] = [open(c.other), back, select(c.other), { type: "mark", isRead: false }, select(c.other)];
    const { isRead } = c.start.emails.find((e) => e.id === c.other)!;
    if (isRead) assert.is(reasonOf(c, ...unread, ...right(c)), `"${otherSubject}" was changed as well: isRead`);
    const sent: Event[] = [{ type: "compose" }, write("toInput", "ann@x.example"), { type: "send" }];
    assert.is(reasonOf(c, ...sent, ...right(c)), "another mail to ann@x.example was sent");
    const draft: Event[] = [{ type: "compose" }, write("subject", "Hm"), { type: "close-compose" }];
    assert.is(reasonOf(c, ...draft, ...right(c)), 'a draft "Hm" was left behind');
    const newLabel: Event[] = [{ type: "new-label" }, { type: "label-input", text: "Odds" }, { type: "create-label" }];
    assert.is(reasonOf(c, ...newLabel, ...right(c)), "the list of labels was changed");
    const begun: Event[] = [{ type: "compose" }, write("body", "Hm")];
    assert.is(reasonOf(c, ...right(c), ...begun), "a new message was begun and left open");
    const answer: Event[] = [open(c.other), { type: "reply", all: false }, { type: "reply-input", text: "Hm" }];
    assert.is(reasonOf(c, ...right(c), ...answer), "a reply was begun and left open");
    assert.is(
      verdict(c, after(c.start, ...right(c), { type: "compose" })).success,
      true,
      "an empty composer is no leftover",
    );
    assert.is(verdict(c, after(c.start, ...right(c), { type: "undo" })).success, template === "star");
  });
}

test("judge names what is missing when nothing was done", () => {
  const reasons = Object.keys(done).map((template) => {
    const c = caseOf(template);
    return reasonOf(c).replace(c.subject, "SUBJECT").replace(c.values["label"] ?? "-", "LABEL");
  });
  assert.equal(reasons, [
    '"SUBJECT" is not starred',
    '"SUBJECT" is not archived',
    '"SUBJECT" is not labelled "LABEL"',
    '"SUBJECT" is not moved to Trash',
    "no mail was sent",
    "no mail was sent",
  ]);
});

test("judge says what is still there where something was to be taken off, and denies nothing twice", () => {
  const [unstarring, unreading] = ["unstar", "mark_unread"].map(caseOf) as [Case, Case];
  assert.is(reasonOf(unstarring), `"${unstarring.subject}" is still starred`);
  assert.is(reasonOf(unreading), `"${unreading.subject}" is still marked as read`);
  assert.is(
    verdict(unstarring, after(unstarring.start, star(unstarring.mail))).reason,
    "the mail was unstarred and nothing else changed",
  );
  for (const { name } of templates) {
    const task = gomailTasks({ templates: [name], max_optimum: 8, cap: 0 }).draw({ split: "eval", index: 4, seed: 1 });
    const start = initialState((task.params as unknown as { setup: Setup }).setup) as unknown as Json;
    const reason = judge(task, start, start).reason.replaceAll(/"[^"]*"/g, '""');
    assert.not.match(reason, /\bnot( \w+)* (without|no|un(?!til)\w+)\b/, name);
  }
});

test("judge refuses the right change on the wrong mail", () => {
  const [starring, archiving, labelling, deleting] = ["star", "archive", "label", "search_delete"].map(
    caseOf,
  ) as Case[];
  assert.is(reasonOf(starring!, star(starring!.other)), `"${starring!.subject}" is not starred`);
  assert.is(reasonOf(archiving!, open(archiving!.other), move("archive")), `"${archiving!.subject}" is not archived`);
  assert.is(reasonOf(archiving!, open(archiving!.mail), move("trash")), `"${archiving!.subject}" is not archived`);
  assert.is(
    reasonOf(deleting!, select(deleting!.mail), move("archive")),
    `"${deleting!.subject}" is not moved to Trash`,
  );
  const forever: Event[] = [{ type: "open-list", folder: "trash" }, select(deleting!.mail), { type: "delete-forever" }];
  assert.is(reasonOf(deleting!, ...right(deleting!), ...forever), "the mail was deleted forever");
  const wrongLabel: Event[] = [select(labelling!.mail), { type: "toggle-label", label: "Work" }];
  const label = labelling!.values["label"]!;
  assert.is(reasonOf(labelling!, ...wrongLabel), `"${labelling!.subject}" is not labelled "${label}"`);
  const both: Event[] = [...right(labelling!), { type: "toggle-label", label: "Work" }];
  assert.is(reasonOf(labelling!, ...both), `"${labelling!.subject}" is not labelled "${label}"`);
});

test("judge refuses a sent mail with another recipient, subject, text or thread", () => {
  const c = caseOf("compose");
  const { address = "", subject = "", text = "" } = c.values;
  const send = (to: string, about: string, body: string): string =>
    reasonOf(c, { type: "compose" }, write("toInput", to), write("subject", about), write("body", body), {
      type: "send",
    });
  assert.is(
    send("jane.smith@example.com", subject, text),
    `a mail was sent, but to jane.smith@example.com instead of ${address}`,
  );
  assert.is(
    send(`${address}, jane.smith@example.com`, subject, text),
    `a mail was sent, but to ${address}, jane.smith@example.com instead of ${address}`,
  );
  assert.is(send(address, "", text), 'a mail was sent, but with the subject ""');
  assert.is(send(address, subject, subject), `a mail was sent, but with the text "${subject}"`);

  const r = caseOf("reply");
  const answer = (id: string, body: string): string =>
    reasonOf(r, open(id), { type: "reply", all: false }, { type: "reply-input", text: body }, { type: "send-reply" });
  const addressOf = (id: string) => r.start.emails.find((e) => e.id === id)!.fromAddress;
  const sentTo = addressOf(r.other);
  assert.is(answer(r.other, r.values["text"]!), `a mail was sent, but to ${sentTo} instead of ${addressOf(r.mail)}`);
  assert.is(answer(r.mail, "Yes"), 'a mail was sent, but with the text "Yes"');
  const fresh: Event[] = [
    { type: "compose" },
    write("toInput", addressOf(r.mail)),
    write("subject", `Re: ${r.subject}`),
    write("body", r.values["text"]!),
    { type: "send" },
  ];
  assert.is(reasonOf(r, ...fresh), "a mail was sent, but not as a reply to the right mail");
  assert.is(
    reasonOf(r, ...right(r), { type: "reply", all: false }, { type: "reply-input", text: r.values["text"]! }, {
      type: "send-reply",
    }),
    `another mail to ${addressOf(r.mail)} was sent`,
  );
});

/** Things no goal asks for; the seed's mails 2 and 47 are meant by none. */
const besides: Readonly<Record<string, readonly Event[]>> = {
  "another star": [star("2")],
  "another mail archived": [open("47"), move("archive")],
  "another mail marked unread": [inbox, select("2"), { type: "mark", isRead: false }],
  "another label": [{ type: "new-label" }, { type: "label-input", text: "Odds" }, { type: "create-label" }],
  "another mail sent": [{ type: "compose" }, write("toInput", "ann@x.example"), { type: "send" }],
  "another draft": [{ type: "compose" }, write("subject", "Hm"), { type: "close-compose" }],
  "a message left open": [{ type: "compose" }, write("body", "Hm")],
  "a reply left open": [open("2"), { type: "reply", all: false }, { type: "reply-input", text: "Hm" }],
  "an undo": [{ type: "undo" }],
};

for (const { name } of templates) {
  test(`judge accepts the shortest way of ${name}, and nothing that was done besides`, () => {
    for (const split of ["train", "paraphrase"]) {
      const task = gomailTasks({ templates: [name], max_optimum: 8, cap: 0 }).draw({ split, index: 2, seed: 6 });
      const end = walk(task).at(-1)!.box.state;
      assert.is(verdictOf(task, end).success, true, verdictOf(task, end).reason);
      for (const [what, events] of Object.entries(besides)) {
        const now = after(end, ...events);
        if (what !== "an undo" || now !== end) {
          assert.is(verdictOf(task, now).success, /star/.test(name) && what === "an undo", `${name} and ${what}`);
        }
      }
    }
  });
}
