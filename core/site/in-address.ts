/** A text as a value in the query of an address, spelled as browsers show it, so that address and state agree. */
export function inAddress(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27");
}
