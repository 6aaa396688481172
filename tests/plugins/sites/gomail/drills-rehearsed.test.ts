// runtime: node
import rehearsal from "../../../../bench/sites/rehearsal/environment.ts";
import type { Environment, Task } from "../../../../core/mod.ts";
import plugin from "../../../../plugins/sites/gomail/site.ts";
import { assert, suite } from "../../../harness.ts";
import { actionOf, drill, drillRuns, type Move, paying, valuesOf } from "./drill-runs.ts";

const site = await plugin.create({ banner: "open" }, {});
const environment = await rehearsal.create({ sites: [site], stop: "declared", rows: 15 }, {}) as Environment;
const test = suite("gomail drills without a browser");

/** Plays moves on a drill; returns what each step earned and the verdict. */
async function play(task: Task, moves: readonly Move[]) {
  const call = { signal: new AbortController().signal, need: {}, seed: 0 };
  const episode = await environment.open(task, call);
  let from = await episode.observe(call);
  const pay = paying(task, from);
  const paid: string[] = [];
  for (const move of moves) {
    const action = actionOf(from, move);
    const { observation: to, solved } = await episode.step(action, call);
    assert.not.ok(solved, "an episode that must be declared does not end by itself");
    paid.push(pay({ from, to, action }));
    from = to;
  }
  return { paid, success: (await episode.verdict(call)).success };
}

for (const { name, right, paid, near, less } of drillRuns) {
  test(`${name}: a rehearsal pays and judges a right run and a near miss as the page does`, async () => {
    const task = drill(name);
    assert.equal(await play(task, right(valuesOf(task))), { paid, success: true });
    assert.equal(await play(task, near(valuesOf(task))), { paid: less, success: false });
  });

  test(`${name}: doing it again pays nothing more`, async () => {
    const task = drill(name);
    const run = right(valuesOf(task));
    const again = [...run, ...run.filter(([control]) => control !== "Delete")].slice(0, run.length + 1);
    const terms = (await play(task, again)).paid.filter((one) => one !== "").flatMap((one) => one.split("+"));
    assert.is(new Set(terms).size, terms.length);
  });
}

test("a rehearsal lists what is in view: the rows of one page and, with a mail begun, its fields", async () => {
  const call = { signal: new AbortController().signal, need: {}, seed: 0 };
  const episode = await environment.open(drill("write_first"), call);
  const first = await episode.observe(call);
  const open = (seen: typeof first): number => seen.elements.filter(({ name }) => name.startsWith("Open email")).length;
  assert.is(open(first), 15);
  const { observation } = await episode.step(actionOf(first, ["Compose", "button"]), call);
  assert.is(open(observation), 15);
  const fields = observation.elements.filter(({ region, states }) =>
    region === "dialog:New message" && states.includes("editable")
  );
  assert.equal(fields.map(({ name }) => name), ["To", "Subject", "Message"]);
});
