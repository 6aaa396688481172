import type { Action } from "../../../core/domain/action.ts";
import { isAction, maxActionLength, parseAction } from "../../../core/action/parse.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("action/parse");

const valid: readonly Action[] = [
  { action: "click", el: "e12" },
  { action: "click", at: [0, 1000] },
  { action: "double_click", el: "e0", at: [5, 5] },
  { action: "right_click", el: "f1e3" },
  { action: "hover", at: [500, 500] },
  { action: "drag", el: "e1", to: [10, 20] },
  { action: "type", text: "" },
  { action: "type", el: "e3", text: 'Grüße "{}" 😀\n', clear: true, submit: false },
  { action: "key", keys: ["Control+a", "Delete"] },
  { action: "scroll", dy: 300 },
  { action: "scroll", at: [1, 2], dx: -5, dy: 0 },
  { action: "select", el: "e4", options: ["Work", "Home"] },
  { action: "goto", url: "https://gomail.halo.test/inbox" },
  { action: "back" },
  { action: "forward" },
  { action: "noop" },
  { action: "wait", ms: 5000 },
  { action: "done" },
  { action: "done", text: "42" },
  { action: "infeasible", text: "no such mail" },
];

test("parseAction returns every kind of valid action as written", () => {
  for (const action of valid) {
    assert.equal(parseAction(JSON.stringify(action)), { ok: true, action, repairs: 0 });
    assert.ok(isAction(action));
  }
  assert.equal(parseAction(' \n\t{"action" : "back"}\r\n'), { ok: true, action: { action: "back" }, repairs: 0 });
  assert.equal(parseAction('{"el":"e1","action":"click"}'), {
    ok: true,
    action: { el: "e1", action: "click" },
    repairs: 0,
  });
});

const refused: readonly [text: string, code: string, message: string][] = [
  ["", "EMPTY", "expected one JSON object, got nothing"],
  ["  \n", "EMPTY", "expected one JSON object, got nothing"],
  ["click e12", "PARSE", 'expected one JSON object, got "click e12"'],
  ['{"action":"back"} ok', "PARSE", 'expected one JSON object, got "{\\"action\\":\\"back\\"} ok"'],
  [
    '{"action":"back"}{"action":"back"}',
    "PARSE",
    'expected one JSON object, got "{\\"action\\":\\"back\\"}{\\"action\\":\\"back\\"}"',
  ],
  [
    '```json\n{"action":"back"}\n```',
    "PARSE",
    'expected one JSON object, got "```json\\n{\\"action\\":\\"back\\"}\\n```"',
  ],
  ['\ufeff{"action":"back"}', "PARSE", 'expected one JSON object, got "{\\"action\\":\\"back\\"}"'],
  ["{'action':'back'}", "PARSE", "expected one JSON object, got \"{'action':'back'}\""],
  ['{"action":"back",}', "PARSE", 'expected one JSON object, got "{\\"action\\":\\"back\\",}"'],
  ['[{"action":"back"}]', "PARSE", 'expected one JSON object, got "[{\\"action\\":\\"back\\"}]"'],
  ["null", "PARSE", 'expected one JSON object, got "null"'],
  ['"back"', "PARSE", 'expected one JSON object, got "\\"back\\""'],
  ['{"action":"back","action":"done"}', "PARSE", 'field "action" stands twice'],
  ['{"action":"type","text":"a\\"b","\\u0074ext":"c"}', "PARSE", 'field "text" stands twice'],
  ["{}", "MISSING_FIELD", 'field "action" is missing'],
  ['{"verb":"click"}', "MISSING_FIELD", 'field "action" is missing'],
  ['{"action":7}', "SCHEMA", '"action": expected a text, got 7'],
  ['{"action":null}', "SCHEMA", '"action": expected a text, got null'],
  ['{"action":["click"]}', "SCHEMA", '"action": expected a text, got a list of 1'],
  ['{"action":"clik","el":"e1"}', "UNKNOWN_VERB", 'unknown action "clik"; did you mean "click"?'],
  ['{"action":"CLICK","el":"e1"}', "UNKNOWN_VERB", 'unknown action "CLICK"; did you mean "click"?'],
  ['{"action":"constructor"}', "UNKNOWN_VERB", 'unknown action "constructor"'],
  ['{"action":"__proto__"}', "UNKNOWN_VERB", 'unknown action "__proto__"'],
  ['{"action":"click"}', "MISSING_FIELD", 'click needs the field "el" or "at"'],
  ['{"action":"drag","el":"e1"}', "MISSING_FIELD", 'drag needs the field "to"'],
  ['{"action":"type","el":"e1"}', "MISSING_FIELD", 'type needs the field "text"'],
  ['{"action":"wait"}', "MISSING_FIELD", 'wait needs the field "ms"'],
  ['{"action":"select","options":["a"]}', "MISSING_FIELD", 'select needs the field "el" or "at"'],
  ['{"action":"click","el":"e1","button":"left"}', "UNKNOWN_FIELD", 'click has no field "button"'],
  [
    '{"action":"type","text":"a","submitt":true}',
    "UNKNOWN_FIELD",
    'type has no field "submitt"; did you mean "submit"?',
  ],
  ['{"action":"back","text":"a"}', "UNKNOWN_FIELD", 'back has no field "text"'],
  ['{"action":"back","__proto__":{"x":1}}', "UNKNOWN_FIELD", 'back has no field "__proto__"'],
  ['{"action":"back","thought":"hm"}', "UNKNOWN_FIELD", 'back has no field "thought"'],
  ['{"action":"click","el":12}', "SCHEMA", '"el": expected a text, got 12'],
  ['{"action":"click","el":"12"}', "SCHEMA", '"el": expected an element id such as "e12", got "12"'],
  ['{"action":"click","el":"e12 "}', "SCHEMA", '"el": expected an element id such as "e12", got "e12 "'],
  ['{"action":"click","el":"e12\\n"}', "SCHEMA", '"el": expected an element id such as "e12", got "e12\\n"'],
  ['{"action":"click","el":""}', "SCHEMA", '"el": expected an element id such as "e12", got ""'],
  ['{"action":"click","el":null,"at":[1,2]}', "SCHEMA", '"el": expected a text, got null'],
  ['{"action":"click","at":"5,5"}', "SCHEMA", '"at": expected a list, got "5,5"'],
  ['{"action":"click","at":{"x":1,"y":2}}', "SCHEMA", '"at": expected a list, got an object'],
  ['{"action":"click","at":[5]}', "SCHEMA", '"at": expected 2 items, got a list of 1'],
  ['{"action":"click","at":[1,2,3,4]}', "SCHEMA", '"at": expected 2 items, got a list of 4'],
  ['{"action":"click","at":[0.5,0.5]}', "SCHEMA", '"at"[0]: expected an integer, got 0.5'],
  ['{"action":"click","at":["5","5"]}', "SCHEMA", '"at"[0]: expected an integer, got "5"'],
  ['{"action":"click","at":[1001,5]}', "RANGE", '"at"[0]: expected 0 to 1000, got 1001'],
  ['{"action":"click","at":[5,-1]}', "RANGE", '"at"[1]: expected 0 to 1000, got -1'],
  ['{"action":"click","at":[1e999,5]}', "SCHEMA", '"at"[0]: expected an integer, got Infinity'],
  ['{"action":"drag","el":"e1","to":[5,1280]}', "RANGE", '"to"[1]: expected 0 to 1000, got 1280'],
  ['{"action":"type","text":5}', "SCHEMA", '"text": expected a text, got 5'],
  ['{"action":"type","text":"a","submit":"true"}', "SCHEMA", '"submit": expected true or false, got "true"'],
  ['{"action":"key","keys":"Enter"}', "SCHEMA", '"keys": expected a list, got "Enter"'],
  ['{"action":"key","keys":[]}', "SCHEMA", '"keys": expected 1 to 16 items, got a list of 0'],
  ['{"action":"key","keys":[""]}', "RANGE", '"keys"[0]: expected a text that is not empty, got ""'],
  ['{"action":"scroll","dy":1.5}', "SCHEMA", '"dy": expected an integer, got 1.5'],
  ['{"action":"scroll","dy":1000000}', "RANGE", '"dy": expected -100000 to 100000, got 1000000'],
  ['{"action":"goto","url":""}', "RANGE", '"url": expected a text that is not empty, got ""'],
  ['{"action":"wait","ms":60000}', "RANGE", '"ms": expected 0 to 5000, got 60000'],
  ['{"action":"wait","ms":-1}', "RANGE", '"ms": expected 0 to 5000, got -1'],
  ['{"action":"done","text":false}', "SCHEMA", '"text": expected a text, got false'],
];

test("parseAction names what is wrong with a malformed output", () => {
  for (const [text, code, message] of refused) assert.equal(parseAction(text), { ok: false, code, message }, text);
});

test("parseAction answers at once for long and deeply nested texts", () => {
  const start = performance.now();
  const long = `{"action":"type","text":"${"a".repeat(maxActionLength)}"}`;
  assert.equal(parseAction(long), {
    ok: false,
    code: "TOO_LONG",
    message: `expected at most 65536 characters, got ${long.length}`,
  });
  const codes = [
    "[".repeat(60_000),
    `{"action":${"[".repeat(30_000)}${"]".repeat(30_000)}}`,
    '{"a":'.repeat(10_000),
    "\\".repeat(60_000),
  ]
    .map((text) => {
      const parsed = parseAction(text);
      return parsed.ok ? "ok" : parsed.code;
    });
  assert.equal(codes, ["PARSE", "SCHEMA", "PARSE", "PARSE"]);
  assert.ok(performance.now() - start < 1000);
});

test("parseAction never throws and accepts only actions, for 10,000 mutated texts", () => {
  const rng = keyedRng("fuzz");
  const pieces = [
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\u00",
    "e1",
    "-",
    "1e9",
    "null",
    "true",
    " ",
    "\0",
    "😀",
    '"el"',
    '"at":[1,2]',
    '"action":',
  ];
  let accepted = 0;
  for (let i = 0; i < 10_000; i++) {
    let text = JSON.stringify(valid[rng.int(valid.length)]);
    for (let edits = rng.int(4); edits >= 0; edits--) {
      const at = rng.int(text.length + 1);
      text = text.slice(0, at) + (rng.int(2) ? pieces[rng.int(pieces.length)] : "") + text.slice(at + rng.int(4));
    }
    const parsed = parseAction(text);
    if (parsed.ok) {
      accepted++;
      assert.ok(isAction(parsed.action) && isAction(JSON.parse(text)), text);
    } else {
      assert.match(parsed.code, /^[A-Z_]+$/);
      assert.ok(parsed.message.length < 300, text);
    }
  }
  assert.ok(accepted > 100 && accepted < 9000, `${accepted} accepted`);
});
