const names: Readonly<Record<string, string>> = {
  "\u00a0": "no-break space",
  "\u00ad": "soft hyphen",
  "\u200b": "zero-width space",
  "\u200c": "zero-width non-joiner",
  "\u200d": "zero-width joiner",
  "\u200e": "left-to-right mark",
  "\u200f": "right-to-left mark",
  "\u2028": "line separator",
  "\u2029": "paragraph separator",
  "\u2060": "word joiner",
  "\ufeff": "byte order mark",
};
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const invisible = /[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]/gu;

/** The first character of a text that a person does not see, plain spaces aside: where it stands and what it is. */
export function invisibleIn(text: string): { readonly at: number; readonly name: string } | undefined {
  const [found] = text.matchAll(invisible);
  if (found === undefined) return undefined;
  return { at: found.index, name: `${names[found[0]] ?? "control character"}, U+${hexOf(found[0]).toUpperCase()}` };
}

/** The text with such characters written as JSON writes them, `\u200b`. */
export function madeVisible(text: string): string {
  return text.replace(invisible, (unseen) => `\\u${hexOf(unseen)}`);
}

const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, "0");
