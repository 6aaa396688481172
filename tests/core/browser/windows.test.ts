// runtime: node
// Native dialogs and further windows: shown, answered, followed, listed and switched.
import type { Environment } from "../../../core/domain/environment.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import type { Hand } from "./desk.ts";
import { openPage, openPages, type PageCase, saidBy } from "./page-server.ts";

const test = suite("browser/windows");

const page = (body: string): string =>
  `<!doctype html><meta charset=utf-8><title>Main</title><link rel=icon href=data:,><p id=out>-</p>
<script>function say(t) { document.getElementById("out").textContent = t; }</script>${body}`;
const second = `<!doctype html><title>Second</title><link rel=icon href=data:,><button>On it</button>`;

const cases: Readonly<Record<string, PageCase>> = {
  asks: {
    html: page(`<button onclick="say(confirm('Delete \\n it?') ? 'deleted' : 'kept')">Delete</button>
      <button onclick="say('name ' + prompt('Name?', 'Ann'))">Rename</button>
      <button onclick="alert('Done'); say('told')">Tell</button>
      <button onclick="say([confirm('One?'), confirm('Two?')])">Twice</button>
      <button onclick="setTimeout(() => say(confirm('Late?')), 100)">Late</button>
      <input aria-label=Key onkeydown="if (event.key === 'b') say(confirm('Key?'))">`),
  },
  early: { html: page(`<script>say(confirm('Cookies?'))</script><button>Go</button>`) },
  leaving: {
    html: page(`<button onclick="window.addEventListener('beforeunload', (e) => e.preventDefault())">Edit</button>
      <a href=/b>Away</a>`),
    others: { "/b": second },
  },
  opens: {
    html: page(`<a href=/b target=_blank>Link</a>
      <form action=/post method=post target=_blank><input name=q value="a b&c"><button>Send</button></form>
      <button onclick="const w = window.open(''); setTimeout(() => w.location = '/b', 400)">Blank</button>
      <button onclick="const w = window.open(''); w.document.write('<title>Print</title><button onclick=\\'opener.say(1);window.close()\\'>Print it</button>'); w.document.close()">Print</button>
      <button onclick="window.open('http://elsewhere.test/')">Elsewhere</button>
      <button onclick="window.open('about:blank'); say('opened')">Empty</button>`),
    others: {
      "/b": second,
      "/post": (body) => `<!doctype html><title>Got</title><link rel=icon href=data:,><button>${body}</button>`,
    },
  },
};

async function opened(t: TestContext, name: string, o = {}): Promise<{ hand: Hand; environment: Environment }> {
  const { environment } = t.use(await openPages(cases, o));
  return { hand: await openPage(environment, name, t), environment };
}

const click = (hand: Hand, name: string) => hand.do({ action: "click", ...hand.el(name) });
const listOf = (hand: Hand): string[] => hand.seen.elements.map((e) => `${e.id} ${e.role} ${e.name}`);

test("a native dialog stands in the observation and its buttons, Enter and Escape answer it", async (t) => {
  const { hand } = await opened(t, "asks");
  const asked = await click(hand, "Delete");
  assert.equal([asked.error, asked.observation.dialog, listOf(hand)], [
    undefined,
    { kind: "confirm", message: "Delete \n it?", text: "" },
    ["e0 button OK", "e1 button Cancel"],
  ]);
  assert.is(hand.seen.elements[0]!.region, "dialog:Delete it?");
  const { error } = await hand.do({ action: "scroll", dy: 10 });
  assert.equal(error, {
    code: "DIALOG_OPEN",
    message: 'the page asks "Delete \\n it?" and waits: click one of its buttons, or press Enter or Escape',
  });
  await click(hand, "OK");
  assert.equal([await saidBy(hand), hand.seen.dialog], ["deleted", undefined]);
  for (const [keys, said] of [["Escape", "kept"], ["Enter", "deleted"]] as const) {
    await click(hand, "Delete");
    await hand.do({ action: "key", keys: [keys] });
    assert.is(await saidBy(hand), said);
  }
  await click(hand, "Tell");
  assert.equal(listOf(hand), ["e0 button OK"]);
  await click(hand, "OK");
  assert.is(await saidBy(hand), "told");
});

test("a prompt takes a text, appended, cleared or submitted", async (t) => {
  const { hand } = await opened(t, "asks");
  await click(hand, "Rename");
  assert.equal([hand.seen.elements[0]!.role, hand.seen.elements[0]!.value], ["textbox", "Ann"]);
  await hand.do({ action: "type", ...hand.el("Name?"), text: "a" });
  assert.is(hand.seen.elements[0]!.value, "Anna");
  await click(hand, "OK");
  assert.is(await saidBy(hand), "name Anna");
  await click(hand, "Rename");
  await hand.do({ action: "type", text: "Bo\n", clear: true });
  assert.is(await saidBy(hand), "name Bo");
  await click(hand, "Rename");
  await click(hand, "Cancel");
  assert.is(await saidBy(hand), "name null");
});

test("questions that follow each other, come late, at load or by a key are each asked", async (t) => {
  const { hand, environment } = await opened(t, "asks");
  await click(hand, "Twice");
  await click(hand, "OK");
  assert.is(hand.seen.dialog?.message, "Two?");
  await click(hand, "Cancel");
  assert.is(await saidBy(hand), "true,false");
  await click(hand, "Late");
  assert.is(hand.seen.dialog?.message, "Late?");
  await click(hand, "OK");
  assert.is(await saidBy(hand), "true");
  await hand.do({ action: "type", ...hand.el("Key"), text: "abc" });
  assert.is(hand.seen.dialog?.message, "Key?");
  await click(hand, "Cancel");
  assert.is(await saidBy(hand), "false");
  const early = await openPage(environment, "early", t);
  assert.is(early.seen.dialog?.message, "Cookies?");
  await click(early, "OK");
  assert.equal([await saidBy(early), early.find("Go").role], ["true", "button"]);
});

test("leaving a page that minds is asked about, and refused or done", async (t) => {
  const { hand } = await opened(t, "leaving");
  await click(hand, "Edit");
  await click(hand, "Away");
  assert.equal([hand.seen.dialog?.kind, listOf(hand)], ["beforeunload", ["e0 button Leave", "e1 button Cancel"]]);
  await click(hand, "Cancel");
  assert.is(hand.seen.title, "Main");
  await hand.do({ action: "goto", url: "/b" });
  await click(hand, "Leave");
  assert.is(hand.seen.title, "Second");
});

test("dialogs are answered at once where the environment says so", async (t) => {
  const { hand } = await opened(t, "asks", { dialogs: "answered" });
  await click(hand, "Delete");
  assert.equal([hand.seen.dialog, await saidBy(hand)], [undefined, "kept"]);
  await click(hand, "Tell");
  assert.is(await saidBy(hand), "told");
});

test("a question is forked by replay", async (t) => {
  const { hand, environment } = await opened(t, "asks", { forking: "replay" });
  await click(hand, "Rename");
  await hand.do({ action: "type", text: "a" });
  const fork = await environment.fork(await hand.episode.mark(t), t);
  t.defer(() => fork.close());
  const seen = await fork.observe({ signal: t.signal, need: {} });
  assert.equal(seen.dialog, { kind: "prompt", message: "Name?", text: "Anna" });
  await fork.step({ action: "key", keys: ["Enter"] }, { signal: t.signal, need: {} });
  assert.is((await fork.verdict(t)).reason, "name Anna");
});

test("a new window comes to the front with what was posted to it, and tabs are listed and switched", async (t) => {
  const { hand } = await opened(t, "opens");
  await click(hand, "Send");
  assert.equal(listOf(hand), ["e0 button q=a+b%26c", "e1 tab Main", "e2 tab Got"]);
  assert.equal(hand.seen.tabs?.map((tab) => [tab.title, tab.isActive]), [["Main", false], ["Got", true]]);
  assert.equal((await hand.do({ action: "type", el: "e1", text: "x" })).error?.code, "NOT_EDITABLE");
  await click(hand, "Main");
  assert.equal([hand.seen.title, hand.find("Main", "tab").states], ["Main", ["selected"]]);
  await click(hand, "Link");
  assert.equal(hand.seen.elements.filter((e) => e.role === "tab").map((e) => e.name), ["Main", "Got", "Second"]);
  assert.is(hand.find("On it").role, "button");
});

test("a window without an address is followed when it gets one or is written to, and ignored while it is empty", async (t) => {
  const { hand } = await opened(t, "opens");
  await click(hand, "Empty");
  assert.equal([hand.seen.title, hand.seen.tabs, await saidBy(hand)], ["Main", undefined, "opened"]);
  await click(hand, "Print");
  assert.is(hand.seen.title, "Print");
  await click(hand, "Print it");
  assert.equal([hand.seen.title, hand.seen.tabs, await saidBy(hand)], ["Main", undefined, "1"]);
  await click(hand, "Blank");
  assert.equal([hand.seen.title, hand.find("On it").role], ["Second", "button"]);
});

test("a window that leads out of the task is closed and said", async (t) => {
  const { hand } = await opened(t, "opens");
  const { error } = await click(hand, "Elsewhere");
  assert.equal([error, hand.seen.title], [
    {
      code: "BLOCKED_URL",
      message: 'a window for "http://elsewhere.test/" was opened, outside this task, and was closed',
    },
    "Main",
  ]);
});

test("windows are forked by replay", async (t) => {
  const { hand, environment } = await opened(t, "opens", { forking: "replay" });
  await click(hand, "Link");
  await click(hand, "Main");
  const fork = await environment.fork(await hand.episode.mark(t), t);
  t.defer(() => fork.close());
  const seen = await fork.observe({ signal: t.signal, need: {} });
  assert.equal(seen.elements, hand.seen.elements);
});
