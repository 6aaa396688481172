import type { Action } from "../../../core/domain/action.ts";

/** A call in Qwen3.5's tags with the arguments of Qwen3-VL's: texts as they are, all else as JSON. */
export function inTags(args: Readonly<Record<string, unknown>>): string {
  const parameters = Object.entries(args).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value).replace(/,(?=["\d])/g, ", ");
    return `<parameter=${name}>\n${text}\n</parameter>\n`;
  });
  return `<tool_call>\n<function=computer_use>\n${parameters.join("")}</function>\n</tool_call>`;
}

/** Valid actions with the same written by hand in the foreign dialects' arguments, as a model writes them. */
export const said: readonly (readonly [action: Action, qwen: string, uiTars: string])[] = [
  [
    { action: "click", at: [500, 300] },
    '{"action": "left_click", "coordinate": [500, 300]}',
    "click(start_box='<|box_start|>(500,300)<|box_end|>')",
  ],
  [{ action: "click", el: "e12" }, '{"action": "left_click", "element": "e12"}', "click(element='e12')"],
  [
    { action: "click", el: "f1e3", at: [1, 2] },
    '{"action": "left_click", "element": "f1e3", "coordinate": [1, 2]}',
    "click(element='f1e3', start_box='<|box_start|>(1,2)<|box_end|>')",
  ],
  [
    { action: "double_click", at: [0, 1000] },
    '{"action": "double_click", "coordinate": [0, 1000]}',
    "left_double(start_box='<|box_start|>(0,1000)<|box_end|>')",
  ],
  [
    { action: "right_click", at: [5, 6] },
    '{"action": "right_click", "coordinate": [5, 6]}',
    "right_single(start_box='<|box_start|>(5,6)<|box_end|>')",
  ],
  [
    { action: "hover", at: [5, 6] },
    '{"action": "mouse_move", "coordinate": [5, 6]}',
    "mouse_move(start_box='<|box_start|>(5,6)<|box_end|>')",
  ],
  [
    { action: "drag", at: [1, 2], to: [3, 4] },
    '{"action": "left_click_drag", "start_coordinate": [1, 2], "coordinate": [3, 4]}',
    "drag(start_box='<|box_start|>(1,2)<|box_end|>', end_box='<|box_start|>(3,4)<|box_end|>')",
  ],
  [
    { action: "type", text: 'Don\'t, "you"?' },
    '{"action": "type", "text": "Don\'t, \\"you\\"?"}',
    "type(content='Don\\'t, \"you\"?')",
  ],
  [
    { action: "type", text: "Hi", submit: true },
    '{"action": "type", "text": "Hi", "submit": true}',
    "type(content='Hi\\n')",
  ],
  [
    { action: "type", text: "a\\b\n", submit: false },
    '{"action": "type", "text": "a\\\\b\\n", "submit": false}',
    "type(content='a\\\\b\\n', submit=False)",
  ],
  [
    { action: "type", el: "e3", text: "Hi", clear: true },
    '{"action": "type", "element": "e3", "text": "Hi", "clear": true}',
    "type(content='Hi', element='e3', clear=True)",
  ],
  [{ action: "key", keys: ["Control+c"] }, '{"action": "key", "keys": ["ctrl", "c"]}', "hotkey(key='ctrl c')"],
  [
    { action: "key", keys: ["Control+Shift+ArrowLeft"] },
    '{"action": "key", "keys": ["ctrl", "shift", "left"]}',
    "hotkey(key='ctrl shift left')",
  ],
  [{ action: "key", keys: ["Enter"] }, '{"action": "key", "keys": ["enter"]}', "hotkey(key='enter')"],
  [{ action: "key", keys: ["Tab", "Tab"] }, '{"action": "key", "keys": ["tab", "tab"]}', "hotkey(key='tab tab')"],
  [{ action: "scroll", dy: 500 }, '{"action": "scroll", "pixels": -500}', "scroll(direction='down')"],
  [
    { action: "scroll", at: [5, 6], dy: -120 },
    '{"action": "scroll", "coordinate": [5, 6], "pixels": 120}',
    "scroll(start_box='<|box_start|>(5,6)<|box_end|>', direction='up', pixels=120)",
  ],
  [{ action: "scroll", dx: 500 }, '{"action": "hscroll", "pixels": 500}', "scroll(direction='right')"],
  [
    { action: "select", el: "e4", options: ["Work", "It's"] },
    '{"action": "select", "element": "e4", "options": ["Work", "It\'s"]}',
    "select(element='e4', options=['Work', 'It\\'s'])",
  ],
  [
    { action: "goto", url: "https://a.test/?q=1" },
    '{"action": "goto", "url": "https://a.test/?q=1"}',
    "navigate(content='https://a.test/?q=1')",
  ],
  [{ action: "back" }, '{"action": "back"}', "navigate_back()"],
  [{ action: "forward" }, '{"action": "forward"}', "navigate_forward()"],
  [{ action: "noop" }, '{"action": "noop"}', "noop()"],
  [{ action: "wait", ms: 5000 }, '{"action": "wait", "time": 5}', "wait()"],
  [{ action: "wait", ms: 300 }, '{"action": "wait", "time": 0.3}', "wait(ms=300)"],
  [{ action: "done" }, '{"action": "terminate", "status": "success"}', "finished()"],
  [{ action: "done", text: "42" }, '{"action": "answer", "text": "42"}', "finished(content='42')"],
  [{ action: "infeasible" }, '{"action": "terminate", "status": "failure"}', "call_user()"],
];
