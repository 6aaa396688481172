// runtime: node
import { assert, suite, type TestContext } from "../../harness.ts";
import type { Hand } from "./desk.ts";
import { openPage, openPages, saidBy } from "./page-server.ts";

const test = suite("browser/typing");

const page = (body: string): string =>
  `<!doctype html><meta charset=utf-8><title>t</title><link rel=icon href=data:,><p id=out>-</p>
<script>const say = (t) => document.getElementById("out").textContent = t</script>${body}`;

const pages = {
  keys: {
    html: page(`<input aria-label=Keys><script>const seen = [];
      for (const type of ["keydown", "keypress", "input", "keyup"]) document.querySelector("input").addEventListener(type,
        (e) => { seen.push(type + ":" + (e.key ?? e.data)); say(seen.join(" ")); });</script>`),
  },
  filter: {
    html: page(`<input aria-label=Find role=combobox><ul role=listbox></ul><script>
      const all = ["Berlin", "Bern", "Bonn", "Köln"], list = document.querySelector("ul");
      document.querySelector("input").onkeyup = (e) => { setTimeout(() => { list.innerHTML = all.filter((c) =>
        c.toLowerCase().startsWith(e.target.value.toLowerCase())).map((c) => "<li role=option>" + c + "</li>").join(""); }, 150); };
      </script>`),
  },
  code: {
    html: page(`<div id=o></div><script>for (let i = 0; i < 6; i++) { const e = document.createElement("input");
      e.size = 1; e.ariaLabel = "Digit " + (i + 1); e.onkeydown = (k) => { if (!/^\\d$/.test(k.key)) return; k.preventDefault();
      e.value = k.key; setTimeout(() => e.nextElementSibling?.focus(), 0); say([...o.children].map((x) => x.value).join("")); };
      o.append(e); }</script>`),
  },
  masks: {
    html: page(`<input aria-label=Upper oninput="this.value = this.value.toUpperCase()">
      <input aria-label=Money onblur="" oninput="this.value = '$' + this.value.replace(/\\D/g, '').replace(/(\\d)(?=(\\d{3})+$)/g, '$1,')">
      <input aria-label=Digits oninput="this.value = this.value.replace(/\\D/g, '')">
      <input aria-label=Select value=old onfocus="this.select()"><input type=email aria-label=Mail value=a@b.c>
      <div contenteditable role=textbox aria-label=Rich>one <b>two</b></div>`),
  },
  picks: {
    html: page(`<input type=date aria-label=Day value=2026-07-18 onchange="say(this.value)">
      <input type=time aria-label=Time value=08:00 onchange="say(this.value)">
      <input type=datetime-local aria-label=When onchange="say(this.value)">
      <input type=month aria-label=Month onchange="say(this.value)"><input type=number aria-label=Count value=7>`),
  },
  submits: {
    html: page(`<form onsubmit="say('sent ' + q.value); return false"><input id=q aria-label=Ask></form>
      <textarea aria-label=Chat onkeydown="if (event.key === 'Enter') { say('chat ' + this.value); event.preventDefault(); }"></textarea>`),
  },
  foreign: {
    html: page(`<iframe title=Card src="http://submits.pages.test/in" style="width:300px;height:60px"></iframe>`),
  },
};

async function opened(t: TestContext, name: keyof typeof pages): Promise<Hand> {
  const inner = `<!doctype html><input style="width:270px;height:44px" oninput="parent.postMessage(this.value, '*')">`;
  const listens = `<script>onmessage = (e) => say("frame " + e.data)</script>`;
  const { environment } = t.use(
    await openPages({
      ...pages,
      submits: { ...pages.submits, others: { "/in": inner } },
      foreign: { html: pages.foreign.html + listens },
    }),
  );
  return await openPage(environment, name, t);
}

const type = (hand: Hand, name: string, text: string, o: { readonly clear?: boolean } = {}) =>
  hand.do({ action: "type", ...hand.el(name), text, ...o });
const valueOf = (hand: Hand, name: string) => hand.find(name).value;

test("typing sends the events of each key, and those of an input method for other scripts", async (t) => {
  const hand = await opened(t, "keys");
  await type(hand, "Keys", "aB");
  const one = (key: string) => ["keydown", "keypress", "input", "keyup"].map((event) => `${event}:${key}`).join(" ");
  assert.is(await saidBy(hand), `${one("a")} ${one("B")}`);
  await type(hand, "Keys", "北京");
  assert.match(await saidBy(hand), / keydown:京 input:北京 keyup:京$/);
});

test("typing opens suggestions that wait for keys, in short and in long texts", async (t) => {
  const hand = await opened(t, "filter");
  await type(hand, "Find", "be");
  assert.equal(hand.seen.elements.map((e) => e.name), ["Find", "Berlin", "Bern"]);
  await type(hand, "Find", "Köl", { clear: true });
  assert.equal(hand.seen.elements.map((e) => e.name), ["Find", "Köln"]);
  await type(hand, "Find", "x".repeat(200), { clear: true });
  assert.equal([hand.seen.elements.length, valueOf(hand, "Find")], [1, "x".repeat(200)]);
});

test("a one-time code fills boxes that take keys themselves and move the focus later", async (t) => {
  const hand = await opened(t, "code");
  const { error } = await type(hand, "Digit 1", "492815");
  assert.equal([error, await saidBy(hand)], [undefined, "492815"]);
});

test("masks are no error while letters and digits arrive; a filled field is appended to unless cleared", async (t) => {
  const hand = await opened(t, "masks");
  for (
    const [name, text, value] of [["Upper", "abc", "ABC"], ["Money", "12345", "$12,345"], ["Select", "er", "older"]]
  ) {
    const { error } = await type(hand, name!, text!);
    assert.equal([error, valueOf(hand, name!)], [undefined, value]);
  }
  await type(hand, "Mail", "om");
  await type(hand, "Rich", " three");
  assert.equal([valueOf(hand, "Mail"), valueOf(hand, "Rich")], ["a@b.com", "one two three"]);
  await type(hand, "Mail", "x@y.z", { clear: true });
  assert.is(valueOf(hand, "Mail"), "x@y.z");
  const { error } = await type(hand, "Digits", "a1b2");
  assert.equal(error, { code: "VALUE_NOT_PERSISTED", message: 'the field holds "12" after typing "a1b2"' });
});

test("date, time and number fields take what en-US and the standard write, and keep their value otherwise", async (t) => {
  const hand = await opened(t, "picks");
  const cases = [
    ["Day", "7/4/2026", "2026-07-04"],
    ["Day", "2026-12-31", "2026-12-31"],
    ["Time", "2:30 pm", "14:30"],
    ["Time", "9:05", "09:05"],
    ["When", "07/19/2026, 12:15 AM", "2026-07-19T00:15"],
    ["Month", "2026-05", "2026-05"],
  ] as const;
  for (const [name, text, value] of cases) {
    const { error } = await type(hand, name, text);
    assert.equal([error, await saidBy(hand), valueOf(hand, name)], [undefined, value, value], text);
  }
  for (
    const [name, text] of [["Day", "02/30/2026"], ["Day", "July 19"], ["Time", "25:00"], ["Count", "seven"]] as const
  ) {
    const before = valueOf(hand, name);
    const { error } = await type(hand, name, text);
    assert.equal([error?.code, valueOf(hand, name)], ["VALUE_NOT_PERSISTED", before], text);
  }
  await type(hand, "Count", "1,000", { clear: true });
  assert.is(valueOf(hand, "Count"), "1000");
});

test("a newline at the end of a text is Enter, one within it is not", async (t) => {
  const hand = await opened(t, "submits");
  await type(hand, "Ask", "cats\n");
  assert.is(await saidBy(hand), "sent cats");
  await type(hand, "Chat", "a\nb");
  assert.equal([await saidBy(hand), valueOf(hand, "Chat")], ["sent cats", "a\nb"]);
  await type(hand, "Chat", "c\n");
  assert.is(await saidBy(hand), "chat a\nbc");
});

test("a frame of another origin is one entry, and takes text where its field has focus", async (t) => {
  const hand = await opened(t, "foreign");
  assert.equal(hand.seen.elements.map((e) => [e.id, e.role, e.name]), [
    ["e0", "iframe", "Card (another site's frame, submits.pages.test; contents not listed)"],
  ]);
  await hand.do({ action: "click", at: hand.seen.elements[0]!.centre });
  await hand.do({ action: "type", text: "4242" });
  assert.is(await saidBy(hand), "frame 4242");
  await hand.do({ action: "type", text: "11", clear: true });
  assert.is(await saidBy(hand), "frame 11");
});
