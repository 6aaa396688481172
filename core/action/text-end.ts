/**
 * Where a text ends whose own quotes are not escaped. Every quote that may end it is a reading of its own, and all but one
 * of them type or declare a piece of what was meant. So such a text is read only when one quote can end it, and when what it
 * holds closes in pairs: a text that was cut at a quote of its own has an odd one.
 */

/** What may close a text, by what opened it. */
export const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": '”“"',
  "”": '”“"',
  "„": '”“"',
  "‟": '”“"',
  "‘": "’‘'",
  "’": "’‘'",
  "‚": "’‘'",
  "「": "」",
  "『": "』",
  "＂": "＂",
  "＇": "＇",
};

/** Every mark that opens a text. */
export const openers = Object.keys(closers).join("");

/**
 * True when a text with quotes of its own is whole: its quotes and brackets close in pairs, and the quote after it does not
 * look like one that opens. An apostrophe between two letters is no quote.
 */
export function isPaired(text: string, quotes: string): boolean {
  if (isOpening(text)) return false;
  let open = 0;
  const brackets: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quotes.includes(c)) {
      if (!("'’".includes(c) && isLetter(text[i - 1]) && isLetter(text[i + 1]))) open++;
    } else if (Object.hasOwn(pairs, c)) brackets.push(pairs[c]!);
    else if (")]}".includes(c) && brackets.pop() !== c) return false;
  }
  return open % 2 === 0 && brackets.length === 0;
}

const pairs: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function isLetter(c: string | undefined): boolean {
  return c !== undefined && /[\p{L}\p{N}]/u.test(c);
}

/** True when the quote after `text` looks like one that opens a part of it: nothing, a space or an opening sign before it. */
export function isOpening(text: string): boolean {
  return /(?:^|[\s([{<=])$/.test(text.slice(-1)) && !text.endsWith("\n");
}

/** Where the first thing that is no white space stands, from `at` on. */
export function afterSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && " \t\r\n\u00a0\u3000".includes(text[next]!)) next++;
  return next;
}

/** True when the text ends at `at`, or what wraps an action does: a closing tag, a fence, an end mark. */
export function isOver(text: string, at: number): boolean {
  return at >= text.length || ["</tool_call>", "```", "<|"].some((mark) => text.startsWith(mark, at));
}
