import { diffFingerprint } from "../../../core/browser/fork.ts";
import type { Action } from "../../../core/domain/action.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { deskSite, deskTask } from "../../fixtures/sites/desk/site.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { desk, Hand } from "./desk.ts";

const test = suite("browser/fork");
const environments = { native: desk(), replay: desk({ forking: "replay" }) } as const;

type Step = Action | ((hand: Hand) => Action);
const on = (name: string, make: (el: { el: string }) => Action): Step => (hand) => make(hand.el(name));
const click = (name: string): Step => on(name, (el) => ({ action: "click", ...el }));

const standings: Readonly<Record<string, readonly Step[]>> = {
  "in the middle of typing": [
    on("Name", (el) => ({ action: "type", ...el, text: "Ada Lovelace" })),
    { action: "key", keys: ["ArrowLeft", "ArrowLeft", "Shift+ArrowLeft"] },
  ],
  "with a dialog open": [click("Open dialog"), { action: "type", text: "forty-two" }],
  "with scrolled list and page": [
    { action: "scroll", at: [300, 200], dy: 333 },
    { action: "scroll", at: [900, 900], dy: 120 },
    { action: "hover", at: [300, 150] },
  ],
  "with a button focused by the mouse": [click("Urgent")],
  "with a button focused by keys": [click("Name"), { action: "key", keys: ["Shift+Tab"] }],
  "in an editable region, after history moves": [
    click("Next page"),
    click("Next page"),
    { action: "back" },
    on("Body text", (el) => ({ action: "type", ...el, text: "some words" })),
    { action: "key", keys: ["Home", "Control+Shift+ArrowRight", "Control+c"] },
  ],
};
const next: readonly Step[] = [
  { action: "key", keys: ["ArrowRight", "x"] },
  { action: "key", keys: ["Control+v"] },
  { action: "scroll", at: [300, 200], dy: 55 },
  { action: "back" },
  { action: "click", at: [250, 180] },
];

for (const forking of ["native", "replay"] as const) {
  for (const [name, before] of Object.entries(standings)) {
    test(`${forking} fork ${name} shows the same pixels for the next five actions`, async (t) => {
      const environment = environments[forking];
      const trunk = await Hand.open(environment, t, {}, { screenshot: true });
      for (const step of before) await trunk.do(typeof step === "function" ? step(trunk) : step);
      const mark = await trunk.episode.mark(t);
      const forks = [
        await Hand.on(await environment.fork(mark, t), t, { screenshot: true }),
        await Hand.on(await environment.fork(JSON.parse(JSON.stringify(mark)), t), t, { screenshot: true }),
      ];
      for (const [i, step] of [undefined, ...next].entries()) {
        for (const hand of [trunk, ...forks]) if (step) await hand.do(typeof step === "function" ? step(hand) : step);
        const [a, ...others] = [trunk, ...forks].map((h) => h.seen.screenshot!.sha256);
        assert.equal(others, [a, a], `after ${i} actions`);
        const [mine, ...theirs] = await Promise.all([trunk, ...forks].map((h) => h.episode.mark(t)));
        for (const { fingerprint } of theirs) assert.equal(fingerprint, mine!.fingerprint, `after ${i} actions`);
      }
    });
  }
}

test("fork names the facts in which a page that is not deterministic differs, after one retry", async (t) => {
  for (const drift of ["title", "dom"] as const) {
    const environment = t.use(desk({ site: deskSite({ drift }) }));
    const hand = await Hand.open(environment, t);
    const e = await thrownBy(async () => environment.fork(await hand.episode.mark(t), t));
    assert.ok(isHaloError(e, "HALO_FORK_DIVERGENCE"), String(e));
    assert.is(e.message, `a fork differs from its trunk after step 0, in: dom${drift === "title" ? ", title" : ""}`);
  }
});

test("fork without verification stands on what it got", async (t) => {
  const environment = t.use(desk({ site: deskSite({ drift: "title" }), verify: false }));
  const hand = await Hand.open(environment, t);
  await (await environment.fork(await hand.episode.mark(t), t)).close();
});

test("replay fork names the step at which it diverges", async (t) => {
  const environment = environments.replay;
  const hand = await Hand.open(environment, t);
  for (const name of ["Urgent", "Next page"]) await hand.do({ action: "click", ...hand.el(name) });
  const mark = await hand.episode.mark(t);
  const [first, second] = mark.actions;
  const forged = {
    ...mark,
    actions: [first!, { ...second!, fingerprint: { ...second!.fingerprint, values: "other" } }],
  };
  const e = await thrownBy(() => environment.fork(forged, t));
  assert.is((e as Error).message, "a fork differs from its trunk before step 2, in: values");
});

test("a fork and its trunk share nothing", async (t) => {
  const environment = environments.native;
  const trunk = await Hand.open(environment, t);
  const fork = await Hand.on(await environment.fork(await trunk.episode.mark(t), t), t);
  await fork.do({ action: "type", ...fork.el("Name"), text: "fork" });
  await trunk.do({ action: "click", ...trunk.el("Urgent") });
  assert.equal([(await trunk.state())["name"], (await fork.state())["urgent"]], ["", false]);
});

test("a pooled page starts each episode alike, whatever the one before did", async (t) => {
  const environment = t.use(desk());
  const open = () => environment.open(deskTask(), { signal: t.signal, seed: 0 });
  const first = await Hand.on(await open(), t);
  const { fingerprint } = await first.episode.mark(t);
  await first.do({ action: "click", ...first.el("Next page") });
  await first.do({ action: "type", ...first.el("Name"), text: "left over" });
  await first.do({ action: "key", keys: ["Control+a", "Control+c"] });
  await first.do({ action: "scroll", dy: 500 });
  await first.episode.close();
  const second = await Hand.on(await open(), t);
  assert.equal(diffFingerprint((await second.episode.mark(t)).fingerprint, fingerprint), []);
});

test("the environments of these tests close", async () => {
  for (const environment of Object.values(environments)) await environment.close();
});
