// runtime: node
// The report that graders get, by every way in which a replica is played: equal to the last field.
import type { Action, Environment, Grade, Json, Task } from "../../../core/mod.ts";
import { canonicalJson } from "../../../core/site.ts";
import { createPlugin } from "../../../core/testing.ts";
import replica from "../../../plugins/replica/environment.ts";
import gomail from "../../../plugins/sites/gomail/site.ts";
import { Hand } from "../../core/browser/desk.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { hostedOn } from "./hosted-runs.ts";
import { mailHost, serveHosted } from "./hosted-stand-in.ts";

const test = suite("real/one report by every path");

/** A step on the control whose name fits: clicked, or typed into. */
type Move = readonly [name: RegExp, text?: string, submit?: boolean];

interface Played {
  readonly site: typeof gomail;
  readonly section: string;
  /** The banner is closed by one of the first three. */
  readonly moves: readonly Move[];
  /** Types of what the page then has done. */
  readonly acts: readonly string[];
}

const played: Readonly<Record<string, Played>> = {
  "v2.gomail-24": {
    site: gomail,
    section: "gomail",
    moves: [
      [/^Select email from John Doe, /],
      [/^Close( banner)?$/],
      [/^Delete$/],
      [/^Compose$/],
      [/^Subject$/, "Typed, then left"],
      [/^Message$/, "and here"],
    ],
    acts: ["select", "close-banner", "move", "compose", "compose-input"],
  },
};

const taskOf = (id: string, startUrl: string): Task => ({
  id: `${id}/s25`,
  key: id,
  goal: { id: `${id}/s25`, text: "", startUrl, maxSteps: 25 },
  site: id.slice(3, id.lastIndexOf("-")),
  template: id,
  split: "eval",
  optimum: 25,
  params: { real: id },
});

async function make(hand: Hand, [name, text, submit = false]: Move): Promise<void> {
  const found = hand.seen.elements.find((e) => name.test(e.name));
  if (found === undefined) throw new Error(`no ${name} among ${hand.seen.elements.map((e) => e.name).join(", ")}`);
  const action: Action = text === undefined
    ? { action: "click", el: found.id }
    : { action: "type", el: found.id, text, clear: true, submit };
  const { error } = await hand.do(action);
  assert.is(error, undefined, `${name}: ${error?.message}`);
}

/** Plays on an environment, in two halves when it forks between them; returns the report that a grader gets. */
async function reportOf(
  t: TestContext,
  environment: Environment,
  { task, moves, forks }: { readonly task: Task; readonly moves: readonly Move[]; readonly forks: boolean },
): Promise<Json> {
  let report: Json = null;
  const grade: Grade = (asked) => {
    report = typeof asked.report === "string" ? JSON.parse(asked.report) as Json : asked.report;
    return Promise.resolve({ success: false, by: "test", reason: "" });
  };
  let hand = await Hand.on(await environment.open(task, { signal: t.signal, seed: 0, grade }), t);
  for (const [i, move] of moves.entries()) {
    if (forks && i === 2) {
      hand = await Hand.on(await environment.fork(await hand.episode.mark(t), { signal: t.signal, grade }), t);
    }
    await make(hand, move);
  }
  await hand.episode.verdict(t);
  return report;
}

for (const [id, { site: plugin, section, moves, acts }] of Object.entries(played)) {
  test(
    `${id}: halo's loop, its forks and the hosted name show one report, history and configuration too`,
    async (t) => {
      const site = await createPlugin(plugin, { banner: "open" });
      const own = taskOf(id, `http://${site.host}/`);
      const on = (forking: "native" | "replay") =>
        t.use(replica.create({ site, stop: "declared", forking, pages: 2 }, {}) as Environment);
      const standIn = t.use(await serveHosted(site));
      const patience = { openMs: 20_000, finishMs: 20_000, reportMs: 3_000, attempts: 1, pauseMs: 5 };
      const hosted = t.use(hostedOn(standIn, { patience }));
      const straight = await reportOf(t, on("native"), { task: own, moves, forks: false }) as Record<string, Json>;
      const history = straight["actionhistory"] as readonly { readonly type: string; readonly timestamp: string }[];
      assert.equal(history.map(({ type }) => type), acts);
      assert.ok(history.every(({ timestamp }) => /^2024-07-18T1\d:\d\d:00\.000Z$/.test(timestamp)));
      const config = (straight["config"] as Record<string, Record<string, Json>>)[section]!;
      const { run_id, task_id, latency, removePopup } = config;
      assert.equal([run_id, task_id, latency, removePopup], ["0", id, 0, true]);
      for (
        const [path, report] of [
          ["a native fork", await reportOf(t, on("native"), { task: own, moves, forks: true })],
          ["a replayed fork", await reportOf(t, on("replay"), { task: own, moves, forks: true })],
          [
            "the hosted name",
            await reportOf(t, hosted, { task: taskOf(id, `https://${mailHost}/`), moves, forks: false }),
          ],
        ] as const
      ) assert.is(canonicalJson(report), canonicalJson(straight), path);
    },
    { timeoutMs: 120_000 },
  );
}

test("the report of a page on which nothing was done has an open banner's setting and no history, by both paths", async (t) => {
  const site = await createPlugin(gomail, { banner: "open" });
  const standIn = t.use(await serveHosted(site));
  const id = "v2.gomail-24";
  const none = { moves: [], forks: false } as const;
  const own = t.use(replica.create({ site, stop: "declared", forking: "native", pages: 1 }, {}) as Environment);
  const report = await reportOf(t, own, { task: taskOf(id, `http://${site.host}/`), ...none }) as Record<string, Json>;
  assert.equal([report["actionhistory"], report["config"]], [
    [],
    { gomail: { run_id: "0", task_id: id, latency: 0, removePopup: false } },
  ]);
  const there = await reportOf(t, t.use(hostedOn(standIn)), { task: taskOf(id, `https://${mailHost}/`), ...none });
  assert.is(canonicalJson(there), canonicalJson(report));
});
