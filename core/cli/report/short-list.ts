const most = 8;

/** The first names of a list; … where there are more. */
export function shortList(names: readonly string[]): string {
  return names.slice(0, most).join(", ") + (names.length > most ? ", …" : "");
}
