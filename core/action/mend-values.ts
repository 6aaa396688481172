import { mendPresses } from "./key-names.ts";
import { narrowed } from "./narrow.ts";
import { maxWaitMs, verbs } from "./schema.ts";
import { type Fields, isObject, Refusal, shown } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";

/** Width and height of the picture a policy was shown, in its pixels. */
export interface Screen {
  readonly width: number;
  readonly height: number;
}

interface Mending {
  readonly steps: Set<RepairStep>;
  readonly screen: Screen | undefined;
}

/** Values of halo's fields in the types the schema asks for, where only one value can be meant. */
export function mendValues(fields: Fields, o: Mending): Fields | Refusal {
  const { steps } = o;
  const out: Record<string, unknown> = { ...fields };
  if (typeof fields.action !== "string" || !Object.hasOwn(verbs, fields.action)) return out;
  const { fields: known } = verbs[fields.action as keyof typeof verbs];
  if (Object.hasOwn(known, "at") && !Object.hasOwn(out, "at") && Object.hasOwn(out, "x") && Object.hasOwn(out, "y")) {
    out.at = [out.x, out.y];
    delete out.x;
    delete out.y;
    steps.add("point");
  }
  for (const [name, value] of Object.entries(out)) {
    const schema = Object.hasOwn(known, name) ? known[name]! : undefined;
    if (schema === undefined || name === "at" || name === "to") continue;
    if (name === "el") out.el = mendElement(value, steps);
    else if (schema.type === "array") out[name] = mendList(value, steps);
    else if (schema.type === "integer") out[name] = mendInteger(value, steps);
    else if (schema.type === "boolean") out[name] = mendBoolean(value, steps);
    else if (typeof value === "number" && Number.isFinite(value)) {
      out[name] = String(value);
      steps.add("number");
    }
  }
  if (Array.isArray(out.keys) && out.keys.every((key) => typeof key === "string")) {
    const presses = mendPresses(out.keys);
    if (presses instanceof Refusal) return presses;
    if (presses) steps.add("key");
    out.keys = presses ?? out.keys;
  }
  if (out.action === "wait" && typeof out.ms === "number" && out.ms > maxWaitMs) {
    out.ms = maxWaitMs;
    steps.add("limits");
  }
  return mendPlaces(out, o);
}

function mendElement(value: unknown, steps: Set<RepairStep>): unknown {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) {
    steps.add("element");
    return `e${value}`;
  }
  if (typeof value !== "string" || value.length > 24) return value;
  const id = /^[\s#[(]*((?:f\d+)?e)?(\d+)[\s\])]*$/i.exec(value);
  if (!id) return value;
  const own = `${(id[1] ?? "e").toLowerCase()}${id[2]}`;
  if (own !== value) steps.add("element");
  return own;
}

function mendList(value: unknown, steps: Set<RepairStep>): unknown {
  const items = Array.isArray(value) ? value : [value];
  if (!Array.isArray(value)) {
    if (typeof value !== "string" && typeof value !== "number") return value;
    steps.add("item");
  }
  return items.map((item) => {
    if (typeof item !== "number" || !Number.isFinite(item)) return item;
    steps.add("number");
    return String(item);
  });
}

function mendInteger(value: unknown, steps: Set<RepairStep>): unknown {
  const number = numberOf(value);
  if (number === undefined) return value;
  const whole = Math.round(number);
  if (whole !== value) steps.add("number");
  // Rounding -0.4 gives a negative zero, which JSON does not have.
  return whole === 0 ? 0 : whole;
}

function mendBoolean(value: unknown, steps: Set<RepairStep>): unknown {
  const word = typeof value === "string" && value.length < 8 ? value.trim().toLowerCase() : "";
  if (word !== "true" && word !== "false") return value;
  steps.add("number");
  return word === "true";
}

/** A number, or one written as a text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.length > 20) return undefined;
  const own = narrowed(value);
  return /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(own) ? Number(own) : undefined;
}

/** All places of one action are in one unit, so they are mended together. */
function mendPlaces(fields: Record<string, unknown>, { steps, screen }: Mending): Fields | Refusal {
  const places: [string, readonly number[]][] = [];
  for (const name of ["at", "to"]) {
    if (!Object.hasOwn(fields, name)) continue;
    const place = placeOf(fields[name]);
    if (place === undefined) return fields;
    if (place instanceof Refusal) return place;
    if (!isPlain(fields[name])) steps.add("point");
    places.push([name, place]);
  }
  const all = places.flatMap(([, place]) => place);
  if (all.every(Number.isInteger)) {
    if (all.every((n) => n <= 1000) || screen === undefined) return { ...fields, ...Object.fromEntries(places) };
    const isInside = places.every(([, [x, y]]) => x! >= 0 && y! >= 0 && x! <= screen.width && y! <= screen.height);
    if (!isInside) return { ...fields, ...Object.fromEntries(places) };
    steps.add("pixels");
    const scaled = places.map(([name, [x, y]]) => [
      name,
      [Math.round((x! / screen.width) * 1000), Math.round((y! / screen.height) * 1000)],
    ]);
    return { ...fields, ...Object.fromEntries(scaled) };
  }
  steps.add("point");
  const isFraction = all.every((n) => n >= 0 && n <= 1);
  if (!isFraction && all.some((n) => n > 0 && n < 1)) {
    return new Refusal("AMBIGUOUS", `a place of ${all.join(", ")} is neither thousandths nor fractions`);
  }
  const whole = places.map(([name, place]) => [name, place.map((n) => Math.round(isFraction ? n * 1000 : n))]);
  return mendPlaces({ ...fields, ...Object.fromEntries(whole) }, { steps, screen });
}

function isPlain(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((n) => typeof n === "number");
}

/** A place in any form that has one reading: [x, y], "x, y", {x, y}, box tokens; four numbers are a box and mean its centre. */
function placeOf(value: unknown): readonly number[] | Refusal | undefined {
  if (typeof value === "string") {
    if (value.length > 200) return undefined;
    const bare = narrowed(value).replace(/<\|?\/?(?:box_start|box_end|point|bbox)\|?>/g, " ").replace(/[()[\]]/g, " ")
      .trim();
    const isList = /^-?\d+(?:\.\d+)?(?:(?:\s*[,;]\s*|\s+)-?\d+(?:\.\d+)?){1,3}$/.test(bare);
    return isList ? placeOf(bare.split(/[\s,;]+/).map(Number)) : undefined;
  }
  if (isObject(value)) {
    const isPair = Object.keys(value).length === 2 && Object.hasOwn(value, "x") && Object.hasOwn(value, "y");
    return isPair ? placeOf([value.x, value.y]) : undefined;
  }
  if (!Array.isArray(value) || value.length > 4) return undefined;
  if (value.length === 1) {
    return Array.isArray(value[0]) || typeof value[0] === "string" ? placeOf(flat(value[0])) : undefined;
  }
  if (value.length === 2 && value.every(Array.isArray)) {
    return placeOf(value.flat().length === 4 ? value.flat() : undefined);
  }
  const numbers = value.map(numberOf);
  if (numbers.some((n) => n === undefined)) return undefined;
  const [x1, y1, x2, y2] = numbers as number[];
  if (numbers.length === 2) return [x1!, y1!];
  if (numbers.length === 3) return undefined;
  if (x2! < x1! || y2! < y1!) {
    return new Refusal("AMBIGUOUS", `expected a place, got four numbers that are no box: ${shown(value.join(", "))}`);
  }
  // Whole numbers stay whole, so that a small box is not taken for fractions.
  const middle = numbers.every(Number.isInteger)
    ? (a: number, b: number) => Math.floor((a + b) / 2)
    : (a: number, b: number) => (a + b) / 2;
  return [middle(x1!, x2!), middle(y1!, y2!)];
}

/** One level off a nested list; deeper nesting is no place. */
function flat(value: unknown): unknown {
  return Array.isArray(value) && value.some(Array.isArray) ? undefined : value;
}
