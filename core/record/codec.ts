import { Buffer } from "node:buffer";
import type { Json } from "../domain/json.ts";

/** An encoded value: prompts stand once in a table, the body refers to them by position. */
export interface Encoded {
  readonly prompts: readonly Json[];
  readonly body: Json;
}

/**
 * Turns groups, batches and whatever holds them into JSON without loss. Typed arrays become little-endian base64; every
 * object under a `prompt` key is stored once however often it is shared; NaN, Infinity and -0 survive; keys that start with
 * "$" are escaped. Throws on what is not data (functions, class instances, undefined in an array).
 */
export function encode(value: unknown): Encoded {
  const positions = new Map<object, number>();
  const prompts: Json[] = [];
  const walk = (v: unknown, at: string): Json => {
    if (v === null || typeof v === "boolean" || typeof v === "string") return v;
    if (typeof v === "number") {
      return Number.isFinite(v) && !Object.is(v, -0) ? v : { $number: Object.is(v, -0) ? "-0" : String(v) };
    }
    if (Array.isArray(v)) return v.map((item, i) => walk(item, `${at}[${i}]`));
    if (ArrayBuffer.isView(v)) return arrayToJson(v, at);
    if (!isPlain(v)) throw new TypeError(`encode: ${at || "the value"} is ${kindOf(v)}, expected plain data`);
    const out: [string, Json][] = [];
    for (const [key, item] of Object.entries(v)) {
      if (item === undefined) continue;
      const isPrompt = key === "prompt" && isPlain(item);
      out.push([
        key.startsWith("$") ? `$${key}` : key,
        isPrompt ? shared(item, `${at}.prompt`) : walk(item, `${at}.${key}`),
      ]);
    }
    return Object.fromEntries(out);
  };
  const shared = (prompt: object, at: string): Json => {
    let position = positions.get(prompt);
    if (position === undefined) {
      const json = walk(prompt, at);
      position = prompts.push(json) - 1;
      positions.set(prompt, position);
    }
    return { $prompt: position };
  };
  const body = walk(value, "");
  return { prompts, body };
}

/**
 * The value `encode` was given; shared prompts come back shared. It is made in place: what `encoded` holds is part of it
 * afterwards, and not to be used again.
 */
export function decode<T>({ prompts, body }: Encoded): T {
  return decoder(prompts)(body) as T;
}

/** `decode` for a body that is read piece by piece: decodes parts of it, in place, that share their prompts. */
export function decoder(encoded: Encoded["prompts"]): (part: Json) => unknown {
  const prompts: unknown[] = [];
  const walk = (v: Json): unknown => typeof v !== "object" || v === null ? v : isArray(v) ? walkList(v) : walkObject(v);
  const walkList = (list: readonly Json[]): readonly unknown[] => {
    for (let i = 0; i < list.length; i++) {
      const item = walk(list[i]!);
      if (item !== list[i]) (list as unknown[])[i] = item;
    }
    return list;
  };
  // A slot has hundreds of thousands of objects; in most of them nothing was encoded.
  const walkObject = (object: JsonObject): unknown => {
    for (const key in object) if (key.charCodeAt(0) === dollar) return walkEncoded(object);
    for (const key in object) {
      const item = object[key]!;
      if (typeof item !== "object" || item === null) continue;
      const decoded = walk(item);
      if (decoded !== item) (object as Record<string, unknown>)[key] = decoded;
    }
    return object;
  };
  const walkEncoded = (object: JsonObject): unknown => {
    const entries = Object.entries(object);
    if (entries.length === 1) {
      const [tag, content] = entries[0]!;
      if (tag === "$prompt") return prompts[content as number];
      if (tag === "$number") return Number(content);
      const array = arrays.find((a) => a.tag === tag);
      if (array) return arrayFromBase64(array, content as string);
    }
    return Object.fromEntries(entries.map(([key, item]) => [key.startsWith("$") ? key.slice(1) : key, walk(item)]));
  };
  // A prompt can only refer to prompts before it.
  for (const prompt of encoded) prompts.push(walk(prompt));
  return walk;
}

type JsonObject = { readonly [key: string]: Json };

/** What a key begins with that stands for something encoded. */
const dollar = "$".charCodeAt(0);

type TypedArray = Int32Array | Float32Array | Float64Array | Uint8Array;

interface ArrayCodec {
  readonly tag: string;
  readonly make: (n: number) => TypedArray;
  /** The bytes as they lie, in the machine's order. */
  readonly over: (bytes: ArrayBuffer) => TypedArray;
  readonly is: (v: unknown) => boolean;
  readonly set: (view: DataView, at: number, value: number) => void;
  readonly get: (view: DataView, at: number) => number;
}

const arrays: readonly ArrayCodec[] = [
  {
    tag: "$i32",
    make: (n) => new Int32Array(n),
    over: (bytes) => new Int32Array(bytes),
    is: (v) => v instanceof Int32Array,
    set: (view, at, value) => view.setInt32(at, value, true),
    get: (view, at) => view.getInt32(at, true),
  },
  {
    tag: "$f32",
    make: (n) => new Float32Array(n),
    over: (bytes) => new Float32Array(bytes),
    is: (v) => v instanceof Float32Array,
    set: (view, at, value) => view.setFloat32(at, value, true),
    get: (view, at) => view.getFloat32(at, true),
  },
  {
    tag: "$f64",
    make: (n) => new Float64Array(n),
    over: (bytes) => new Float64Array(bytes),
    is: (v) => v instanceof Float64Array,
    set: (view, at, value) => view.setFloat64(at, value, true),
    get: (view, at) => view.getFloat64(at, true),
  },
  {
    tag: "$u8",
    make: (n) => new Uint8Array(n),
    over: (bytes) => new Uint8Array(bytes),
    is: (v) => v instanceof Uint8Array,
    set: (view, at, value) => view.setUint8(at, value),
    get: (view, at) => view.getUint8(at),
  },
];

/** On such machines, nearly all, an array's bytes are as they are stored: no value is touched. */
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function arrayToJson(value: ArrayBufferView, at: string): Json {
  const codec = arrays.find((a) => a.is(value));
  if (!codec) {
    throw new TypeError(
      `encode: ${at} is ${kindOf(value)}, expected an Int32Array, Float32Array, Float64Array or Uint8Array`,
    );
  }
  const array = value as TypedArray;
  if (isLittleEndian) {
    return { [codec.tag]: Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64") };
  }
  const view = new DataView(new ArrayBuffer(array.byteLength));
  for (let i = 0; i < array.length; i++) codec.set(view, i * array.BYTES_PER_ELEMENT, array[i]!);
  return { [codec.tag]: Buffer.from(view.buffer).toString("base64") };
}

function arrayFromBase64(codec: ArrayCodec, text: string): TypedArray {
  const bytes = Buffer.from(text, "base64");
  if (isLittleEndian) return codec.over(new Uint8Array(bytes).buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = codec.make(0).BYTES_PER_ELEMENT;
  const array = codec.make(bytes.byteLength / size);
  for (let i = 0; i < array.length; i++) array[i] = codec.get(view, i * size);
  return array;
}

function isPlain(v: unknown): v is Readonly<Record<string, unknown>> {
  if (typeof v !== "object" || v === null || Array.isArray(v)) return false;
  const prototype = Object.getPrototypeOf(v);
  return prototype === Object.prototype || prototype === null;
}

const isArray = (v: Json): v is readonly Json[] => Array.isArray(v);
const kindOf = (v: unknown): string =>
  v === undefined ? "undefined" : typeof v === "object" ? `a ${v?.constructor?.name}` : `a ${typeof v}`;
