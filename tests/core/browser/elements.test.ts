// runtime: node
import { assert, suite } from "../../harness.ts";
import { desk, Hand } from "./desk.ts";

const test = suite("browser/elements");
const environment = desk();

test("observe lists every visible control once, in document order, with role, name, states, near and region", async (t) => {
  const hand = await Hand.open(environment, t, { starred: [1] });
  const lines = hand.seen.elements.map(({ id, role, name, value, states, near, region }) =>
    [id, role, name, value ?? "", states.join(" "), near, region].join("|")
  );
  assert.is(lines.length, new Set(lines).size);
  assert.equal(lines.slice(0, 4), [
    "e0|link|One||||navigation:Folders",
    "e1|link|Two||selected||navigation:Folders",
    "e2|checkbox|Pick row 0|||Row 0 Star|",
    "e3|button|Star|||Row 0 Star|",
  ]);
  assert.is(lines[5], "e5|button|Star||pressed|Row 1 Star|");
  const rest = lines.slice(lines.findIndex((l) => l.includes("|Name|"))).map((l) => l.slice(l.indexOf("|") + 1));
  assert.equal(rest, [
    "textbox|Name||editable|Name|form:Card",
    "textbox|Note||editable multiline||form:Card",
    "textbox|Body text||editable multiline||form:Card",
    "combobox|Colour|Red||Colour|form:Card",
    "textbox|When||editable|When|form:Card",
    "checkbox|Urgent|||Urgent|form:Card",
    "textbox|Digits||editable||form:Card",
    "textbox|Fixed|fixed|||form:Card",
    "button|Open dialog||||toolbar:Tools",
    "button|Later||||toolbar:Tools",
    "button|Never done||||toolbar:Tools",
    "button|Alert||||toolbar:Tools",
    "button|Confirm||||toolbar:Tools",
    "button|Window||||toolbar:Tools",
    "button|Endless loop||||toolbar:Tools",
    "button|Next page||||toolbar:Tools",
    "button|Time||||toolbar:Tools",
    "link|Outside||||toolbar:Tools",
    "link|Home||||toolbar:Tools",
    "link|File||||toolbar:Tools",
    "menuitem|Item||||toolbar:Tools",
    "generic|Plain||||toolbar:Tools",
    "button|Disabled||disabled||toolbar:Tools",
    "button|Hidden from readers||||toolbar:Tools",
    "button|Half covered||||",
  ]);
});

test("observe gives a centre that hits the element when its middle is covered", async (t) => {
  const hand = await Hand.open(environment, t);
  const [x] = hand.find("Half covered").centre;
  assert.ok(x > 1000 * (20 + 240 + 140) / 1280, `${x} lies under the cover`);
});

test("observe leaves out everything outside an open modal dialog", async (t) => {
  const hand = await Hand.open(environment, t, { dialog: true });
  assert.equal(hand.seen.elements.map(({ role, name, region }) => [role, name, region]), [
    ["textbox", "Answer", "dialog:Question"],
    ["button", "Close", "dialog:Question"],
  ]);
});

test("observe changes nothing in the page", async (t) => {
  const hand = await Hand.open(environment, t);
  const before = await hand.episode.mark(t);
  await hand.episode.observe({ signal: t.signal, need: { screenshot: true, axtree: true } });
  assert.equal((await hand.episode.mark(t)).fingerprint, before.fingerprint);
});

test("observe pays for a screenshot and an accessibility tree only when they are needed", async (t) => {
  const hand = await Hand.open(environment, t);
  assert.equal(Object.keys(hand.seen).sort(), ["elements", "stateKey", "title", "url"]);
  const all = await hand.episode.observe({ signal: t.signal, need: { screenshot: true, axtree: true } });
  assert.equal([all.screenshot?.widthPx, all.screenshot?.heightPx], [1280, 720]);
  assert.match(all.axtree ?? "", /- navigation "Folders":/);
});

test("state key is equal for equal pages and differs after a change of value, name, state or title", async (t) => {
  const keys = [];
  for (const params of [{}, {}, { name: "x" }, { starred: [0] }, { page: 2 }, { dialog: true }]) {
    const hand = await Hand.open(environment, t, params);
    keys.push(hand.seen.stateKey);
    await hand.episode.close();
  }
  assert.is(keys[0], keys[1]);
  assert.is(new Set(keys).size, keys.length - 1);
});

test("the environment of these tests closes", () => environment.close());
