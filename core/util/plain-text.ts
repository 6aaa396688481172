/** The text without control characters but line breaks and tabs: pages, models and files cannot paint the terminal. */
export function plainText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** The text as one line: line breaks and control characters are escaped as in JSON. */
export function plainLine(text: string): string {
  // deno-lint-ignore no-control-regex
  return plainText(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escaped));
}

function escaped(c: string): string {
  const known = JSON.stringify(c).slice(1, -1);
  return known.length > 1 ? known : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
