import { pageChange, placeOf } from "../../../core/report/page-view.ts";
import { pointsOf } from "../../../core/report/points-of.ts";
import { decisionPage, groupPage, wholeGroup } from "../../../core/report/group-page.ts";
import { groupView, titlesOf } from "../../../core/report/group-view.ts";
import { episodePage, partsAt } from "../../../core/report/episode-page.ts";
import { iterationView } from "../../../core/report/iteration-view.ts";
import { runPage } from "../../../core/report/run-page.ts";
import { tasksPage } from "../../../core/report/tasks-page.ts";
import { readPages } from "../../../core/record/page-keeper.ts";
import type { Evaluation } from "../../../core/record/events.ts";
import { openRun } from "../../../core/record/runs.ts";
import { FollowedRun, ViewMemory } from "../../../core/view/followed-run.ts";
import { assert, suite } from "../../harness.ts";
import { withoutSums } from "../record/without-sums.ts";
import { runBoard, runsFolder, smallRun } from "../run/board-run.ts";

const test = suite("report/pages");

for (
  const [name, algorithm] of [
    ["step groups", "{use: grpo, options: {loss_type: dr_grpo}}"],
    ["trajectories", "{use: grpo, options: {loss_type: dr_grpo, group: trajectory}}"],
    ["trees", "{use: agentq, options: {num_simulations: 12, max_children: 4}}"],
  ] as const
) {
  test(`every decision of ${name} is found with the page it was sampled at, and every branch with where it led`, async (t) => {
    const { path } = t.use(runsFolder());
    const done = await runBoard(path, { sets: [...smallRun, `algorithm=${algorithm}`] });
    const run = await openRun(done.run, path);
    const viewed = new FollowedRun(run, new ViewMemory());
    let decisions = 0;
    let branches = 0;
    for (const n of await run.iterations()) {
      for (const slot of await run.iteration(n).readSlots()) {
        const seen = new Map((await readPages(run.path, slot.id))!.points.map((p) => [p.id, p]));
        const points = pointsOf(slot);
        for (const group of slot.groups) {
          const page = await groupPage(run, group.id);
          assert.equal(await groupPage(viewed, group.id), page);
          const { titles, dead } = await wholeGroup(viewed, group.id);
          assert.equal(titles, titlesOf(group));
          const examples = (await run.iteration(n).readBatch())?.examples ?? [];
          assert.is(dead, groupView(group, examples).dead);
          assert.is(page.dead, page.hasWhole ? undefined : dead);
          const isTitled = group.shape !== "trajectory" && group.decisions.length > 1;
          assert.is(titles.length, isTitled ? group.decisions.length : 0);
          for (const [i, decision] of group.decisions.entries()) {
            const at = seen.get(points.get(group.id)!.get(decision.id)!);
            assert.is(at?.page.stateKey, decision.stateKey, `${group.id} ${decision.id}`);
            assert.is(page.decisions[i], decision.id);
            const shown = i === 0
              ? page.first!
              : (await decisionPage(run, { group: group.id, decision: decision.id }))!;
            assert.is(shown.page?.point, at!.id);
            decisions++;
            for (const [k, branch] of decision.branches.entries()) {
              if (branch.reward === undefined) continue;
              const sibling = shown.siblings[k]!;
              assert.ok(seen.has(sibling.to!), `${group.id} ${decision.id}/${k}`);
              assert.is(sibling.reward, branch.reward);
              branches++;
            }
          }
        }
      }
    }
    assert.ok(decisions >= 4 && branches > decisions, `${decisions} decisions, ${branches} branches`);
    // What a run writes has the shapes that the checks of its files ask for.
    const all = async () => [
      await run.readEvents(),
      await run.readMetrics(),
      await run.episodes(),
      await run.lastCommit(),
      await Promise.all((await run.iterations()).map(async (n) => [
        await run.iteration(n).readSlots(),
        await run.iteration(n).readBatch(),
        await run.iteration(n).readTrees(),
      ])),
    ];
    const written = await all();
    withoutSums(run.path);
    assert.equal(await all(), written);
  });
}

test("pages of a run: what the journals say, without and with pages recorded", async (t) => {
  const { path } = t.use(runsFolder());
  const done = await runBoard(path, { sets: [...smallRun, "record.pages=evaluations"] });
  const run = await openRun(done.run, path);
  const solved = (e: Evaluation) => [e.label, e.n, e.successes, e.ci95];
  const page = await runPage(run);
  assert.equal([page.iterations.length, page.evaluations.map(solved), page.comparisons.map((c) => [c.delta, c.p])], [
    2,
    done.evaluations.map(solved),
    done.comparisons.map((c) => [c.delta, c.p]),
  ]);
  assert.is(page.iterations.at(-1)!.envSteps, done.env_steps);
  assert.is(page.resume, undefined);
  const slots = await iterationView(run, 1);
  const recorded = await run.iteration(1).readSlots();
  assert.equal(
    slots.map((s) => [s.id, s.groups.map((g) => g.rewards)]),
    recorded.map((s) => [s.id, s.groups.map((g) => g.decisions[0]!.branches.map((b) => b.reward))]),
  );
  const group = await groupPage(run, "i1.s0.0");
  assert.equal(
    [group.first!.page, group.first!.siblings.length],
    [undefined, 8],
    "not recorded in training",
  );
  const episodes = [...await run.episodes()].filter((e) => e.label === "before").sort((a, b) => a.id < b.id ? -1 : 1);
  const before = await episodePage(run, episodes[0]!.id);
  const steps = await run.readSteps(episodes[0]!.id);
  assert.equal(
    before.trace.map((s) => [s.text, s.reward, s.stateKey]),
    steps.map((s) => [s.text, s.reward, s.stateKey]),
  );
  assert.equal(before.trace.map((s) => s.page?.controls.length), steps.map(() => 12));
  const tiles = steps.flatMap(({ parsed }) => parsed.ok && parsed.action.action === "click" ? [parsed.action.el] : []);
  assert.is(before.last?.controls.filter((c) => c.states.includes("pressed")).length, new Set(tiles).size);
  const trained = await episodePage(run, "i1.s0#0");
  assert.equal(trained.trace.map((s) => s.group), recorded[0]!.groups.map((g) => g.id));
  assert.is(partsAt(before, before), undefined);
  const after = await episodePage(run, episodes[0]!.id.replace("before", "after"));
  const first = before.trace.findIndex((s, i) => s.text !== after.trace[i]?.text);
  assert.is(partsAt(before, after), first < 0 ? undefined : first);
  const tasks = await tasksPage(run);
  assert.equal([tasks.labels, tasks.iterations, tasks.tasks.length], [["before", "after"], 2, 2]);
  const rates = tasks.tasks.map((task) => task.by["after"]!.successes);
  assert.equal(rates, [...rates].sort(), "worst first");
  const inAll = tasks.families.reduce((sum, f) => sum + f.evaluations["after"]!.successes, 0);
  assert.is(inAll, done.evaluations[1]!.successes);
});

test("a run that kept no pages can still be looked at", async (t) => {
  const { path } = t.use(runsFolder());
  const done = await runBoard(path, { sets: [...smallRun, "record.pages=none"] });
  const run = await openRun(done.run, path);
  const [episode] = await run.episodes();
  const { trace, last } = await episodePage(run, episode!.id);
  assert.equal([trace.every((s) => s.page === undefined), last, trace.length > 0], [true, undefined, true]);
});

test("pageChange names what appeared and what vanished, and nothing where a person sees no difference", () => {
  const page = (title: string, ...names: readonly string[]) => ({
    url: "http://x.test/",
    title,
    stateKey: names.join(),
    elements: names.map((name, i) => ({
      id: `e${i}`,
      role: "link",
      name,
      states: [],
      near: "",
      region: "",
      centre: [i, i] as const,
    })),
  });
  assert.is(pageChange(page("A", "x", "y"), page("A", "y", "x")), undefined);
  assert.equal(pageChange(page("A", "x", "x"), page("B", "x", "z")), {
    title: "B",
    appeared: ['link "z"'],
    vanished: ['link "x"'],
  });
  assert.equal(placeOf({ action: "click", el: "e1" }, page("A", "x", "y")), [1, 1]);
  assert.equal(placeOf({ action: "click", at: [5, 6] }, page("A")), [5, 6]);
  assert.is(placeOf({ action: "noop" }, page("A")), undefined);
});

test("an episode that failed names what others of its family were paid, and the step that shows it", async (t) => {
  const { path } = t.use(runsFolder());
  const done = await runBoard(path, { sets: [...smallRun, "stages.0.evaluate.sample_size=6"] });
  const run = await openRun(done.run, path);
  const episodes = await run.episodes();
  let named = 0;
  for (const episode of episodes.filter(({ label }) => label === "before")) {
    const { unpaid, trace } = await episodePage(run, episode.id);
    assert.is(unpaid === undefined, episode.success);
    for (const { name, value, episode: other, step } of unpaid ?? []) {
      assert.ok(!trace.some(({ terms }) => terms.some((term) => term.name === name && term.value > 0)), name);
      assert.is(episodes.find(({ id }) => id === other)?.template, episode.template);
      const { terms } = (await episodePage(run, other)).trace[step]!;
      assert.ok(
        terms.some((term) => term.name === name && term.value === value),
        `${name} in step ${step} of ${other}`,
      );
      named++;
    }
  }
  assert.ok(named > 0);
});
