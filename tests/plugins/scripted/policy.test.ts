import type { Action, Point, TaskSource } from "halo-agent";
import { isHaloError } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import scripted from "../../../plugins/scripted/policy.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { control, pointOn } from "../linear/page.ts";

const test = suite("scripted/policy");
const call = { signal: new AbortController().signal };
const page = [
  control("e0", "button", "Open"),
  control("e1", "button", "Off", { states: ["disabled"] }),
  control("e2", "textbox", "Colour", { states: ["editable"] }),
  control("e3", "searchbox", "Find", { states: ["editable"] }),
];
const at = pointOn(page, { goal: 'Tell a.b@c.de that it is "blue".' });

const noSolution: TaskSource = {
  splits: ["train"],
  list: () => Promise.resolve([]),
  draw: () => {
    throw new Error("not asked here");
  },
};

/** A source whose solution is as given; keeps what it was asked. */
function solvedBy(action: Action) {
  const asked: unknown[] = [];
  const tasks: TaskSource = {
    ...noSolution,
    oracle(o) {
      asked.push(o);
      return action;
    },
  };
  return { tasks, asked };
}

const request = (o: { n?: number; key?: number; at?: Point } = {}) => ({
  at: o.at ?? at,
  n: o.n ?? 1,
  mode: "sample" as const,
  temperature: 1,
  rng: keyedRng("scripted", o.key ?? 0),
});

test("oracle says what the task source's solution says, and shows it only what a user sees", async () => {
  const { tasks, asked } = solvedBy({ action: "click", el: "e0" });
  const policy = await scripted.create({ mode: "oracle" }, { tasks });
  const draw = await policy.sample(request({ n: 2 }), call);
  const sample = {
    text: '{"action":"click","el":"e0"}',
    parsed: { ok: true, action: { action: "click", el: "e0" }, repairs: 0 },
    trace: { kind: "none" },
  };
  assert.equal(draw, { prompt: { kind: "none" }, samples: [sample, sample], policyVersion: 0, temperature: 1 });
  const seen = { goal: at.task, observation: at.observation, depth: 0 };
  assert.equal(asked, [seen, seen]);
});

test("oracle refuses a task source without a solution before anything starts", async () => {
  const e = await thrownBy(() => scripted.create({ mode: "oracle" }, { tasks: noSolution }));
  assert.ok(isHaloError(e, "HALO_ORACLE_MISSING"));
  assert.equal([e.message, e.hint], [
    "the task source has no scripted solution",
    "use mode: uniform, or another task source",
  ]);
});

test("uniform needs no solution and draws each possible action equally often", async () => {
  const policy = await scripted.create({ mode: "uniform" }, { tasks: noSolution });
  const n = 4000;
  const { samples } = await policy.sample(request({ n }), call);
  const counts = new Map<string, number>();
  for (const { text } of samples) counts.set(text, (counts.get(text) ?? 0) + 1);
  const type = (el: string, text: string, submit: boolean) =>
    JSON.stringify({ action: "type", el, text, clear: true, submit });
  assert.equal(
    [...counts.keys()].sort(),
    [
      '{"action":"click","el":"e0"}',
      '{"action":"done"}',
      type("e2", "a.b@c.de", false),
      type("e2", "blue", false),
      type("e3", "a.b@c.de", true),
      type("e3", "blue", true),
    ].sort(),
  );
  // Pearson's statistic, 5 degrees of freedom: 20.52 is its 99.9 % quantile.
  const expected = n / counts.size;
  const chi = [...counts.values()].reduce((sum, c) => sum + (c - expected) * (c - expected) / expected, 0);
  assert.ok(chi < 20.52, `chi² ${chi}`);
});

test("uniform gives draw i whatever n is, equal under equal keys", async () => {
  const policy = await scripted.create({ mode: "uniform" }, { tasks: noSolution });
  const [four, eight] = [await policy.sample(request({ n: 4 }), call), await policy.sample(request({ n: 8 }), call)];
  assert.equal(four.samples, eight.samples.slice(0, 4));
});

test("uniform on an empty page can still end the episode", async () => {
  const policy = await scripted.create({ mode: "uniform" }, { tasks: noSolution });
  const { samples } = await policy.sample(request({ at: pointOn([]) }), call);
  assert.is(samples[0]!.text, '{"action":"done"}');
});
