import { readFileSync } from "node:fs";
import { parseOutput, readOutput } from "../../../core/action/output.ts";
import { isPress, keyNames } from "../../../core/domain/keys.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("action/keys");

test("keyNames holds exactly the names of Playwright's own layout, and the modifiers without a side", () => {
  const bundle = readFileSync(
    new URL("../../../node_modules/playwright-core/lib/coreBundle.js", import.meta.url),
    "utf8",
  );
  const table = /USKeyboardLayout = \{([\s\S]*?)\n {4}\};/.exec(bundle)![1]!;
  const codes = [...table.matchAll(/^\s*"(\w+)": \{ "keyCode"/gm)].map(([, code]) => code!);
  assert.ok(codes.length > 100, `${codes.length} codes`);
  const signs = [...table.matchAll(/"(?:key|shiftKey)": ("."|'.'|"\\\\")(?!.*"location")/gm)].map(([, sign]) =>
    sign === '"\\\\"' ? "\\" : sign![1]!
  );
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
  const expected = new Set([...codes, ...signs, ...letters, "Shift", "Control", "Alt", "Meta", "ControlOrMeta"]);
  assert.equal([...keyNames].sort(), [...expected].sort());
});

test("isPress knows chords, the plus key and no other names", () => {
  for (
    const press of ["a", "Enter", "Control+a", "Control++", "+", " ", "Control+Shift+ArrowLeft", "ControlOrMeta+c"]
  ) {
    assert.ok(isPress(press), press);
  }
  for (const press of ["", "ctrl+a", "control+a", "Control+", "enter", "é", "Shift+Nope", "page down", "Enter "]) {
    assert.not.ok(isPress(press), press);
  }
});

test("an output is valid as written only with keys that the browser knows, in every dialect", () => {
  for (const key of ["ctrl+a", "Ctrl+A", "page down", "hyper", "Control+é"]) {
    const outputs = {
      halo: JSON.stringify({ action: "key", keys: [key] }),
      qwen: `<tool_call>{"name": "computer_use", "arguments": {"action": "key", "keys": ["${key}"]}}</tool_call>`,
      "qwen-xml":
        `<tool_call><function=computer_use><parameter=action>key</parameter><parameter=keys>["${key}"]</parameter></function></tool_call>`,
      "ui-tars": `Action: press_keys(keys=['${key}'])`,
    } as const;
    for (const [dialect, output] of Object.entries(outputs) as ["halo", string][]) {
      const parsed = parseOutput(output, { dialect });
      assert.is(parsed.ok ? "valid" : parsed.code, "UNKNOWN_KEY", output);
      const { parsed: mended } = readOutput(output, { dialect, repair: true });
      if (mended.ok) assert.ok(mended.action.action === "key" && mended.action.keys.every(isPress), output);
    }
  }
});

test("a final newline of a typed text submits in every dialect, unless the action says that it does not", () => {
  const outputs = {
    halo: (submit: string) => `{"action":"type","text":"cats\\n"${submit && ',"submit":false'}}`,
    qwen: (submit: string) =>
      `<tool_call>{"name": "computer_use", "arguments": {"action": "type", "text": "cats\\n"${
        submit && ', "submit": false'
      }}}</tool_call>`,
    "qwen-xml": (submit: string) =>
      `<tool_call>\n<function=computer_use>\n<parameter=action>\ntype\n</parameter>\n<parameter=text>\ncats\n\n</parameter>\n${
        submit && "<parameter=submit>\nfalse\n</parameter>\n"
      }</function>\n</tool_call>`,
    "ui-tars": (submit: string) => `Action: type(content='cats\\n'${submit && ", submit=False"})`,
  } as const;
  for (const [dialect, write] of Object.entries(outputs) as ["halo", (submit: string) => string][]) {
    const plain = parseOutput(write(""), { dialect });
    assert.equal(plain, { ok: true, action: { action: "type", text: "cats", submit: true }, repairs: 0 }, dialect);
    const kept = parseOutput(write("no"), { dialect });
    assert.equal(kept, { ok: true, action: { action: "type", text: "cats\n", submit: false }, repairs: 0 }, dialect);
  }
});
