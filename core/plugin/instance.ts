import { type Callee, calleeText } from "../util/callee.ts";
import { HaloError } from "../util/errors.ts";
import type { PluginKind } from "./kinds.ts";

type Test = readonly [expected: string, fits: (value: unknown) => boolean];

const isFunction: Test = ["a function", (v) => typeof v === "function"];
const isFlag: Test = ["true or false", (v) => typeof v === "boolean"];
const isList: Test = ["a list", (v) => Array.isArray(v)];
const isObject: Test = ["an object", (v) => typeof v === "object" && v !== null];
const isCount: Test = ["a whole number of at least 1", (v) => Number.isSafeInteger(v) && Number(v) >= 1];
const oneOf = (...names: readonly string[]): Test => [names.join(" or "), (v) => names.includes(v as string)];

/** What core relies on before it calls anything. */
const shapes: Readonly<Record<PluginKind, Readonly<Record<string, Test>>>> = {
  algorithm: {
    loss: isObject,
    emits: isList,
    forks: isFlag,
    temperature: ["a number above 0", (v) => typeof v === "number" && v > 0],
    numGenerations: isCount,
    explore: isFunction,
    credit: isFunction,
  },
  critic: { rank: isFunction, close: isFunction },
  curriculum: { next: isFunction },
  environment: {
    forking: oneOf("native", "replay", "none"),
    sideEffects: oneOf("none", "server"),
    capacity: isCount,
    open: isFunction,
    close: isFunction,
  },
  policy: { need: isObject, can: isObject, sample: isFunction, close: isFunction },
  reward: { need: isObject, start: isFunction },
  site: {},
  tasks: { splits: isList, list: isFunction, draw: isFunction },
  tracker: { start: isFunction, track: isFunction },
  trainer: {
    accepts: oneOf("tokens", "choice", "none"),
    losses: isList,
    update: isFunction,
    checkpoint: isFunction,
    restore: isFunction,
    publish: isFunction,
    close: isFunction,
  },
};

/** Throws HALO_PLUGIN_INSTANCE for what a `create` returned that is not of its plugin's kind. */
export function checkInstance(kind: PluginKind, instance: unknown, callee: Callee): void {
  const fail = (what: string, expected: string, got: unknown) => {
    throw new HaloError(
      "HALO_PLUGIN_INSTANCE",
      `create() of ${calleeText(callee)} returned ${what}: expected ${expected}, got ${shown(got)}`,
      { hint: "this is a defect of the plugin; docs/plugins.md has what each kind promises" },
    );
  };
  if (typeof instance !== "object" || instance === null) return fail("no instance", "an object", instance);
  for (const [name, [expected, fits]] of Object.entries(shapes[kind])) {
    const value = (instance as Record<string, unknown>)[name];
    if (!fits(value)) fail(`a wrong \`${name}\``, expected, value);
  }
}

function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
