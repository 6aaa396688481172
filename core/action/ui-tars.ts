import type { Action, Place, Target } from "../domain/action.ts";
import { keyName } from "../domain/keys.ts";
import { type Call, readCall } from "./call-reader.ts";
import type { Dialect } from "./dialect.ts";
import { heldFor, pressesOf } from "./key-names.ts";
import { checkAction, maxActionLength, meant } from "./parse.ts";
import { type Fields, quoted, Refusal, shown } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";
import { thoughtEnd } from "./thoughts.ts";

const place = ["start_box", "point", "element"];

/** Arguments by action. `element`, `clear`, `submit`, `pixels`, `ms` and `options` are halo's, so are the last four rows. */
export const uiTarsVerbs: Readonly<Record<string, readonly string[]>> = {
  click: place,
  left_double: place,
  right_single: place,
  middle_click: place,
  mouse_down: place,
  mouse_up: place,
  mouse_move: place,
  drag: ["start_box", "end_box", "start_point", "end_point", "element"],
  hotkey: ["key"],
  press: ["key"],
  release: ["key"],
  type: ["content", "clear", "submit", ...place],
  scroll: ["direction", "pixels", ...place],
  navigate: ["content"],
  navigate_back: [],
  wait: ["ms"],
  finished: ["content"],
  call_user: ["content"],
  navigate_forward: [],
  select: ["options", ...place],
  press_keys: ["keys"],
  noop: [],
};

const pointers: Readonly<Record<string, string>> = {
  click: "click",
  left_double: "double_click",
  right_single: "right_click",
  mouse_move: "hover",
};

/** CSS pixels of a scroll that says no distance, as five notches of a wheel. */
const scrollPx = 500;
/** Length of UI-TARS's `wait()`. */
const waitMs = 5000;

/** UI-TARS's `Thought: … Action: call(…)`; places are in thousandths of the picture as in halo. */
export const uiTars: Dialect = { read, print, describe, toHalo };

/** Free text, then `Action:` and exactly one call. */
function read(text: string): Action | Refusal {
  if (text.length > maxActionLength) {
    return new Refusal("TOO_LONG", `expected at most ${maxActionLength} characters, got ${text.length}`);
  }
  if (text.trim() === "") return new Refusal("EMPTY", `expected "Action:" and one call, got nothing`);
  return readBehind(text.slice(thoughtEnd(text) ?? 0));
}

function readBehind(text: string): Action | Refusal {
  const start = actionMark(text);
  if (start === undefined) return new Refusal("PARSE", `expected "Action:" and one call, got ${quoted(text.trim())}`);
  const steps = new Set<RepairStep>();
  const call = readCall(text, { from: start, steps });
  if (call instanceof Refusal) return call;
  if (steps.size > 0 || text.slice(call.end).trim() !== "") {
    return new Refusal("PARSE", `expected one call and nothing after it, got ${quoted(text.slice(start).trim())}`);
  }
  const args = argumentsOf(call);
  const fields = args instanceof Refusal ? args : toHalo(args);
  return fields instanceof Refusal ? fields : checkAction(fields);
}

/** Where the call after the first `Action:` at the start of a line begins. */
export function actionMark(text: string): number | undefined {
  const match = /(?:^|\n)[ \t]*Action:\s*/.exec(text);
  return match ? match.index + match[0].length : undefined;
}

/** A call as one map; a name that stands twice is refused unless the values are equal. */
export function argumentsOf(call: Call): Fields | Refusal {
  const fields: Record<string, unknown> = { action: call.name };
  for (const [name, value] of call.args) {
    if (Object.hasOwn(fields, name)) return new Refusal("AMBIGUOUS", `argument ${quoted(name)} stands twice`);
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return fields;
}

function toHalo(args: Fields): Fields | Refusal {
  const verb = args.action as string;
  if (!Object.hasOwn(uiTarsVerbs, verb)) {
    return new Refusal("UNKNOWN_VERB", `unknown action ${quoted(verb)}${meant(verb, Object.keys(uiTarsVerbs))}`);
  }
  const names = uiTarsVerbs[verb]!;
  const extra = Object.keys(args).find((name) => name !== "action" && !names.includes(name));
  if (extra !== undefined) {
    return new Refusal("UNKNOWN_FIELD", `${verb} has no argument ${quoted(extra)}${meant(extra, names)}`);
  }
  if (args.start_box !== undefined && args.point !== undefined) {
    return new Refusal("AMBIGUOUS", `"start_box" and "point" say one thing twice`);
  }
  const { action: _, start_box, point, start_point, element, end_box, end_point, ...rest } = args;
  const start = start_box ?? point ?? start_point;
  const target = { ...(element !== undefined && { el: element }), ...(start !== undefined && { at: boxPlace(start) }) };
  if (Object.hasOwn(pointers, verb)) return { action: pointers[verb], ...target };
  switch (verb) {
    case "drag": {
      const to = end_box ?? end_point;
      if (to === undefined) return new Refusal("MISSING_FIELD", `drag needs the argument "end_box"`);
      return { action: "drag", ...target, to: boxPlace(to) };
    }
    case "hotkey":
    case "press": {
      if (rest.key === undefined) return new Refusal("MISSING_FIELD", `${verb} needs the argument "key"`);
      if (typeof rest.key !== "string") return new Refusal("SCHEMA", `"key": expected a text, got ${shown(rest.key)}`);
      const presses = pressesOf(rest.key === " " ? [" "] : rest.key.trim().split(/\s+/), `"key"`);
      return presses instanceof Refusal ? presses : { action: "key", keys: presses };
    }
    case "press_keys":
      return { action: "key", ...(Array.isArray(rest.keys) ? { keys: rest.keys.map(asKey) } : rest) };
    case "type": {
      const { content, ...flags } = rest;
      if (content === undefined) return new Refusal("MISSING_FIELD", `type needs the argument "content"`);
      return { action: "type", ...target, text: content, ...flags };
    }
    case "scroll": {
      const px = rest.pixels ?? scrollPx;
      if (typeof px !== "number") return new Refusal("SCHEMA", `"pixels": expected an integer, got ${shown(px)}`);
      if (rest.direction === undefined) return new Refusal("MISSING_FIELD", `scroll needs the argument "direction"`);
      const by = directions[String(rest.direction)];
      if (by === undefined) {
        return new Refusal("SCHEMA", `"direction": expected up, down, left or right, got ${shown(rest.direction)}`);
      }
      return { action: "scroll", ...target, ...by(px) };
    }
    case "select":
      return { action: "select", ...target, ...rest };
    case "navigate":
      return { action: "goto", ...(rest.content !== undefined && { url: rest.content }) };
    case "navigate_back":
      return { action: "back" };
    case "navigate_forward":
      return { action: "forward" };
    case "wait":
      return { action: "wait", ms: rest.ms ?? waitMs };
    case "finished":
    case "call_user": {
      const said = rest.content === undefined ? {} : { text: rest.content };
      return { action: verb === "finished" ? "done" : "infeasible", ...said };
    }
    case "noop":
      return { action: "noop" };
    default:
      return new Refusal("UNSUPPORTED", `halo has no ${verb}`);
  }
}

const directions: Readonly<Record<string, (px: number) => Fields>> = Object.assign(Object.create(null), {
  up: (px: number) => ({ dy: 0 - px }),
  down: (px: number) => ({ dy: px }),
  left: (px: number) => ({ dx: 0 - px }),
  right: (px: number) => ({ dx: px }),
});

function asKey(key: unknown): unknown {
  return typeof key === "string" ? keyName(key) : key;
}

/** `(x,y)`, `[x, y]`, box tokens, `<point>x y</point>`, `<bbox>…</bbox>`; four numbers are a box and mean its centre. */
function boxPlace(value: unknown): unknown {
  if (typeof value !== "string" || value.length > 200) return value;
  const inside = value.trim()
    .replace(/^<\|box_start\|>(.*)<\|box_end\|>$/, "$1").replace(/^<(point|bbox)>(.*)<\/\1>$/, "$2").trim()
    .replace(/^\((.*)\)$/, "$1").replace(/^\[(.*)\]$/, "$1").trim();
  if (!/^\d{1,5}(?:(?:\s*,\s*|\s+)\d{1,5}){1,3}$/.test(inside)) return value;
  const numbers = inside.split(/[\s,]+/).map(Number);
  if (numbers.length === 3) return value;
  const [x, y, x2 = x, y2 = y] = numbers as [number, number, number?, number?];
  return [Math.floor((x + x2) / 2), Math.floor((y + y2) / 2)];
}

function print(action: Action, { thought }: { readonly thought?: string }): string | undefined {
  const call = callOf(action);
  if (call === undefined) return undefined;
  const [name, args] = call;
  const shownArgs = Object.entries(args).map(([key, value]) => `${key}=${python(value)}`).join(", ");
  // A line of the thought that begins like the action would be read as the action.
  const said = thought === undefined ? "" : `Thought: ${thought.replace(/\n([ \t]*)Action:/g, "\n$1Action -")}\n`;
  return `${said}Action: ${name}(${shownArgs})`;
}

function callOf(action: Action): readonly [name: string, args: Fields] | undefined {
  const target = (t: Target) => ({
    ...(t.el !== undefined && { element: t.el }),
    ...(t.at !== undefined && { start_box: box(t.at) }),
  });
  switch (action.action) {
    case "click":
    case "double_click":
    case "right_click":
    case "hover":
      return [Object.keys(pointers).find((name) => pointers[name] === action.action)!, target(action)];
    case "drag":
      return ["drag", { ...target(action), end_box: box(action.to) }];
    case "type": {
      const { text, clear, submit } = action;
      const flags = { ...target(action), ...(clear && { clear }) };
      if (submit) return ["type", { content: `${text}\n`, ...flags }];
      return ["type", { content: text, ...flags, ...(text.endsWith("\n") && { submit: false }) }];
    }
    case "key": {
      const held = heldFor(action.keys);
      if (held === undefined || held.some((key) => /\s/.test(key))) return ["press_keys", { keys: action.keys }];
      return ["hotkey", { key: held.join(" ") }];
    }
    case "scroll": {
      const { dx = 0, dy = 0 } = action;
      if (dx !== 0 && dy !== 0) return undefined;
      const direction = dx === 0 ? (dy < 0 ? "up" : "down") : dx < 0 ? "left" : "right";
      const pixels = Math.abs(dx === 0 ? dy : dx);
      return ["scroll", { ...target(action), direction, ...(pixels !== scrollPx && { pixels }) }];
    }
    case "select":
      return ["select", { ...target(action), options: action.options }];
    case "goto":
      return ["navigate", { content: action.url }];
    case "back":
      return ["navigate_back", {}];
    case "forward":
      return ["navigate_forward", {}];
    case "wait":
      return ["wait", action.ms === waitMs ? {} : { ms: action.ms }];
    case "noop":
      return ["noop", {}];
    case "done":
      return ["finished", action.text === undefined ? {} : { content: action.text }];
    case "infeasible":
      return ["call_user", action.text === undefined ? {} : { content: action.text }];
  }
}

function box([x, y]: Place): string {
  return `<|box_start|>(${x},${y})<|box_end|>`;
}

/** A value as Python writes it, in single quotes. */
function python(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "string") return String(value);
  const escaped = value.replace(/[\\'\n\r\t]/g, (c) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c] ?? `\\${c}`);
  return `'${escaped}'`;
}

function describe(): string {
  return [
    "## Output format",
    "Thought: what you see and what to do next",
    "Action: exactly one call",
    "",
    "## Actions",
    "Places are (x,y) in thousandths of the picture's width and height. Instead of start_box, element='e12' names a listed element.",
    "click(start_box='<|box_start|>(x,y)<|box_end|>')",
    "left_double(start_box='<|box_start|>(x,y)<|box_end|>')",
    "right_single(start_box='<|box_start|>(x,y)<|box_end|>')",
    "mouse_move(start_box='<|box_start|>(x,y)<|box_end|>')",
    "drag(start_box='<|box_start|>(x,y)<|box_end|>', end_box='<|box_start|>(x,y)<|box_end|>')",
    "hotkey(key='ctrl c') # keys held together",
    "type(content='text') # \\n at the end presses enter; optional: element, start_box, clear=True",
    `scroll(start_box='<|box_start|>(x,y)<|box_end|>', direction='down') # up, down, left or right; pixels=${scrollPx} unless given`,
    "select(element='e12', options=['name'])",
    "navigate(content='https://…')",
    "navigate_back()",
    "navigate_forward()",
    `wait() # ${waitMs} ms unless ms is given`,
    "finished(content='answer') # the task is done",
    "call_user(content='why') # the task cannot be done",
  ].join("\n");
}
