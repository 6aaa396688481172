// runtime: node
import { dialects, parseOutput, printAction, readOutput } from "../../../core/action/output.ts";
import { isAction, maxActionLength } from "../../../core/action/parse.ts";
import { repairSteps } from "../../../core/action/steps.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { presets, shapingReward } from "../../../plugins/shaping/reward.ts";
import { assert, suite } from "../../harness.ts";
import { halo, qwen, qwenXml, screen, uiTars } from "./malformed.ts";
import { said } from "./said.ts";

const test = suite("action/output-fuzz");

test("readOutput never throws, hangs or passes a repaired output as valid, for 100,000 mutated ones", () => {
  const rng = keyedRng("output fuzz");
  const fold = shapingReward({ ...presets.none, valid: 1 });
  const page = { url: "http://x.test/", title: "", elements: [], stateKey: "a" };
  const start = fold.start({ id: "t", text: "Do it.", startUrl: "http://x.test/", maxSteps: 4 }, page);
  const seeds = said.flatMap(([action]) => dialects.map((dialect) => printAction(action, { dialect, thought: "Go." })))
    .concat([...halo, ...qwen, ...qwenXml, ...uiTars].map(([input]) => input).filter((input) => input.length < 400));
  const pieces = [
    '"',
    "'",
    "“",
    "’",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    ":",
    "=",
    "\\",
    "\\u00",
    "e1",
    "-",
    "1e9",
    "null",
    "None",
    " ",
    "\0",
    "😀",
    "\ud800",
    "\n",
    "```",
    "<think>",
    "</think>",
    "<tool_call>",
    "</tool_call>",
    "Action: ",
    "click(",
    '"el"',
    '"at":[1,2]',
    '"action":',
    "__proto__",
    "<|box_start|>",
    "<function=computer_use>",
    "<parameter=text>",
    "</parameter>",
    "：",
    "，",
    "（",
    "ctrl+",
  ];
  let strict = 0;
  let repaired = 0;
  let slowestMs = 0;
  for (let i = 0; i < 100_000; i++) {
    let text: string;
    if (i % 20 === 0) {
      text = Array.from(
        { length: rng.int(60) },
        () => rng.int(4) ? String.fromCharCode(rng.int(rng.int(2) ? 128 : 65_536)) : pieces[rng.int(pieces.length)],
      ).join("");
    } else {
      text = seeds[rng.int(seeds.length)]!;
      for (let edits = rng.int(4); edits > 0; edits--) {
        const at = rng.int(text.length + 1);
        text = text.slice(0, at) + (rng.int(2) ? pieces[rng.int(pieces.length)] : "") + text.slice(at + rng.int(4));
      }
    }
    const dialect = dialects[i % dialects.length]!;
    const began = performance.now();
    const { parsed, steps } = readOutput(text, { dialect, repair: true, ...(rng.int(2) && { screen }) });
    slowestMs = Math.max(slowestMs, performance.now() - began);
    const asWritten = parseOutput(text, { dialect });
    if (parsed.ok) {
      assert.ok(isAction(parsed.action), text);
      assert.is(parsed.repairs, steps.length);
      assert.is(parsed.repairs === 0, asWritten.ok, text);
      const { terms } = start.next({ from: page, to: page, parsed });
      assert.is(terms.length, asWritten.ok ? 1 : 0, text);
      if (parsed.repairs > 0) repaired++;
      else strict++;
    } else {
      assert.is(asWritten.ok, false);
      assert.match(parsed.code, /^[A-Z_]+$/);
      assert.ok(parsed.message.length < 400, parsed.message);
    }
  }
  assert.ok(strict > 1000 && repaired > 10_000, `${strict} valid, ${repaired} repaired`);
  assert.ok(slowestMs < 2000, `slowest ${slowestMs} ms`);
}, { timeoutMs: 60_000 });

test("readOutput takes linear time for the longest hostile outputs", () => {
  const fill = (piece: string) => piece.repeat(Math.floor(maxActionLength / piece.length));
  const pieces = [
    "{",
    "[",
    "(",
    '{"a":',
    "{a:[",
    '"',
    "'",
    "\\",
    " ",
    "\n",
    "` ",
    "```",
    "<think>",
    "</think>",
    "<tool_call>",
    "Action: ",
    "\nAction: click(",
    "click(",
    "\nclick(a='",
    "{'a':'",
    '{"action":"back"}',
    '{"action":"back"},',
    "Action: wait()\n",
    '" ',
    "{a:1,",
    ",",
    "</s>",
    "[EOS]",
    "e1 ",
    "\u200b",
    '{"a":1 ',
    '{"a":"b"c","d":"e"f"},',
    "a='b'c', ",
    "<function=a>",
    "\n<function=a>\n<parameter=a>",
    "</parameter>",
    "</parameter> ",
    "<think></think>",
    "Action：",
    ". Action: click(",
    "）",
    "｛",
    ")",
    "+",
    "- ",
  ];
  for (const piece of pieces) {
    for (
      const lead of [
        "",
        '{"action":"',
        "Action: click(start_box='",
        '{"action":"click","at":"',
        "Action: type(content='a'b",
        '{"action":"type","text":"a"b',
        "<function=computer_use><parameter=text>",
      ]
    ) {
      for (const dialect of dialects) {
        const began = performance.now();
        readOutput((lead + fill(piece)).slice(0, maxActionLength), { dialect, repair: true });
        const tookMs = performance.now() - began;
        assert.ok(tookMs < 2000, `${JSON.stringify(lead + piece)} in ${dialect}: ${tookMs} ms`);
      }
    }
  }
  assert.is(Object.keys(repairSteps).length, 26);
}, { timeoutMs: 240_000 });
