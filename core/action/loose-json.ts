import { narrow } from "./narrow.ts";
import { quoted, Refusal } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";
import { afterSpace, closers, isOver, isPaired, openers } from "./text-end.ts";

/** An object found in a text: what it holds, where it stands, which rungs were needed to read it. */
export interface FoundObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly start: number;
  readonly end: number;
  readonly steps: ReadonlySet<RepairStep>;
  /** Brackets are missing where a text ended and nothing says that the output was over: it may have been cut. */
  readonly isOpen: boolean;
}

/** Actions nest less than this. */
const deepest = 8;
const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "\\": "\\",
  "/": "/",
};
const words: Readonly<Record<string, unknown>> = {
  True: true,
  False: false,
  None: null,
  TRUE: true,
  FALSE: false,
  NULL: null,
};

/**
 * Every outermost object of a text, read as JSON with the slips that models make. One pass: a reading that fails is taken
 * up again where it failed, never before. `failure` says why the first real object that could not be read failed.
 */
export function findObjects(text: string): { readonly found: readonly FoundObject[]; readonly failure?: Refusal } {
  const found: FoundObject[] = [];
  let failure: Refusal | undefined;
  for (let i = nextBrace(text, 0); i >= 0; i = nextBrace(text, i)) {
    const reader = new Reader(text, i);
    const value = reader.object(0);
    if (value instanceof Refusal) {
      // Braces in prose break before a field does; what broke later was an object, and what it holds is not for reading alone.
      if (value.code !== "PARSE" || reader.hasField) failure ??= value;
      i = Math.max(i + 1, reader.at);
    } else {
      found.push({ value, start: i, end: reader.at, steps: reader.steps, isOpen: reader.isOpen });
      i = reader.at;
    }
  }
  return failure === undefined ? { found } : { found, failure };
}

/** True when nothing but closing brackets stands before the end of the line, a comma or what wraps the object. */
function endsLine(text: string): boolean {
  const rest = text.replace(/^[}\])｝］）]+/, "");
  return /^(?:[ \t]*[\r\n]|\s*[,，}\]｝］]|\s*$)/.test(rest) || isOver(rest, rest.length - rest.trimStart().length);
}

function nextBrace(text: string, from: number): number {
  const brace = /[{｛]/g;
  brace.lastIndex = from;
  return brace.exec(text)?.index ?? -1;
}

/** What may follow a text: a name, the value of a field, an item of a list. */
type Follow = ":=" | ",}" | ",}])";

class Reader {
  readonly steps = new Set<RepairStep>();
  readonly #text: string;
  at: number;
  /** A name with a colon after it was read. */
  hasField = false;
  isOpen = false;
  /** A text with quotes of its own was read: what follows must be in order. */
  #isQuoting = false;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  object(depth: number): Readonly<Record<string, unknown>> | Refusal {
    if (depth > deepest) return this.#wrong();
    this.at++;
    const entries = new Map<string, unknown>();
    for (;;) {
      const end = this.#closed("}", entries.size > 0);
      if (end !== undefined) return end instanceof Refusal ? end : Object.fromEntries(entries);
      const key = this.#key();
      if (key instanceof Refusal) return key;
      this.#space();
      if (this.#peek() !== ":" && this.#peek() !== "=") return this.#wrong();
      if (this.#peek() === "=") this.steps.add("keys");
      this.hasField = true;
      this.at++;
      this.#space();
      const value = this.#value(depth + 1, ",}");
      if (value instanceof Refusal) return value;
      if (entries.has(key)) {
        if (JSON.stringify(entries.get(key)) !== JSON.stringify(value)) {
          return new Refusal("AMBIGUOUS", `field ${quoted(key)} stands twice`);
        }
        this.steps.add("repeat");
      }
      entries.set(key, value);
      const gap = this.#separator();
      if (gap) return gap;
    }
  }

  #list(close: "]" | ")", depth: number): readonly unknown[] | Refusal {
    if (depth > deepest) return this.#wrong();
    if (close === ")") this.steps.add("literals");
    this.at++;
    const items: unknown[] = [];
    for (;;) {
      const end = this.#closed(close, items.length > 0);
      if (end !== undefined) return end instanceof Refusal ? end : items;
      const item = this.#value(depth + 1, ",}])");
      if (item instanceof Refusal) return item;
      items.push(item);
      const gap = this.#separator();
      if (gap) return gap;
    }
  }

  /** Steps over the bracket that closes; one that is missing at the end, or before the closing one of an outer level, is taken as there. */
  #closed(close: string, hasItems: boolean): true | Refusal | undefined {
    this.#space();
    const c = this.#peek();
    if (c === close) {
      this.at++;
      return true;
    }
    if (isOver(this.#text, this.at)) {
      if (!hasItems || this.#isQuoting) return new Refusal("CUT_OFF", "the output ends inside an object");
      this.steps.add("braces");
      const isAtMark = this.at < this.#text.length &&
        /\n[ \t]*$/.test(this.#text.slice(Math.max(0, this.at - 20), this.at));
      if (!isAtMark) this.isOpen = true;
      return true;
    }
    if ("}])".includes(c!) && hasItems && !this.#isQuoting) {
      this.steps.add("braces");
      // A list closed by another list's bracket ends there; a bracket of an outer level is left for it.
      if (close !== "}" && c !== "}") this.at++;
      return true;
    }
    return undefined;
  }

  /** Steps over commas; refuses an end right after one, where something was still to come. */
  #separator(): Refusal | undefined {
    this.#space();
    let commas = 0;
    for (; this.#peek() === ","; this.#space()) {
      commas++;
      this.at++;
    }
    const c = this.#peek();
    if (commas > 0 && isOver(this.#text, this.at)) return new Refusal("CUT_OFF", "the output ends after a comma");
    const isEnd = c === undefined || isOver(this.#text, this.at) || "}])".includes(c);
    if (commas > 1 || (commas === 1 && c !== undefined && "}])".includes(c))) this.steps.add("commas");
    if (commas === 0 && !isEnd) {
      if (!openers.includes(c!) && !/[A-Za-z0-9_\-[({]/.test(c!)) return this.#wrong();
      this.steps.add("commas");
    }
    return undefined;
  }

  #key(): string | Refusal {
    const c = this.#peek()!;
    if (openers.includes(c)) return this.#string(":=");
    const word = this.#run(/[A-Za-z0-9_]/);
    if (!/^[A-Za-z_]/.test(word)) return this.#wrong();
    this.steps.add("keys");
    return word;
  }

  #value(depth: number, follow: Follow): unknown {
    const c = this.#peek();
    if (c === undefined) return new Refusal("CUT_OFF", "the output ends before a value");
    if (c === "{") return this.object(depth);
    if (c === "[") return this.#list("]", depth);
    if (c === "(") return this.#list(")", depth);
    if (openers.includes(c)) return this.#string(follow);
    const word = this.#run(/[A-Za-z0-9_.+\-/:?&%#=@]/);
    if (this.at >= this.#text.length) return new Refusal("CUT_OFF", "the output ends inside a value");
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (Object.hasOwn(words, word)) {
      this.steps.add("literals");
      return words[word];
    }
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return Number(word);
    if (/^[+-]?\d*\.?\d+$|^[+-]?\d+\.$/.test(word)) {
      this.steps.add("literals");
      return Number(word);
    }
    if (!/^[A-Za-z_][A-Za-z0-9_+-]*$/.test(word)) return this.#wrong();
    this.steps.add("keys");
    return word;
  }

  #string(follow: Follow): string | Refusal {
    const text = this.#text;
    const quote = text[this.at++]!;
    if (quote !== '"') this.steps.add("quotes");
    let out = "";
    let hasQuotes = false;
    for (; this.at < text.length; this.at++) {
      const c = text[this.at]!;
      if (c === "\\") {
        const next = text[this.at + 1];
        if (next === undefined) break;
        out += this.#escaped(next);
        continue;
      }
      if (closers[quote]!.includes(c)) {
        if (this.#mayEnd(this.at + 1, { follow, hasQuotes })) return this.#ended(out, { quote, follow, hasQuotes });
        // A colon says that a name ended here, so the text ended before it.
        if (hasQuotes && narrow(text[afterSpace(text, this.at + 1)] ?? "") === ":") return this.#wrong();
        if (follow === ":=") return this.#wrong();
        hasQuotes = true;
        this.steps.add("escapes");
      }
      if (c < " ") this.steps.add("escapes");
      out += c;
    }
    return new Refusal("CUT_OFF", "the output ends inside a text");
  }

  /** Steps over an escape but for its last character. */
  #escaped(next: string): string {
    const code = next === "u" ? /^[0-9a-fA-F]{4}/.exec(this.#text.slice(this.at + 2, this.at + 6))?.[0] : undefined;
    if (code !== undefined) {
      this.at += 5;
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    this.at++;
    if (!Object.hasOwn(escapes, next)) this.steps.add("escapes");
    return escapes[next] ?? ("'`".includes(next) ? next : `\\${next}`);
  }

  /** The text up to a quote that may end it; one with quotes of its own must be paired and may end nowhere else. */
  #ended(
    out: string,
    { quote, follow, hasQuotes }: { readonly quote: string; readonly follow: Follow; readonly hasQuotes: boolean },
  ): string | Refusal {
    this.at++;
    if (!hasQuotes) return out;
    for (let i = this.at; i < this.#text.length; i++) {
      if (this.#text[i] === "\\") i++;
      else if (closers[quote]!.includes(this.#text[i]!) && this.#mayEnd(i + 1, { follow, hasQuotes })) {
        return new Refusal("PARSE", `a text with quotes that are not escaped may end in two ways: ${quoted(out)}`);
      }
    }
    if (!isPaired(out, closers[quote]!)) {
      return new Refusal("PARSE", `a text with quotes that are not escaped may be cut: ${quoted(out)}`);
    }
    this.#isQuoting = true;
    return out;
  }

  /**
   * A quote may end a text when what follows it can follow a text. After a quote inside the text a closing bracket must also
   * end the line or lead to a comma: texts about code have both.
   */
  #mayEnd(at: number, { follow, hasQuotes }: { readonly follow: Follow; readonly hasQuotes: boolean }): boolean {
    const next = afterSpace(this.#text, at);
    if (isOver(this.#text, next)) return true;
    const c = narrow(this.#text[next]!);
    if (!follow.includes(c)) return false;
    return !hasQuotes || !"}])".includes(c) || endsLine(this.#text.slice(next, next + 40));
  }

  #run(kind: RegExp): string {
    const start = this.at;
    while (this.at < this.#text.length && kind.test(this.#text[this.at]!)) this.at++;
    return this.#text.slice(start, this.at);
  }

  /** The next character of the structure, narrow. */
  #peek(): string | undefined {
    const c = this.#text[this.at];
    if (c === undefined || openers.includes(c)) return c;
    const own = narrow(c);
    if (own !== c) this.steps.add("width");
    return own;
  }

  #space(): void {
    const start = this.at;
    this.at = afterSpace(this.#text, this.at);
    for (let i = start; i < this.at; i++) if ("\u00a0\u3000".includes(this.#text[i]!)) this.steps.add("marks");
  }

  #wrong(): Refusal {
    return new Refusal("PARSE", `expected an object, got ${quoted(this.#text.slice(this.at).trim())}`);
  }
}
