import type { Action } from "../../../../core/domain/action.ts";
import type { Environment, Episode } from "../../../../core/domain/environment.ts";
import type { Observation } from "../../../../core/domain/observation.ts";
import type { Task, TaskSource } from "../../../../core/domain/task.ts";
import { audit } from "../../../../core/run/audit/audit.ts";
import { HaloError } from "../../../../core/util/errors.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("run/audit");

/** A page that shows what was typed. */
interface Screen {
  text: string;
}

const task = (key: string): Task => ({
  id: key,
  key,
  goal: { id: key, text: key, startUrl: "", maxSteps: 3 },
  site: "screen",
  template: key,
  split: "eval",
  optimum: 1,
  params: {},
});

const seen = ({ text }: Screen): Observation =>
  ({
    url: "http://screen.test/",
    title: text,
    elements: [],
    stateKey: text,
    focusedEl: undefined,
    scroll: { x: 0, y: 0, maxX: 0, maxY: 0 },
  }) as unknown as Observation;

/** An environment whose rules are those of `rules`; every first attempt to open a page of `flaky` fails. */
function screens(rules: Readonly<Record<string, (text: string) => boolean>>) {
  const open = new Set<Episode>();
  let opened = 0;
  const environment = {
    forking: "none",
    sideEffects: "none",
    deterministic: true,
    capacity: 2,
    // deno-lint-ignore require-await
    async open({ key }: Task) {
      opened++;
      if (key === "flaky" && opened % 2 === 1) throw new HaloError("HALO_PAGE_LOAD", "no page");
      if (key === "gone") throw new HaloError("HALO_PAGE_LOAD", "never a page");
      const screen: Screen = { text: "" };
      const episode = {
        observe: () => Promise.resolve(seen(screen)),
        step(action: Action) {
          if (action.action === "type") screen.text += action.text;
          return Promise.resolve({ observation: seen(screen), solved: false, cost: {} });
        },
        verdict() {
          const success = rules[key]!(screen.text);
          return Promise.resolve({ success, by: key, reason: `it says "${screen.text}"` });
        },
        close: () => Promise.resolve(void open.delete(episode as unknown as Episode)),
      };
      open.add(episode as unknown as Episode);
      return episode as unknown as Episode;
    },
  } as unknown as Environment;
  return { environment, open };
}

test("on pages graders meet the first page, the scripted solution and the solutions of other tasks", async ({ signal }) => {
  const rules = {
    tea: (text: string) => text === "tea",
    any: (text: string) => text !== "",
    open: () => true,
    flaky: (text: string) => text === "flaky",
    gone: () => false,
  };
  const tasks = Object.keys(rules).map(task);
  const source: TaskSource = {
    splits: ["eval"],
    draw: () => tasks[0]!,
    list: () => Promise.resolve(tasks),
    oracle: ({ goal, depth }) => depth === 0 ? { action: "type", text: goal.text } as Action : { action: "done" },
    grade: ({ report }) => Promise.resolve({ success: report !== null, by: "rule", reason: "not asked of pages" }),
  };
  const { environment, open } = screens(rules);
  const rows = await audit({
    source,
    tasks,
    environment: () => Promise.resolve(environment),
    others: 4,
    limitMs: 5_000,
    retries: 1,
    concurrency: 1,
    signal,
  });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  assert.equal(byKey.get("tea")!.counts.solution, { passed: 1, of: 1 });
  assert.equal(byKey.get("tea")!.counts.other, { passed: 0, of: 4 });
  const found = (key: string) => byKey.get(key)!.findings.map(({ kind, names }) => [kind, ...names].join(" "));
  assert.equal(found("tea"), ["empty"]);
  assert.equal(found("any"), ["empty", "other tea open flaky gone"]);
  assert.equal(found("open"), ["untouched", "empty", "other tea any flaky gone"]);
  assert.equal(byKey.get("flaky")!.counts.solution, { passed: 1, of: 1 });
  assert.equal(byKey.get("gone")!.faults.map(({ kind, code }) => `${kind} ${code}`), [
    "untouched HALO_PAGE_LOAD",
    "solution HALO_PAGE_LOAD",
    ...["other", "other", "other", "other"].map((kind) => `${kind} HALO_PAGE_LOAD`),
  ]);
  assert.is(open.size, 0);
});
