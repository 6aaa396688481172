// The tasks of REAL's first version that queries alone grade: right work, near misses and the page as it was.
import type { SiteDefinition, SiteTypes } from "../../../core/site.ts";
import { defaultConfig, finishReport, judgeStrictly } from "../../../core/site.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { defaultFolder, readEarlierTasks } from "../../../plugins/real/agisdk.ts";
import { askQueries } from "../../../plugins/real/queries.ts";
import { earlierPlayed } from "../../../plugins/real/catalogue.ts";
import source from "../../../plugins/real/tasks.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import type { Event as CalEvent } from "../../../plugins/sites/gocalendar/state/event.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import gomailSite from "../../../plugins/sites/gomail/site.ts";
import type { Event as MailEvent } from "../../../plugins/sites/gomail/state/event.ts";
import { rowsOf } from "../../../plugins/sites/gomail/state/select.ts";
import { listOf } from "../../../plugins/sites/gomail/state/state.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";
import * as calendar from "../../../plugins/sites/gocalendar/official/runs.ts";
import * as mail from "../../../plugins/sites/gomail/official/runs.ts";

const here = await readEarlierTasks(defaultFolder()).catch((e: unknown) => {
  if (isHaloError(e, "HALO_REAL_MISSING")) return undefined;
  throw e;
});

const test = suite("real/earlier");

test("queries compare by type, as Python does for JSON, and one that fails finds nothing", () => {
  const ask = (query: string, expected: Parameters<typeof askQueries>[0][number]["expected"]) =>
    askQueries([{ query, expected }], { a: "1", b: true, list: [1, { c: null }], none: null }).success;
  assert.equal(
    [ask("a", "1"), ask("a", 1), ask("b", true), ask("b", 1), ask("b", "true"), ask("list", [1, { c: null }])],
    [true, false, true, true, false, true],
  );
  assert.equal([ask("length(none) == `0`", true), ask("list[5]", true), ask("nothing", null)], [false, false, true]);
  assert.is(
    askQueries([{ query: "a", expected: true }], { a: "yes" }).reason,
    'the query a finds "yes", not true',
  );
});

const write = (to: string, subject: string, body: string): MailEvent[] => [
  { type: "compose" },
  { type: "compose-input", field: "toInput", text: to },
  { type: "commit-recipient", by: "enter" },
  { type: "compose-input", field: "subject", text: subject },
  { type: "compose-input", field: "body", text: body },
];
const [first, second] = rowsOf(mail.untouched, listOf("inbox"));
const read = (id: string): MailEvent[] => [{ type: "select", id }, { type: "mark", isRead: true }];
const notes = "Please find the meeting notes attached.";
const later = (at: string): MailEvent[] => [
  ...write("jane.doe@example.com", "Weekly Update", "Here it is."),
  { type: "schedule-send", at },
];
const meeting = (location: string, to = "2:30 PM"): CalEvent[] => [
  { type: "new", kind: "event" },
  ...Object.entries({ title: "Team Meeting", day: "July 19", from: "2 PM", to, location })
    .map(([field, text]): CalEvent => ({ type: "write", field: field as "title", text })),
  { type: "save" },
];
const idOf = (title: string): string => calendar.untouched.events.find((event) => event.title === title)!.id;
const deletion = (title: string): CalEvent[] => [
  { type: "open-details", kind: "event", id: idOf(title) },
  { type: "delete", kind: "event", id: idOf(title) },
];
const renamed = (title: string, location: string): CalEvent[] => [
  { type: "open-details", kind: "event", id: idOf("Team Check-In") },
  { type: "edit", kind: "event", id: idOf("Team Check-In") },
  { type: "write", field: "title", text: title },
  { type: "write", field: "location", text: location },
  { type: "save" },
];

/** By task: right work, and work that is nearly right. */
const mails: Readonly<Record<string, readonly [right: MailEvent[], near: MailEvent[]]>> = {
  "v1.gomail-2": [read(first!.id), read(second!.id)],
  "v1.gomail-3": [
    [...write("jonathan.smith@example.com", "Meeting Notes", notes), { type: "send" }],
    [...write("jane.smith@example.com", "Meeting Notes", notes), { type: "send" }],
  ],
  "v1.gomail-5": [later("2024-07-22T09:00"), [...later("2024-07-22T09:00").slice(0, -1), { type: "send" }]],
};
const events: Readonly<Record<string, readonly [right: CalEvent[], near: CalEvent[]]>> = {
  "v1.gocalendar-1": [meeting("Conference Room A"), meeting("Conference Room A", "3 PM")],
  "v1.gocalendar-3": [deletion("Breakfast Meeting with Client"), deletion("Team Check-In")],
  "v1.gocalendar-4": [renamed("Project Kickoff", "Zoom"), renamed("Project Kickoff", "Room Cedar")],
};

test("the catalogue calls those tasks played that a site has a strict rule for", () => {
  const ids = [gocalendar, gomail].flatMap(({ official }) => Object.keys(official!.earlier!));
  assert.equal(ids, earlierPlayed);
});

if (here === undefined) console.log("skipped: halo tasks fetch real");
else {
  test("52 tasks of the first version are graded by queries alone, four of them against their goal", () => {
    assert.equal([here.length, here.filter(({ isGradeable }) => !isGradeable).length], [52, 4]);
  });

  test("right work passes the queries and the strict rule, near misses and the untouched page pass neither", () => {
    check(gomail, { runs: mails, untouched: mail.untouched, after: mail.after });
    check(gocalendar, { runs: events, untouched: calendar.untouched, after: (run) => calendar.after(run) });
  });

  test("a source of version v1 draws these tasks and grades by their queries", async (t) => {
    const site = await gomailSite.create({}, {});
    const options = { site, version: "v1", tasks: [], exclude_ungradeable: true, max_steps: 25 } as const;
    const tasks = await source.create({ ...options, python: "python3" }, { packageRoot: packageRoot() });
    assert.equal([tasks.size!("eval"), tasks.draw({ split: "eval", index: 0, seed: 0 }).key], [3, "v1.gomail-2"]);
    const task = tasks.draw({ split: "eval", index: 0, seed: 0 });
    const start = site.start(task);
    const strict = site.judge(task, start, start);
    const report = site.report!(task, start, start);
    const verdict = await tasks.grade!({ task, report, strict }, t);
    assert.equal([verdict.success, verdict.by, verdict.strict?.by], [false, "real/v1.gomail-2", "gomail/v1.gomail-2"]);
  });
}

function check<T extends SiteTypes, Event>(site: SiteDefinition<T>, { runs, untouched, after }: {
  readonly runs: Readonly<Record<string, readonly [right: Event[], near: Event[]]>>;
  readonly untouched: T["state"];
  readonly after: (run: readonly Event[]) => T["state"];
}): void {
  const official = site.official!;
  assert.equal(Object.keys(official.earlier!), Object.keys(runs));
  for (const [id, [right, near]] of Object.entries(runs)) {
    const { queries } = here!.find((task) => task.id === id)!;
    const graded = (run: readonly Event[]) => {
      const final = after(run);
      const report = finishReport(official, {
        initial: untouched,
        final,
        history: [],
        config: defaultConfig(id, official),
      });
      const strict = judgeStrictly(site, id, { before: untouched, after: final });
      return { official: askQueries(queries!, report), strict };
    };
    const done = graded(right);
    assert.ok(done.official.success && done.strict.success, `${id}: ${done.official.reason}; ${done.strict.reason}`);
    assert.not(graded([]).official.success || graded([]).strict.success, `${id}: the untouched page passes`);
    assert.not(graded(near).strict.success, `${id}: a near miss passes`);
  }
}
