import { narrow } from "./narrow.ts";
import { quoted, Refusal } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";
import { afterSpace, closers, isOver, isPaired, openers } from "./text-end.ts";

/** One call as written, `name(key='value', …)`, and where it ends in the text. */
export interface Call {
  readonly name: string;
  readonly args: readonly (readonly [name: string, value: unknown])[];
  readonly end: number;
  /** The last parenthesis is missing: the output may have been cut. */
  readonly isOpen: boolean;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };
const codes = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/;

/**
 * Reads the call that starts at `from`, in one pass. What Python would not read so is noted in `steps`: quotes inside a
 * text that are not escaped, raw newlines, other quotes, full-width signs, a last parenthesis that is missing.
 */
export function readCall(
  text: string,
  { from, steps }: { readonly from: number; readonly steps: Set<RepairStep> },
): Call | Refusal {
  return new Reader(text, { from, steps }).call();
}

class Reader {
  readonly #text: string;
  readonly #from: number;
  readonly #steps: Set<RepairStep>;
  #at: number;
  /** A text with quotes of its own was read: the call must end in order. */
  #isQuoting = false;

  constructor(text: string, { from, steps }: { readonly from: number; readonly steps: Set<RepairStep> }) {
    this.#text = text;
    this.#from = from;
    this.#steps = steps;
    this.#at = from;
  }

  call(): Call | Refusal {
    const name = this.#word();
    this.#space();
    if (name === "" || !this.#takes("(")) return this.#wrong();
    const args: [string, unknown][] = [];
    for (this.#space(); !this.#takes(")"); this.#space()) {
      if (this.#at >= this.#text.length && args.length > 0 && !this.#isQuoting) {
        this.#steps.add("braces");
        return { name, args, end: this.#at, isOpen: true };
      }
      const key = this.#word();
      this.#space();
      if (key === "" || !this.#takes("=")) return this.#wrong();
      this.#space();
      const value = this.#value(false);
      if (value instanceof Refusal) return value;
      args.push([key, value]);
      this.#space();
      if (this.#takes(",")) {
        this.#space();
        if (this.#at >= this.#text.length) return this.#wrong();
      } else if (this.#at < this.#text.length && this.#peek() !== ")") return this.#wrong();
    }
    return { name, args, end: this.#at, isOpen: false };
  }

  #value(isItem: boolean): unknown {
    if (openers.includes(this.#text[this.#at] ?? " ")) return this.#string(isItem);
    if (!isItem && this.#takes("[")) return this.#list();
    const start = this.#at;
    while (this.#at < this.#text.length && /[A-Za-z0-9_.+-]/.test(this.#text[this.#at]!)) this.#at++;
    const bare = this.#text.slice(start, this.#at);
    if (bare === "True" || bare === "False") return bare === "True";
    if (bare === "true" || bare === "false") return this.#steps.add("literals"), bare === "true";
    if (/^-?\d+(\.\d+)?$/.test(bare)) return Number(bare);
    return this.#wrong();
  }

  #list(): readonly unknown[] | Refusal {
    const items: unknown[] = [];
    for (this.#space(); !this.#takes("]"); this.#space()) {
      const item = this.#value(true);
      if (item instanceof Refusal) return item;
      items.push(item);
      this.#space();
      if (!this.#takes(",") && this.#peek() !== "]") return this.#wrong();
    }
    return items;
  }

  #string(isItem: boolean): string | Refusal {
    const text = this.#text;
    const quote = text[this.#at++]!;
    if (quote !== "'" && quote !== '"') this.#steps.add("quotes");
    let out = "";
    let hasQuotes = false;
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at]!;
      if (c === "\\" && this.#at + 1 < text.length) {
        out += this.#escaped();
        continue;
      }
      if (closers[quote]!.includes(c)) {
        if (this.#mayEnd(this.#at + 1, { isItem, hasQuotes })) return this.#ended(out, { quote, isItem, hasQuotes });
        hasQuotes = true;
        this.#steps.add("escapes");
      }
      if (c === "\n") this.#steps.add("escapes");
      out += c;
    }
    return this.#wrong();
  }

  /** Python's escapes; what Python has no escape for stays as it is. Steps over all but the last character. */
  #escaped(): string {
    const next = this.#text[++this.#at]!;
    const code = codes.exec(this.#text.slice(this.#at, this.#at + 5));
    if (code === null) return escapes[next] ?? `\\${next}`;
    this.#at += code[0].length - 1;
    return String.fromCharCode(Number.parseInt(code[1] ?? code[2]!, 16));
  }

  /** The text up to a quote that may end it; one with quotes of its own must be paired and may end nowhere else. */
  #ended(
    out: string,
    { quote, isItem, hasQuotes }: { readonly quote: string; readonly isItem: boolean; readonly hasQuotes: boolean },
  ): string | Refusal {
    this.#at++;
    if (!hasQuotes) return out;
    for (let i = this.#at; i < this.#text.length; i++) {
      if (this.#text[i] === "\\") i++;
      else if (closers[quote]!.includes(this.#text[i]!) && this.#mayEnd(i + 1, { isItem, hasQuotes })) {
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
   * A quote may end a text when a parenthesis, a comma or the end follows. After a quote inside the text a parenthesis must
   * end the line, and a comma must lead to the next argument: prose has both.
   */
  #mayEnd(at: number, { isItem, hasQuotes }: { readonly isItem: boolean; readonly hasQuotes: boolean }): boolean {
    const text = this.#text;
    const next = afterSpace(text, at);
    if (next >= text.length) return true;
    const c = narrow(text[next]!);
    if (isItem) return c === "," || c === "]";
    if (c === ",") {
      return !hasQuotes || /^[,，]\s{0,9}[A-Za-z_]{1,20}\s{0,9}[=＝]/.test(text.slice(next, next + 40));
    }
    if (c !== ")") return false;
    const rest = text.slice(next + 1, next + 40).trimStart();
    return !hasQuotes || /^[)）\]}\s]*[ \t]*(?:\n|$)/.test(text.slice(next + 1, next + 40)) || isOver(rest, 0);
  }

  #word(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && /[A-Za-z0-9_]/.test(this.#text[this.#at]!)) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #space(): void {
    while (this.#at < this.#text.length && " \t\r\n".includes(this.#text[this.#at]!)) this.#at++;
  }

  #peek(): string | undefined {
    return this.#at < this.#text.length ? narrow(this.#text[this.#at]!) : undefined;
  }

  /** Steps over one sign of the structure. */
  #takes(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    if (this.#text[this.#at] !== sign) this.#steps.add("width");
    this.#at++;
    return true;
  }

  #wrong(): Refusal {
    if (this.#at >= this.#text.length) return new Refusal("CUT_OFF", "the output ends inside a call");
    return new Refusal("PARSE", `expected a call such as wait(), got ${quoted(this.#text.slice(this.#from).trim())}`);
  }
}
