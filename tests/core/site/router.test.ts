import type { Action } from "../../../core/domain/action.ts";
import type { Episode } from "../../../core/domain/environment.ts";
import type { Observation } from "../../../core/domain/observation.ts";
import type { Stance } from "../../../core/browser/stance.ts";
import { openSite } from "../../../core/suite/site-pages.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { twoViews, visitAt } from "./two-views/site.ts";
import { router, start, update } from "./two-views/state.ts";

const test = suite("site/router");
const host = `http://${twoViews.host}`;

test("a path leads to the state it was made of", () => {
  for (const item of ["1", "2", "3"]) {
    const state = update(start, { type: "item", item });
    const event = router.eventAt(router.pathOf(state), start)!;
    assert.equal(update(start, event), state);
    assert.equal(update(state, router.eventAt("/", state)!), start);
  }
  assert.is(router.eventAt("/items/9?from=list", start), undefined);
});

/** What a visit shows, and the history of its browser. */
interface Seen {
  readonly path: string;
  readonly controls: string;
  readonly history: string;
}

const controls = ({ elements }: Observation): string => elements.map(({ name }) => name).join(", ");

async function seen(episode: Episode, t: TestContext): Promise<Seen> {
  const observation = await episode.observe({ need: {}, signal: t.signal });
  const { urls, at } = (await episode.mark({ signal: t.signal })).state as Stance;
  const paths = urls.map((url, i) => `${i === at ? ">" : ""}${url.replace(host, "")}`);
  return { path: observation.url.replace(host, ""), controls: controls(observation), history: paths.join(" ") };
}

/** Clicks on the control of a name, or does an action. */
async function act(episode: Episode, what: string | Action, t: TestContext): Promise<Seen> {
  const { elements } = await episode.observe({ need: {}, signal: t.signal });
  const action = typeof what === "string"
    ? { action: "click", el: elements.find(({ name }) => name === what)!.id } as const
    : what;
  const { error } = await episode.step(action, { need: {}, signal: t.signal });
  assert.is(error, undefined);
  return await seen(episode, t);
}

const [back, forward] = [{ action: "back" }, { action: "forward" }] as const;
const list = (rung: number) => `Item 1, Item 2, Item 3, Ring ${rung}`;
const item = (rung: number) => `All, Ring ${rung}, Forget`;

test("addresses follow the views, and back and forward show them again with the rest of the state kept", async (t) => {
  const pages = t.use(await openSite(twoViews));
  const episode = await pages.open(visitAt("/"), t);
  assert.equal(await seen(episode, t), { path: "/", controls: list(0), history: ">/" });
  const one = await act(episode, "Item 1", t);
  assert.equal(one, { path: "/items/1?from=list", controls: item(0), history: "/ >/items/1?from=list" });
  // What no address tells makes no entry.
  assert.equal(await act(episode, "Ring 0", t), { ...one, controls: item(1) });
  assert.is((await act(episode, back, t)).controls, list(1));
  assert.equal(await act(episode, forward, t), { ...one, controls: item(1) });
  await act(episode, back, t);
  // A new view drops the entries ahead.
  assert.is((await act(episode, "Item 2", t)).history, "/ >/items/2?from=list");
});

test("a restored page has the history entries of the live one, and goes back and forward as that one does", async (t) => {
  const pages = t.use(await openSite(twoViews));
  const episode = await pages.open(visitAt("/"), t);
  for (const name of ["Item 1", "All", "Item 2", "Ring 0"]) await act(episode, name, t);
  const live = await act(episode, back, t);
  assert.is(live.history, "/ /items/1?from=list >/ /items/2?from=list");
  const fork = await pages.fork(await episode.mark(t), t);
  assert.equal(await seen(fork, t), live);
  for (const step of [back, back, forward, forward, forward]) {
    assert.equal(await act(fork, step, t), await act(episode, step, t), step.action);
  }
  assert.is((await seen(fork, t)).history, "/ /items/1?from=list / >/items/2?from=list");
});

test("an address at which nothing is any more is put right, without a new entry", async (t) => {
  const pages = t.use(await openSite(twoViews));
  const episode = await pages.open(visitAt("/"), t);
  for (const name of ["Item 3", "Forget"]) await act(episode, name, t);
  assert.equal(await act(episode, back, t), { path: "/", controls: list(3), history: "/ >/ /" });
  assert.equal(await act(episode, forward, t), { path: "/", controls: list(3), history: "/ / >/" });
});

test("a page that starts at another address than its state shows is put right", async (t) => {
  const pages = t.use(await openSite(twoViews));
  const episode = await pages.open(visitAt("/items/2?from=list"), t);
  assert.equal(await seen(episode, t), { path: "/", controls: list(0), history: ">/" });
});
