import type { Action } from "../../../core/domain/action.ts";
import { type DialectName, dialects, parseOutput, readOutput } from "../../../core/action/output.ts";
import type { Rng } from "../../../core/domain/rng.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("action/whole-text");

const pick = <T>(rng: Rng, items: readonly T[]): T => items[rng.int(items.length)]!;

const words = "the plan is late, order 5 pieces; price: 3.50 € (net) of Anna Zoë 北京 😀 a=b x:y [1] #2 50% </b> e3"
  .split(" ");
/** Texts with quotes, brackets and commas as people, code and data have them. */
const pieces: readonly string[] = [
  '"draft"',
  "'draft'",
  "“draft”",
  "‘draft’",
  '(the "x")',
  "(in 'EUR')",
  '["x"]',
  '["a", "b"]',
  '{"k"}',
  '{"k": "v"}',
  "{'k': 'v'}",
  "print('hi')",
  'say("hi");',
  '"Plan", "submit": true',
  '"yes", then',
  "'no', element='e9'",
  'a "," b',
  'the "}" sign',
  "the ')' sign",
  "Anna's",
  "the boys' room",
  '5" pipe',
  "6'2\"",
  '"what?"!',
  "\n",
  "\n\n- one\n",
  "\t",
  "C:\\dir\\new",
  "</tool_call>",
  "<tool_call>",
  "</parameter>",
  "</think>",
  "```js\nx\n```",
  "Action: wait()",
  '{"action":"back"}',
  "（“全角”，对）",
];

function textOf(rng: Rng): string {
  const parts = Array.from({ length: 1 + rng.int(6) }, () => rng.int(3) ? pick(rng, words) : pick(rng, pieces));
  return parts.join(rng.int(8) ? " " : "").trim() || "x";
}

function actionOf(rng: Rng): Action {
  const text = textOf(rng);
  const where = pick(rng, [{}, { el: "e3" }, { at: [12, 900] as const }]);
  switch (rng.int(8)) {
    case 0:
      return { action: "done", text };
    case 1:
      return { action: "infeasible", text };
    case 2:
      return { action: "select", el: "e4", options: [text, textOf(rng)] };
    case 3:
      return { action: "goto", url: `https://a.test/?q=${text}` };
    default:
      return { action: "type", ...where, text, ...(rng.int(4) === 0 && { submit: true }) };
  }
}

/** How a model writes texts and signs. */
interface Hand {
  readonly open: string;
  readonly close: string;
  readonly escape: (text: string) => string;
  readonly comma?: string;
  readonly colon?: string;
}

const straight = { open: '"', close: '"' };
const single = { open: "'", close: "'" };
const asJson = (text: string) => JSON.stringify(text).slice(1, -1);
const asPython = (text: string) => asJson(text).replaceAll('\\"', '"').replaceAll("'", "\\'");
const bareQuotes = (text: string) => asJson(text).replaceAll('\\"', '"');
const rawLines = (text: string) => text.replaceAll("\\", "\\\\");

const hands: readonly Hand[] = [
  { ...straight, escape: asJson },
  { ...straight, escape: bareQuotes },
  { ...straight, escape: rawLines },
  { ...single, escape: asPython },
  { ...single, escape: bareQuotes },
  { ...single, escape: rawLines },
  { open: "“", close: "”", escape: bareQuotes },
  { open: "‘", close: "’", escape: bareQuotes },
  { open: "`", close: "`", escape: bareQuotes },
  { ...straight, escape: bareQuotes, comma: "，", colon: "：" },
  { ...straight, escape: asJson, comma: "，", colon: "：" },
];

const qwenNames: Readonly<Record<string, string>> = { el: "element", at: "coordinate" };
const callNames: Readonly<Record<string, string>> = { el: "element", at: "point", text: "content", url: "content" };
const calls: Readonly<Record<string, string>> = { done: "finished", infeasible: "call_user", goto: "navigate" };

/** An action as this hand writes it in a dialect. */
function written(action: Action, { dialect, hand }: { readonly dialect: DialectName; readonly hand: Hand }): string {
  const { open, close, escape, comma = ", ", colon = ": " } = hand;
  const quote = (text: string) => `${open}${escape(text)}${close}`;
  const value = (v: unknown): string =>
    Array.isArray(v) ? `[${v.map(value).join(comma)}]` : typeof v === "string" ? quote(v) : JSON.stringify(v);
  const { action: verb, ...fields } = action;
  const object = (entries: readonly (readonly [string, string])[]) =>
    `{${entries.map(([name, v]) => `${quote(name)}${colon}${v}`).join(comma)}}`;
  if (dialect === "halo") return object(Object.entries(action).map(([name, v]) => [name, value(v)]));
  if (dialect === "ui-tars") {
    const args = Object.entries(fields).map(([name, v]) => {
      const text = name === "at" ? quote(String(v)) : v === true ? "True" : value(v);
      return `${callNames[name] ?? name}=${text}`;
    });
    return `Action: ${calls[verb] ?? verb}(${args.join(comma)})`;
  }
  const args = Object.entries({ ...fields, ...(verb === "infeasible" && { status: "failure" }) })
    .map(([name, v]) => [qwenNames[name] ?? name, v] as const);
  const called = ({ done: "answer", infeasible: "terminate" } as Readonly<Record<string, string>>)[verb] ?? verb;
  if (dialect === "qwen") {
    const inner = object([["action", quote(called)], ...args.map(([name, v]) => [name, value(v)] as const)]);
    return `<tool_call>\n${object([["name", quote("computer_use")], ["arguments", inner]])}\n</tool_call>`;
  }
  const tags = [["action", called] as const, ...args].map(([name, v]) =>
    `<parameter=${name}>\n${typeof v === "string" ? v : JSON.stringify(v)}\n</parameter>\n`
  );
  return `<tool_call>\n<function=computer_use>\n${tags.join("")}</function>\n</tool_call>`;
}

const surroundings: readonly ((output: string) => string)[] = [
  (output) => output,
  (output) => output,
  (output) => `\`\`\`json\n${output}\n\`\`\``,
  (output) => `<think>I say "it" and <tool_call>.</think>\n${output}`,
  (output) => `It's the "draft" one.\n${output}`,
  (output) => `${output}\n\nThat types the text.`,
  (output) => `${output} as you "asked".`,
  (output) => `${output}<|im_end|>`,
  (output) => output.replace(/[})](\s*<\/tool_call>)?$/, "$1"),
  (output) => output.replace(/[})](\s*<\/tool_call>)?$/, "]$1"),
  (output) => output.replace(/([})])(\s*<\/tool_call>)?$/, "$1$1$2"),
  (output) => output.replace(/\n<\/tool_call>$|<\/function>\n/, ""),
  (output) => output.replace(/^Action:/, "Action："),
];

/** What an action would enter, choose, open or declare. */
function said(action: Action): string {
  const text = "text" in action ? action.text ?? "" : "";
  const typed = action.action === "type" && action.submit ? `${text}\n` : text;
  return JSON.stringify([action.action, typed, "options" in action && action.options, "url" in action && action.url]);
}

/** An output without what `surroundings` put before it and after it. */
function bared(output: string): string {
  return output.replace(/^(?:```json\n|<think>.*<\/think>\n|It's the "draft" one\.\n)/, "").replace(
    /(?:\n```|\n\nThat types the text\.?|<\|im_end\|>)$/,
    "",
  );
}

/** True for what stands in a tool call whose text spells a tag of its own. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test(
  "readOutput reads the whole text of an action or refuses it, for 30,000 outputs with slips in them and cut anywhere",
  () => {
    const rng = keyedRng("whole texts");
    const count = { whole: 0, repaired: 0, refused: 0, asWritten: 0 };
    for (let i = 0; i < 30_000; i++) {
      const dialect = dialects[i % dialects.length]!;
      const action = actionOf(rng);
      const core = written(action, { dialect, hand: pick(rng, hands) });
      const around = pick(rng, surroundings)(core);
      const output = rng.int(3) === 0 ? around.slice(0, rng.int(around.length + 1)) : around;
      const asked = rng.int(6) ? dialect : pick(rng, dialects);
      const { parsed, steps } = readOutput(output, { dialect: asked, repair: true });
      if (!parsed.ok) count.refused++;
      else if (said(parsed.action) === said(action)) {
        count.whole++;
        if (steps.length > 0) count.repaired++;
      } else {
        // What is well formed means what it says, whoever meant more: `{"text":"use "}` of a text with a quoted brace, cut there.
        const isWellFormed = steps.length === 0 || parseOutput(bared(output), { dialect }).ok ||
          isJson(output.slice(11, -12));
        assert.ok(isWellFormed, JSON.stringify({ output, action, steps, parsed }));
        count.asWritten++;
      }
    }
    assert.ok(count.whole > 10_000 && count.repaired > 4000 && count.asWritten < 60, JSON.stringify(count));
  },
  { timeoutMs: 60_000 },
);
