import { qwenVerbs } from "./qwen.ts";
import { type Fields, isObject } from "./refusal.ts";
import { verbs } from "./schema.ts";
import type { RepairStep } from "./steps.ts";
import { uiTarsVerbs } from "./ui-tars.ts";

/** Whose names a map of fields is written in. */
export type Form = "halo" | "qwen" | "ui-tars";

interface Names {
  /** Fields by verb. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** A verb by the other names models give it. A name is left out when it may mean two things (`fill`, `select_text`, `stop`). */
  readonly verbs: Readonly<Record<string, string>>;
}

const pointing = {
  el: "element element_id elementid el_id elid id ref bid node selector",
  at: "coordinate coordinates coord coords position pos point location xy start_box start_point",
};
const speaking = "content answer message result reason value";

/** Other names of fields, lower case; a name counts only where the verb has the field and not that name itself. */
const fieldAliases: Readonly<Record<Form, Readonly<Record<string, string>>>> = {
  halo: {
    ...pointing,
    to: "end end_coordinate destination target_coordinate end_box end_point to_coordinate",
    text: `input_text input ${speaking}`,
    keys: "key hotkey text",
    options: "option value values",
    url: "link href address",
    dx: "delta_x deltax",
    dy: "delta_y deltay",
    ms: "milliseconds duration_ms time_ms",
    clear: "overwrite clear_first",
    submit: "enter press_enter",
  },
  qwen: {
    element: `el ${pointing.el}`,
    coordinate: `at ${pointing.at}`,
    start_coordinate: "start start_box start_point from",
    keys: "key hotkey text",
    text: `input_text input ${speaking}`,
    pixels: "pixel",
    time: "seconds",
    url: "link href address",
    options: "option value values",
    status: "state",
  },
  "ui-tars": {
    element: `el ${pointing.el}`,
    start_box: `at ${pointing.at} box`,
    end_box: "to end end_coordinate",
    key: "keys hotkey text",
    content: "text url input_text value answer message",
    direction: "dir",
  },
};

export const names: Readonly<Record<Form, Names>> = {
  halo: {
    fields: Object.fromEntries(Object.entries(verbs).map(([verb, schema]) => [verb, Object.keys(schema.fields)])),
    verbs: aliases({
      click: "left_click tap",
      double_click: "doubleclick dblclick left_double",
      right_click: "rightclick right_single context_click",
      hover: "mouse_move move_mouse mouse_over",
      drag: "drag_and_drop left_click_drag",
      type: "input input_text type_text enter_text write",
      key: "press press_key key_press keypress hotkey send_keys",
      select: "select_option choose",
      goto: "go_to navigate navigate_to open_url visit",
      back: "go_back navigate_back",
      forward: "go_forward navigate_forward",
      wait: "sleep pause",
      noop: "no_op nothing",
      done: "finish finished complete",
      infeasible: "impossible give_up report_infeasible call_user",
    }),
  },
  qwen: {
    fields: qwenVerbs,
    verbs: aliases({
      left_click: "click tap",
      mouse_move: "hover move_mouse mouse_over",
      left_click_drag: "drag drag_and_drop",
      right_click: "rightclick right_single",
      double_click: "doubleclick dblclick left_double",
      type: "input input_text type_text enter_text write",
      key: "press press_key key_press keypress hotkey send_keys",
      wait: "sleep pause",
      select: "select_option choose",
      goto: "go_to navigate navigate_to open_url visit",
      back: "go_back navigate_back",
      forward: "go_forward navigate_forward",
    }),
  },
  "ui-tars": {
    fields: uiTarsVerbs,
    verbs: aliases({
      click: "left_click tap left_single",
      left_double: "double_click doubleclick dblclick",
      right_single: "right_click rightclick",
      mouse_move: "hover move_mouse",
      type: "input input_text type_text enter_text write",
      hotkey: "key press_key keypress",
      navigate: "goto go_to navigate_to open_url visit",
      navigate_back: "back go_back",
      navigate_forward: "forward go_forward",
      finished: "finish done complete",
      call_user: "infeasible",
    }),
  },
};

/** Names under which the verb itself may stand. */
const verbKeys = ["action_type", "actiontype", "action_name", "verb", "type", "command", "operation", "name"];
/** Fields that explain and do nothing. */
const silent = new Set(
  "thought thoughts thinking think reasoning reason explanation rationale comment observation reflection summary plan analysis confidence"
    .split(" "),
);

/** The verb's field of a map, by its own name or another. */
export function verbKey(fields: Fields): string | undefined {
  if (Object.hasOwn(fields, "action")) return "action";
  const keys = Object.keys(fields);
  const named = keys.filter((key) => key.toLowerCase() === "action" || verbKeys.includes(snake(key)));
  return named.find((key) => key.toLowerCase() === "action") ?? (named.length === 1 ? named[0] : undefined);
}

/** The verb in `form`, by its own name or another; undefined when the form has none of that name. */
export function verbIn(form: Form, word: unknown): string | undefined {
  if (typeof word !== "string" || word.length > 40) return undefined;
  const name = snake(word.trim());
  if (Object.hasOwn(names[form].fields, name)) return name;
  return Object.hasOwn(names[form].verbs, name) ? names[form].verbs[name] : undefined;
}

/** Fields under the names of `form`; what it has no name for stays. A name given twice with two values is a clash. */
export function renamed(
  fields: Fields,
  { form, steps }: { readonly form: Form; readonly steps: Set<RepairStep> },
): Fields | { readonly clash: string } {
  const key = verbKey(fields);
  if (key === undefined) return fields;
  const verb = verbIn(form, fields[key]) ?? fields[key];
  if (key !== "action") steps.add("field");
  if (verb !== fields[key]) steps.add("verb");
  const known = typeof verb === "string" && Object.hasOwn(names[form].fields, verb) ? names[form].fields[verb]! : [];
  const out = new Map<string, unknown>([["action", verb]]);
  for (const [name, value] of Object.entries(fields)) {
    if (name === key) continue;
    const own = ownName(name, { known, form });
    if (value === null || (!known.includes(own) && silent.has(own))) {
      steps.add("extra");
      continue;
    }
    if (own !== name) steps.add("field");
    if (out.has(own)) {
      if (JSON.stringify(out.get(own)) !== JSON.stringify(value)) return { clash: own };
      steps.add("repeat");
    }
    out.set(own, value);
  }
  return Object.fromEntries(out);
}

function ownName(name: string, { known, form }: { readonly known: readonly string[]; readonly form: Form }): string {
  if (known.includes(name)) return name;
  const lower = snake(name);
  if (known.includes(lower)) return lower;
  const table = fieldAliases[form];
  const own = known.filter((field) => Object.hasOwn(table, field) && table[field]!.split(" ").includes(lower));
  return own.length === 1 ? own[0]! : silent.has(lower) ? lower : name;
}

const qwenOnly = new Set([
  "left_click",
  "mouse_move",
  "left_click_drag",
  "middle_click",
  "triple_click",
  "hscroll",
  "terminate",
  "answer",
]);
const haloOnly = new Set(["click", "hover", "drag", "done", "infeasible"]);

/** Whether a map shows names that only this form has. */
export function shows(form: "halo" | "qwen", fields: Fields): boolean {
  const verb = fields[verbKey(fields) ?? ""];
  const has = (...keys: readonly string[]) => keys.some((key) => Object.hasOwn(fields, key));
  if (form === "halo") return haloOnly.has(verb as string) || has("at", "el", "dx", "dy", "ms", "to");
  return qwenOnly.has(verb as string) || has("coordinate", "pixels", "status") || (verb === "wait" && has("time"));
}

/** True for a map that names a verb, or wraps one that does. */
export function isActionLike(value: unknown): boolean {
  if (!isObject(value)) return false;
  return verbKey(value) !== undefined || isObject(value.function) || wrapped(value) !== undefined ||
    onlyCall(value) !== undefined || (typeof value.name === "string" && argumentsKey(value) !== undefined);
}

/** The field of a tool call that holds its arguments. */
export function argumentsKey(value: Fields): string | undefined {
  return ["arguments", "parameters", "args", "input"].find((key) => Object.hasOwn(value, key));
}

/** The one call inside a chat message or a list of actions, as OpenAI's routes and several agents write it. */
export function onlyCall(value: Fields): Fields | undefined {
  if (isObject(value.function_call)) return value.function_call;
  const list = value.tool_calls ?? value.actions;
  return Array.isArray(list) && list.length === 1 && isObject(list[0]) ? list[0] : undefined;
}

/** `{"click": {…}}`: the one field is a verb of any form, its value the fields. */
export function wrapped(value: Fields): Fields | undefined {
  const [only, ...more] = Object.entries(value);
  if (!only || more.length > 0 || !isObject(only[1])) return undefined;
  const isVerb = verbIn("halo", only[0]) !== undefined || verbIn("qwen", only[0]) !== undefined;
  return isVerb ? { action: only[0], ...only[1] } : undefined;
}

/** `LeftClick`, `left-click` and `left click` as `left_click`. */
function snake(name: string): string {
  const parted = name.length > 40 ? name : name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return parted.replace(/[\s-]+/g, "_").toLowerCase();
}

function aliases(table: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([own, others]) => others.split(" ").map((name) => [name, own])),
  );
}
