import type { Task } from "../../../../core/domain/task.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import type { Setup } from "../../../../plugins/sites/gomail/state/state.ts";
import { rowsOf } from "../../../../plugins/sites/gomail/state/select.ts";
import { listOf } from "../../../../plugins/sites/gomail/state/state.ts";
import { pools } from "../../../../plugins/sites/gomail/families/pools.ts";
import { assert, suite } from "../../../harness.ts";
import { gomailTasks, sets, templates } from "./kit.ts";

const test = suite("gomail tasks");
const source = gomailTasks({ templates: ["all"], max_optimum: 8, cap: 0 });
const drawn = (split: string, n: number, seed = 0): Task[] =>
  Array.from({ length: n }, (_, index) => source.draw({ split, index, seed }));
const params = (task: Task) => task.params as unknown as Record<string, string> & { setup: Setup };

/** Every value a task shows: goal values, and senders, addresses, subjects, labels of its mailbox. */
function valuesOf(task: Task): string[] {
  const { setup, ...values } = params(task);
  const mails = setup.mails.flatMap((
    m,
  ) => [m.from, ...m.from.split(" "), m.fromAddress, m.subject, ...m.content.split("\n\n")]);
  const domains = setup.mails.map((m) => m.fromAddress.split("@")[1]!);
  return [...Object.values(values), ...mails, ...domains, ...(setup.labels ?? [])];
}

/** Content words of the subjects a task shows. */
const subjectWords = (task: Task): string[] =>
  params(task).setup.mails.flatMap((m) => m.subject.toLowerCase().split(" "));

test("every template has two wordings and two paraphrases, and no two rounds have the same order", () => {
  assert.equal(templates.filter((t) => t.wordings.length !== 2 || t.paraphrases.length !== 2), []);
  const [n, tasks] = [templates.length, drawn("train", 40 * templates.length)];
  const orders = Array.from({ length: 40 }, (_, i) => tasks.slice(i * n, i * n + n).map((t) => t.template).join(" "));
  assert.is(new Set(orders).size, 40);
});

test("draw shares no value between train and eval over 600 tasks each", () => {
  const train = drawn("train", 600);
  const evaluation = [...drawn("eval", 300), ...drawn("eval", 300, 123)];
  const seen = new Set(train.flatMap(valuesOf));
  assert.equal(evaluation.flatMap(valuesOf).filter((value) => seen.has(value)), []);
  const words = new Set(train.flatMap(subjectWords));
  assert.equal(evaluation.flatMap(subjectWords).filter((word) => words.has(word)), []);
});

test("pools share no item between splits, within names and topics, or with the seed mailbox and the page", () => {
  const flat = (split: keyof typeof pools): string[] => Object.values(pools[split]).flat();
  const [train, evaluation] = [flat("train"), flat("eval")];
  for (const all of [train, evaluation]) assert.is(new Set(all.map((s) => s.toLowerCase())).size, all.length);
  assert.equal(evaluation.filter((s) => train.some((t) => t.toLowerCase() === s.toLowerCase())), []);
  const seed = initialState({ mails: [] }).emails.map((e) => `${e.from} ${e.subject} ${e.content}`).join(" ")
    .toLowerCase();
  const seedWords = new Set(seed.match(/[\p{L}]+/gu));
  const page = new Set(
    ("inbox starred sent drafts archive spam trash label labels search mail compose star email select all " +
      "delete mark read unread reply send discard message subject to close undo back answer work personal receipts")
      .split(" "),
  );
  const texts = [pools.train, pools.eval].flatMap((p) => [...p.openings, ...p.closings]).join(" ").toLowerCase().split(
    " ",
  );
  assert.equal(texts.filter((word) => page.has(word)), []);
  const { queries, firstNames, lastNames, labels, topics, things } = pools.train;
  const more = pools.eval;
  for (
    const name of [...firstNames, ...lastNames, ...more.firstNames, ...more.lastNames, ...queries, ...more.queries]
  ) {
    assert.is(seedWords.has(name.toLowerCase()), false, `${name} is in the seed mailbox`);
  }
  for (
    const word of [
      ...labels,
      ...more.labels,
      ...topics,
      ...more.topics,
      ...things,
      ...more.things,
      ...queries,
      ...more.queries,
    ]
  ) {
    assert.is(page.has(word.toLowerCase()), false, `${word} is on the page`);
  }
});

test("draw varies: few of 1200 train tasks and of 48 eval tasks share a goal", () => {
  assert.ok(new Set(drawn("train", 1200).map((t) => t.goal.text)).size > 1000);
  assert.ok(new Set(drawn("eval", 48, 123).map((t) => t.goal.text)).size >= 46);
});

test("draw places the meant mail: alone with its sender and subject, in a row in view unless it must be searched", () => {
  for (const task of [...drawn("train", 120), ...drawn("eval", 120)]) {
    const { setup, query } = params(task);
    const state = initialState(setup);
    const inbox = rowsOf(state, listOf("inbox"));
    const isAway = setup.mails[0]!.folder !== undefined;
    const rows = isAway ? rowsOf(state, listOf(setup.mails[0]!.folder!)) : inbox;
    if (isAway) assert.equal(rows.map((m) => m.subject).sort(), setup.mails.map((m) => m.subject).sort());
    else assert.equal(setup.mails.map((m) => inbox[m.position]?.subject), setup.mails.map((m) => m.subject));
    const [target] = setup.mails;
    assert.is(rows.filter((m) => m.from === target!.from).length, 1);
    assert.is(rows.filter((m) => m.subject === target!.subject).length, 1);
    const [first, last] = query !== undefined ? [20, 45] : [0, 9];
    assert.ok(target!.position >= first! && target!.position <= last!, `${task.id}: row ${target!.position}`);
    if (query === undefined) continue;
    const found = rowsOf(state, listOf("search", query)).map((m) => m.subject).sort();
    assert.equal(found, setup.mails.slice(0, 2).map((m) => m.subject).sort());
  }
  const places = new Set(
    drawn("train", 100 * templates.length).filter((t) => t.template === "star").map((t) =>
      params(t).setup.mails[0]!.position
    ),
  );
  assert.is(places.size, 10);
});

test("the lists six and twelve stay what pipelines and benches mean by them", () => {
  const { six, twelve } = sets;
  assert.equal(six, ["star", "archive", "label", "search_delete", "reply", "compose"]);
  assert.is(twelve!.length, 12);
  assert.equal(six!.filter((name) => !twelve!.includes(name)), []);
  const optima = templates.filter((t) => twelve!.includes(t.name)).map((t) => t.optimum);
  assert.equal([Math.min(...optima), Math.max(...optima)], [1, 5]);
  const names = (asked: string[]) => {
    const tasks = gomailTasks({ templates: asked, max_optimum: 5, cap: 0 });
    return new Set(Array.from({ length: 60 }, (_, index) => tasks.draw({ split: "eval", index, seed: 0 }).template));
  };
  assert.equal(names([]), new Set(six));
  assert.equal(names(["twelve"]), new Set(twelve));
  assert.equal(names(["six", "unstar"]), new Set([...six!, "unstar"]));
});
