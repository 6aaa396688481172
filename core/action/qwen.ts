import type { Action, Target } from "../domain/action.ts";
import type { Dialect } from "./dialect.ts";
import { heldFor, pressesOf } from "./key-names.ts";
import { checkAction, explicit, maxActionLength, meant, readObject } from "./parse.ts";
import { type Fields, isObject, quoted, Refusal, shown } from "./refusal.ts";
import { thoughtEnd } from "./thoughts.ts";

const target = ["coordinate", "element"];

/** Arguments by action. All but `element`, `options`, `clear`, `submit`, `url` and the last row are Qwen's own. */
export const qwenVerbs: Readonly<Record<string, readonly string[]>> = {
  key: ["keys"],
  type: ["text", "clear", "submit", ...target],
  mouse_move: target,
  left_click: target,
  left_click_drag: ["coordinate", "start_coordinate", "element"],
  right_click: target,
  middle_click: target,
  double_click: target,
  triple_click: target,
  scroll: ["pixels", ...target],
  hscroll: ["pixels", ...target],
  wait: ["time"],
  terminate: ["status", "text"],
  answer: ["text"],
  select: ["options", ...target],
  goto: ["url"],
  back: [],
  forward: [],
  noop: [],
};

const pointers: Readonly<Record<string, string>> = {
  mouse_move: "hover",
  left_click: "click",
  right_click: "right_click",
  double_click: "double_click",
};

/** Qwen3-VL's `computer_use` tool call; places are in thousandths of the picture as in halo. */
export const qwen: Dialect = { read, print, describe, toHalo };

/** Free text, then exactly one tool call. */
function read(text: string): Action | Refusal {
  const call = readCall(text);
  const fields = call instanceof Refusal ? call : toHalo(call);
  return fields instanceof Refusal ? fields : checkAction(fields);
}

function readCall(text: string): Fields | Refusal {
  if (text.length > maxActionLength) {
    return new Refusal("TOO_LONG", `expected at most ${maxActionLength} characters, got ${text.length}`);
  }
  if (text.trim() === "") return new Refusal("EMPTY", "expected one tool call, got nothing");
  return callIn(text.slice(thoughtEnd(text) ?? 0));
}

function callIn(text: string): Fields | Refusal {
  const start = text.indexOf("<tool_call>");
  const end = text.indexOf("</tool_call>", start);
  const isOne = start >= 0 && end >= 0 && text.indexOf("<tool_call>", start + 1) < 0 &&
    text.slice(end + 12).trim() === "";
  if (!isOne) {
    return new Refusal("PARSE", `expected one <tool_call>…</tool_call> at the end, got ${quoted(text.trim())}`);
  }
  const call = readObject(text.slice(start + 11, end));
  if (call instanceof Refusal) return call;
  if (call.name !== "computer_use") {
    return new Refusal("UNKNOWN_VERB", `expected the tool "computer_use", got ${shown(call.name)}`);
  }
  const extra = Object.keys(call).find((key) => key !== "name" && key !== "arguments");
  if (extra !== undefined) return new Refusal("UNKNOWN_FIELD", `a tool call has no field ${quoted(extra)}`);
  if (call.arguments === undefined) return new Refusal("MISSING_FIELD", `field "arguments" is missing`);
  return isObject(call.arguments)
    ? call.arguments
    : new Refusal("SCHEMA", `"arguments": expected an object, got ${shown(call.arguments)}`);
}

function toHalo(args: Fields): Fields | Refusal {
  const verb = args.action;
  if (verb === undefined) return new Refusal("MISSING_FIELD", `field "action" is missing`);
  if (typeof verb !== "string") return new Refusal("SCHEMA", `"action": expected a text, got ${shown(verb)}`);
  if (!Object.hasOwn(qwenVerbs, verb)) {
    return new Refusal("UNKNOWN_VERB", `unknown action ${quoted(verb)}${meant(verb, Object.keys(qwenVerbs))}`);
  }
  const names = qwenVerbs[verb]!;
  const extra = Object.keys(args).find((name) => name !== "action" && !names.includes(name));
  if (extra !== undefined) {
    return new Refusal("UNKNOWN_FIELD", `${verb} has no field ${quoted(extra)}${meant(extra, names)}`);
  }
  const { action: _, coordinate, element, ...rest } = args;
  const place = { ...(element !== undefined && { el: element }), ...(coordinate !== undefined && { at: coordinate }) };
  if (Object.hasOwn(pointers, verb)) return { action: pointers[verb], ...place };
  switch (verb) {
    case "middle_click":
    case "triple_click":
      return new Refusal("UNSUPPORTED", `halo has no ${verb}`);
    case "left_click_drag": {
      if (coordinate === undefined) return new Refusal("MISSING_FIELD", `${verb} needs the field "coordinate"`);
      if (element === undefined && rest.start_coordinate === undefined) {
        return new Refusal("MISSING_FIELD", `${verb} needs the field "start_coordinate" or "element"`);
      }
      const { at: __, ...from } = place;
      const start = rest.start_coordinate === undefined ? {} : { at: rest.start_coordinate };
      return { action: "drag", ...from, ...start, to: coordinate };
    }
    case "scroll":
    case "hscroll": {
      if (rest.pixels === undefined) return new Refusal("MISSING_FIELD", `${verb} needs the field "pixels"`);
      if (typeof rest.pixels !== "number") {
        return new Refusal("SCHEMA", `"pixels": expected an integer, got ${shown(rest.pixels)}`);
      }
      // Positive is up in Qwen's scroll, down in halo's; 0 - x has no negative zero.
      return { action: "scroll", ...place, ...(verb === "scroll" ? { dy: 0 - rest.pixels } : { dx: rest.pixels }) };
    }
    case "key": {
      const { keys } = rest;
      if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string")) return { action: "key", ...rest };
      const presses = pressesOf(keys, `"keys"`);
      return presses instanceof Refusal ? presses : { action: "key", keys: presses };
    }
    case "wait": {
      if (rest.time === undefined) return new Refusal("MISSING_FIELD", `wait needs the field "time"`);
      if (typeof rest.time !== "number") {
        return new Refusal("SCHEMA", `"time": expected a number, got ${shown(rest.time)}`);
      }
      return { action: "wait", ms: Math.round(rest.time * 1000) };
    }
    case "terminate": {
      if (rest.status === undefined) return new Refusal("MISSING_FIELD", `terminate needs the field "status"`);
      if (rest.status !== "success" && rest.status !== "failure") {
        return new Refusal("SCHEMA", `"status": expected "success" or "failure", got ${shown(rest.status)}`);
      }
      const { status, ...said } = rest;
      return { action: status === "success" ? "done" : "infeasible", ...said };
    }
    case "answer":
      if (rest.text === undefined) return new Refusal("MISSING_FIELD", `answer needs the field "text"`);
      return { action: "done", ...rest };
    default:
      return { action: verb, ...place, ...rest };
  }
}

function print(action: Action, { thought }: { readonly thought?: string }): string | undefined {
  const args = argumentsOf(explicit(action));
  if (args === undefined) return undefined;
  // As Python prints JSON, which is what the model was trained on; newlines of the layout never stand inside a string.
  const json = JSON.stringify({ name: "computer_use", arguments: args }, null, 1)
    .replace(/,\n */g, ", ").replace(/\n */g, "");
  const said = thought === undefined ? "" : `Thought: ${thought.replaceAll("<tool_call>", "")}\n`;
  return `${said}<tool_call>\n${
    json.replaceAll("<tool_call>", "\\u003ctool_call>").replaceAll("</tool_call>", "\\u003c/tool_call>")
  }\n</tool_call>`;
}

/** An action in Qwen's names; undefined when they cannot say it. */
export function argumentsOf(action: Action): Fields | undefined {
  const place = (t: Target) => ({
    ...(t.el !== undefined && { element: t.el }),
    ...(t.at !== undefined && { coordinate: t.at }),
  });
  switch (action.action) {
    case "click":
    case "hover":
    case "right_click":
    case "double_click":
      return { action: Object.keys(pointers).find((name) => pointers[name] === action.action), ...place(action) };
    case "drag": {
      const { el, at, to } = action;
      const from = { ...(el !== undefined && { element: el }), ...(at !== undefined && { start_coordinate: at }) };
      return { action: "left_click_drag", ...from, coordinate: to };
    }
    case "scroll": {
      const { dx = 0, dy = 0 } = action;
      if (dx !== 0 && dy !== 0) return undefined;
      return dx === 0
        ? { action: "scroll", ...place(action), pixels: 0 - dy }
        : { action: "hscroll", ...place(action), pixels: dx };
    }
    case "key": {
      const keys = heldFor(action.keys);
      return keys && { action: "key", keys };
    }
    case "type":
    case "select": {
      const { action: verb, el, at, ...rest } = action;
      return { action: verb, ...place({ ...(el !== undefined && { el }), ...(at && { at }) }), ...rest };
    }
    case "wait":
      return { action: "wait", time: action.ms / 1000 };
    case "done":
      return action.text === undefined
        ? { action: "terminate", status: "success" }
        : { action: "answer", text: action.text };
    case "infeasible":
      return { action: "terminate", status: "failure", ...(action.text !== undefined && { text: action.text }) };
    case "goto":
    case "back":
    case "forward":
    case "noop":
      return { ...action };
  }
}

/** The tool as chat requests list it; without `elements` nothing can be named by an id. */
export function computerUseTool({ elements = true }: { readonly elements?: boolean } = {}) {
  return {
    type: "function",
    function: {
      name: "computer_use",
      description: "Act on the web page that is shown. Places are [x, y] in thousandths of its width and height.",
      parameters: { type: "object", required: ["action"], properties: elements ? { ...fields, element } : fields },
    },
  };
}

const element = {
  type: "string",
  description: "Where, as the id of a listed element such as e12; wins over coordinate.",
};
const fields = {
  action: {
    type: "string",
    enum: Object.keys(qwenVerbs).filter((verb) => verb !== "middle_click" && verb !== "triple_click"),
    description: "What to do.",
  },
  coordinate: { type: "array", description: "Where: [x, y], each 0 to 1000; for left_click_drag where it ends." },
  start_coordinate: { type: "array", description: "Where left_click_drag starts." },
  keys: { type: "array", description: "Keys held together, for key." },
  text: { type: "string", description: "What to type, or the answer." },
  clear: { type: "boolean", description: "Empty the field before typing." },
  submit: { type: "boolean", description: "Press enter after typing." },
  pixels: { type: "number", description: "How far: positive is up for scroll, right for hscroll." },
  time: { type: "number", description: "Seconds to wait, at most 5." },
  options: { type: "array", description: "Options to choose, for select." },
  url: { type: "string", description: "Where goto goes." },
  status: { type: "string", enum: ["success", "failure"], description: "How the task ended, for terminate." },
};

function describe(o: { readonly elements?: boolean } = {}): string {
  return [
    "# Tools",
    "You have one tool. Its signature stands between the tags:",
    `<tools>\n${JSON.stringify(computerUseTool(o))}\n</tools>`,
    "End every answer with exactly one call:",
    '<tool_call>\n{"name": "computer_use", "arguments": {"action": "left_click", "coordinate": [500, 300]}}\n</tool_call>',
  ].join("\n");
}
