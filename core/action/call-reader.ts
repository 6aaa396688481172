import { quoted, Refusal } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";

/** One call as written, `name(key='value', …)`, and where it ends in the text. */
export interface Call {
  readonly name: string;
  readonly args: readonly (readonly [name: string, value: unknown])[];
  readonly end: number;
}

const opens = "'\"‘’“”`";
const closes: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  "`": "`",
  "‘": "’‘'",
  "’": "’'",
  "“": '”“"',
  "”": '”"',
};
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

/**
 * Reads the call that starts at `from`, in one pass. What Python would not read so is noted in `steps`: quotes inside a
 * text that are not escaped, raw newlines, other quotes, a last parenthesis that is missing.
 */
export function readCall(
  text: string,
  { from, steps }: { readonly from: number; readonly steps: Set<RepairStep> },
): Call | Refusal {
  let i = from;
  const space = () => {
    while (i < text.length && " \t\r\n".includes(text[i]!)) i++;
  };
  const word = () => {
    const start = i;
    while (i < text.length && /[A-Za-z0-9_]/.test(text[i]!)) i++;
    return text.slice(start, i);
  };
  const wrong = () =>
    i >= text.length
      ? new Refusal("CUT_OFF", "the output ends inside a call")
      : new Refusal("PARSE", `expected a call such as wait(), got ${quoted(text.slice(from).trim())}`);
  const closed = (quote: string, at: number): boolean => {
    if (!closes[quote]!.includes(text[at]!)) return false;
    let next = at + 1;
    while (next < text.length && " \t\r\n".includes(text[next]!)) next++;
    return next >= text.length || "),]".includes(text[next]!);
  };
  const readText = (): string | Refusal => {
    const quote = text[i++]!;
    if (quote !== "'" && quote !== '"') steps.add("quotes");
    let out = "";
    for (; i < text.length; i++) {
      const c = text[i]!;
      if (c === "\\" && i + 1 < text.length) {
        const next = text[++i]!;
        out += escapes[next] ?? `\\${next}`;
        continue;
      }
      if (closed(quote, i)) {
        i++;
        return out;
      }
      if (closes[quote]!.includes(c) || c === "\n") steps.add("escapes");
      out += c;
    }
    return wrong();
  };
  const readValue = (isItem: boolean): unknown => {
    if (i < text.length && opens.includes(text[i]!)) return readText();
    if (!isItem && text[i] === "[") {
      i++;
      const items: unknown[] = [];
      for (space(); text[i] !== "]"; space()) {
        const item = readValue(true);
        if (item instanceof Refusal) return item;
        items.push(item);
        space();
        if (text[i] === ",") i++;
        else if (text[i] !== "]") return wrong();
      }
      i++;
      return items;
    }
    const start = i;
    while (i < text.length && /[A-Za-z0-9_.+-]/.test(text[i]!)) i++;
    const bare = text.slice(start, i);
    if (bare === "True" || bare === "False") return bare === "True";
    if (bare === "true" || bare === "false") return steps.add("literals"), bare === "true";
    if (/^-?\d+(\.\d+)?$/.test(bare)) return Number(bare);
    return wrong();
  };

  const name = word();
  space();
  if (name === "" || text[i] !== "(") return wrong();
  i++;
  const args: [string, unknown][] = [];
  for (space(); text[i] !== ")"; space()) {
    if (i >= text.length && args.length > 0) {
      steps.add("braces");
      return { name, args, end: i };
    }
    const key = word();
    space();
    if (key === "" || text[i] !== "=") return wrong();
    i++;
    space();
    const value = readValue(false);
    if (value instanceof Refusal) return value;
    args.push([key, value]);
    space();
    if (text[i] === ",") {
      i++;
      space();
      if (i >= text.length) return wrong();
    } else if (i < text.length && text[i] !== ")") return wrong();
  }
  return { name, args, end: i + 1 };
}
