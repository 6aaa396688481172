/** A full-width character as its narrow one (`：` as `:`, `（` as `(`, `１` as `1`); others as they are. */
export function narrow(c: string): string {
  const code = c.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return code === 0x3001 ? "," : code === 0x2212 ? "-" : c;
}

/** A short text of numbers and signs with narrow characters only. */
export function narrowed(text: string): string {
  return Array.from(text, narrow).join("");
}
