// runtime: node
import type { Action, Environment, Site, Transition } from "../../../core/mod.ts";
import { milestoneReward } from "../../../core/site.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { gomail as mailSite } from "../../../plugins/sites/gomail/gomail.ts";
import gomail from "../../../plugins/sites/gomail/site.ts";
import source from "../../../plugins/real/tasks.ts";
import replica from "../../../plugins/replica/environment.ts";
import { Hand } from "../../core/browser/desk.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { installed } from "./installed.ts";

const here = await installed();
const site: Site = await gomail.create({}, {});
const families = mailSite.families.map(({ name }) => name);
const reward = milestoneReward(mailSite, { scale: 1, families });
const test = suite("real tasks on the page");

/** The mail site in a real browser; an episode ends when the official script passes. */
const open = (t: TestContext, of: Site = site): Environment =>
  t.use(replica.create({ site: of, stop: "solved", forking: "native", pages: 2 }, {}) as Environment);

async function realTasks() {
  const options = { site, tasks: [], exclude_ungradeable: true, max_steps: 25, python: "python3" };
  const tasks = await source.create(options, { packageRoot: packageRoot(), log: silentLog });
  const find = async (id: string) => (await tasks.list({ split: "eval", match: id }))[0]!;
  return { find, grade: tasks.grade! };
}

/** A step on the control of this name: typed into when there is a text, else clicked. */
type Move = readonly [name: string, role?: string, text?: string];

const compose = (to: string, subject: string, text: string): Move[] => [
  ["Compose"],
  ["To", "combobox", to],
  ["Subject", "textbox", subject],
  ["Message", "textbox", text],
  ["Send", "button"],
];
const details = ["Project", "Could you send me the project details?"] as const;

const rightRuns: Readonly<Record<string, readonly Move[]>> = {
  "v2.gomail-8": compose("kevin.moore@example.com", ...details),
  "v2.gomail-16": [["Create new label"], ["Label name", "textbox", "Support Emails"], ["Create"]],
  "v2.gomail-20": [["Select all"], ["Select all 54 conversations"], ["Delete"]],
  "v2.gomail-24": [["Select email from John Doe, Recap of the Monday meeting"], ["Delete"]],
  "v2.gomail-26": [["Search mail", "searchbox", "noreply"], ["Select all"], ["Delete"]],
};

/** Plays a run; returns what each step said about being solved. `pays` is told each step. */
async function play(
  hand: Hand,
  moves: readonly Move[],
  pays: (step: Transition) => void = () => {},
): Promise<boolean[]> {
  const solved: boolean[] = [];
  for (const [name, role, text] of moves) {
    const submit = role === "searchbox";
    const on = hand.el(name, role);
    const action: Action = text === undefined
      ? { action: "click", ...on }
      : { action: "type", ...on, text, clear: true, submit };
    const from = hand.seen;
    const { solved: now } = await hand.do(action);
    pays({ from, to: hand.seen, parsed: { ok: true, action, repairs: 0 } });
    solved.push(now);
  }
  return solved;
}

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
  test("REAL tasks on the page are skipped because they are not here", () => {});
} else {
  for (const [id, moves] of Object.entries(rightRuns)) {
    test(`${id} is solved on the real page with its last step and not before`, async (t) => {
      const { find, grade } = await realTasks();
      const hand = await Hand.on(await open(t).open(await find(id), { signal: t.signal, seed: 0, grade }), t);
      let fold = reward.start({ id: `${id}/s25`, text: "", startUrl: "", maxSteps: 25 }, hand.seen);
      const paid: string[][] = [];
      const solved = await play(hand, moves, (step) => {
        const next = fold.next(step);
        fold = next.fold;
        paid.push(next.terms.map(({ name }) => name));
      });
      assert.equal(solved, moves.map((_, i) => i === moves.length - 1));
      const all = reward.explain!({ id, text: "" }).milestones.map(({ name }) => name);
      assert.equal(
        [paid.flat().sort(), paid.at(-1)!.includes(all.at(-1)!)],
        [[...all].sort(), true],
        "what the reward pays",
      );
      assert.equal(await hand.episode.verdict(t), {
        success: true,
        by: `real/${id}`,
        reason: "the official script printed SUCCESS",
        strict: { success: true, by: `gomail/${id}`, reason: "all that was asked for was done, and nothing else" },
      });
    });
  }

  test("a mail to the wrong person solves nothing, and a fork of its page is judged by the same rule", async (t) => {
    const { find, grade } = await realTasks();
    const environment = open(t);
    const task = await find("v2.gomail-8");
    const hand = await Hand.on(await environment.open(task, { signal: t.signal, seed: 0, grade }), t);
    let fold = reward.start({ id: `${task.template}/s25`, text: "", startUrl: "", maxSteps: 25 }, hand.seen);
    const paid: string[] = [];
    const nothing = [false, false, false, false, false];
    assert.equal(
      await play(hand, compose("brian.king@example.com", ...details), (step) => {
        const next = fold.next(step);
        fold = next.fold;
        paid.push(...next.terms.map(({ name }) => name));
      }),
      nothing,
    );
    assert.equal(paid, ["compose", "subject", "message"], "what the reward pays a near miss");
    const fork = await Hand.on(await environment.fork(await hand.episode.mark(t), { signal: t.signal, grade }), t);
    for (const { episode } of [hand, fork]) {
      const { success, reason, strict } = await episode.verdict(t);
      assert.equal([success, reason, strict?.success], [false, "the official script printed FAILURE", false]);
    }
  });

  test("a site without a report cannot be graded from outside, and says so", async (t) => {
    const { find, grade } = await realTasks();
    const { report: _, ...bare } = site;
    const hand = await Hand.on(
      await open(t, bare).open(await find("v2.gomail-24"), { signal: t.signal, seed: 0, grade }),
      t,
    );
    const e = await thrownBy(() => hand.episode.verdict(t)) as Error;
    assert.is(e.message, 'the site "gomail" makes no report that v2.gomail-24/s25 is graded by');
  });
}
