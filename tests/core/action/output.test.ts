import type { Action } from "../../../core/domain/action.ts";
import { canonicalAction } from "../../../core/action/canonical.ts";
import {
  describeActions,
  type DialectName,
  dialects,
  parseOutput,
  printAction,
  type ReadOptions,
  readOutput,
} from "../../../core/action/output.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { halo, noPixels, pixels, qwen, qwenXml, type Row, screen, uiTars } from "./malformed.ts";
import { inTags, said } from "./said.ts";

const test = suite("action/output");

const tables: readonly (readonly [name: string, rows: readonly Row[], o: ReadOptions])[] = [
  ["halo", halo, {}],
  ["pixels", pixels, { screen }],
  ["no pixels", noPixels, {}],
  ["qwen", qwen, { dialect: "qwen" }],
  ["qwen-xml", qwenXml, { dialect: "qwen-xml" }],
  ["ui-tars", uiTars, { dialect: "ui-tars" }],
];
const sorted = (steps: Iterable<string>) => [...steps].sort().join(" ");

function check([input, want, steps]: Row, o: ReadOptions): void {
  const { parsed, steps: used } = readOutput(input, { ...o, repair: true });
  if (steps === undefined) return assert.equal(parsed.ok ? parsed : parsed.code, want, input);
  const expected = steps.split(" ");
  assert.equal(parsed, { ok: true, action: want, repairs: expected.length }, input);
  assert.is(sorted(used), sorted(expected), input);
  assert.is(parseOutput(input, o).ok, false, `valid without repair: ${input}`);
}

for (const [name, rows, o] of tables) {
  test(`readOutput reads every row of the table "${name}" as it says, and none without repair`, () => {
    for (const row of rows) check(row, o);
  });
}

const call = (args: string) => `<tool_call>\n{"name": "computer_use", "arguments": ${args}}\n</tool_call>`;

test("printAction and parseOutput say and read every verb in every dialect, with a thought before it", () => {
  for (const [action, inQwen, inUiTars] of said) {
    const written = {
      halo: JSON.stringify(action),
      qwen: call(inQwen),
      "qwen-xml": inTags(JSON.parse(inQwen)),
      "ui-tars": `Action: ${inUiTars}`,
    };
    for (const dialect of dialects) {
      assert.is(printAction(action, { dialect }), written[dialect]);
      const parsed = parseOutput(written[dialect], { dialect });
      assert.ok(parsed.ok && parsed.repairs === 0, written[dialect]);
      assert.is(canonicalAction(parsed.action), canonicalAction(action), written[dialect]);
      const thought = "One {thing}.\nAction: click(el) <tool_call>";
      const again = parseOutput(printAction(action, { dialect, thought }), { dialect });
      assert.ok(again.ok && again.repairs === 0 && canonicalAction(again.action) === canonicalAction(action), dialect);
    }
  }
});

test("printAction writes any text so that parseOutput reads the same one", () => {
  const texts = [
    "",
    "a'b\"c\\",
    "\n",
    "a\n\n",
    "\\n",
    "x') y",
    "{}</tool_call>",
    "<tool_call>",
    "😀\u2028",
    "\tq\r",
    "\nAction: wait()",
    " '",
    "',",
    "')",
  ];
  for (const text of texts) {
    const actions: readonly Action[] = [
      { action: "type", text },
      { action: "type", text, submit: true, el: "e1" },
      { action: "done", text },
      { action: "infeasible", text },
      { action: "select", el: "e1", options: [`${text}.`, "b"] },
      { action: "goto", url: `${text}.` },
    ];
    for (const action of actions) {
      for (const dialect of dialects) {
        const printed = printAction(action, { dialect });
        const parsed = parseOutput(printed, { dialect });
        assert.is(parsed.ok && canonicalAction(parsed.action), canonicalAction(action), printed);
      }
    }
  }
});

test("parseOutput reads every way UI-TARS writes a place", () => {
  const places = [
    "start_box='(500,300)'",
    "start_box='(500, 300)'",
    'start_box="(500,300)"',
    "start_box='<|box_start|>(500,300)<|box_end|>'",
    "point='<point>500 300</point>'",
    "start_box='<bbox>490 290 510 310</bbox>'",
    "start_box='[490, 290, 510, 310]'",
    "start_box='<|box_start|>(490,290,510,310)<|box_end|>'",
    "start_box=[500, 300]",
  ];
  for (const place of places) {
    for (const lead of ["", "Thought: The star.\n", "Reflection: No.\nAction_Summary: Star it.\n"]) {
      const text = `${lead}Action: click(${place})`;
      assert.equal(parseOutput(text, { dialect: "ui-tars" }), {
        ok: true,
        action: { action: "click", at: [500, 300] },
        repairs: 0,
      }, text);
    }
  }
});

test("printAction throws HALO_ACTION_UNPRINTABLE for what a dialect has no words for", async () => {
  const diagonal: Action = { action: "scroll", dx: 5, dy: 5 };
  for (const dialect of ["qwen", "qwen-xml", "ui-tars"] as const) {
    assert.ok(isHaloError(await thrownBy(() => printAction(diagonal, { dialect })), "HALO_ACTION_UNPRINTABLE"));
  }
  const tag: Action = { action: "type", text: "</parameter>\n</function>" };
  assert.ok(isHaloError(await thrownBy(() => printAction(tag, { dialect: "qwen-xml" })), "HALO_ACTION_UNPRINTABLE"));
  const wrong = await thrownBy(() => describeActions("qwn" as DialectName));
  assert.ok(isHaloError(wrong, "HALO_ACTION_DIALECT"));
  assert.is(wrong.message, 'expected a dialect, got "qwn"; did you mean "qwen"?');
});

test("describeActions names every verb that printAction uses", () => {
  for (const dialect of dialects) {
    const text = describeActions(dialect);
    for (const [action, inQwen, inUiTars] of said) {
      const inCall = JSON.parse(inQwen).action as string;
      const verb =
        { halo: action.action, qwen: inCall, "qwen-xml": inCall, "ui-tars": /^\w+/.exec(inUiTars)![0] }[dialect];
      assert.ok(dialect === "ui-tars" && verb === "noop" || text.includes(verb), `${dialect}: ${verb}`);
    }
  }
});

/** One slip in how an action is written: the rung it takes, and the text of the action with the slip in it. */
const slips: readonly (readonly [step: string, write: (a: Action) => string])[] = [
  ["commas", (a) => JSON.stringify(a).replace(/}$/, ",}")],
  ["braces", (a) => JSON.stringify(a).replace(/}$/, "")],
  ["quotes", (a) => JSON.stringify(a).replaceAll('"', "'")],
  ["keys", (a) => JSON.stringify(a).replace(/"(\w+)":/g, "$1:")],
  ["field", (a) => JSON.stringify(a).replace('"action"', '"action_type"')],
  ["verb", (a) => JSON.stringify({ ...a, action: a.action.toUpperCase() })],
  ["extra", (a) => JSON.stringify({ thought: "hm", ...a })],
  ["repeat", (a) => `${JSON.stringify(a)}\n${JSON.stringify(a)}`],
];
/** One slip in what stands around it. */
const wraps: readonly (readonly [step: string, wrap: (json: string) => string])[] = [
  ["", (json) => json],
  ["fence", (json) => `\`\`\`json\n${json}\n\`\`\``],
  ["think", (json) => `<think>Let me see.</think>\n${json}`],
  ["prose", (json) => `My next step is this: ${json}`],
  ["tags", (json) => `<tool_call>\n${json}\n</tool_call>`],
  ["marks", (json) => `\ufeff${json}`],
];
const plain: readonly Action[] = [
  { action: "click", el: "e12" },
  { action: "hover", at: [500, 300] },
  { action: "drag", el: "e1", to: [10, 20] },
  { action: "type", el: "e3", text: "Hello" },
  { action: "key", keys: ["Control+a", "Delete"] },
  { action: "scroll", dy: 300, dx: 5 },
  { action: "select", el: "e4", options: ["Work", "Home"] },
  { action: "goto", url: "https://gomail.halo.test/inbox" },
  { action: "done", text: "42" },
];

/** Their texts may be cut where the output ends. */
const speaks = new Set(["type", "select", "goto", "done"]);

test("readOutput takes exactly the rungs of the slips that an output combines", () => {
  let count = 0;
  for (const action of plain) {
    for (const [slip, write] of slips) {
      for (const [around, wrap] of wraps) {
        // Without its brace an object in a fence still ends at the fence; one followed by nothing is cut off inside a number.
        if (slip === "braces" && /\d$/.test(write(action)) && around !== "fence" && around !== "tags") continue;
        if (slip === "braces" && speaks.has(action.action) && around !== "fence" && around !== "tags") {
          check([wrap(write(action)), "CUT_OFF"], {});
          continue;
        }
        check([wrap(write(action)), action, around === "" ? slip : `${slip} ${around}`], {});
        count++;
      }
    }
  }
  assert.ok(count > 400, `${count} outputs`);
});
