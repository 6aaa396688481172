/** Focus, caret or selection, and scroll of a document, as plain data. Places are child-node indexes from the document down. */
export type Bearing = {
  readonly focus: readonly number[] | null;
  /** Whether the focus shows, as it does after keys and not after a click. */
  readonly ring: boolean;
  readonly caret: readonly [start: number, end: number, direction: "forward" | "backward" | "none"] | null;
  readonly selection: readonly [readonly number[], number, readonly number[], number] | null;
  readonly scrolls: readonly (readonly [readonly number[], number, number])[];
};

/** All that `HaloPage.restore` needs to stand at a place again; plain data. */
export type Stance = {
  readonly bearing: Bearing;
  /** CSS pixels. */
  readonly pointer: readonly [number, number];
  readonly clipboard: string;
  /** Session history, oldest first, with the index of the present entry. */
  readonly urls: readonly string[];
  readonly at: number;
  /** Whole state of one of our own sites; "" on foreign pages. */
  readonly state: string;
};

/** A stance with nothing focused, selected or scrolled and the pointer in the corner. */
export function stanceAt(url: string, state: string): Stance {
  const bearing: Bearing = { focus: null, ring: false, caret: null, selection: null, scrolls: [] };
  return { bearing, pointer: [0, 0], clipboard: "", urls: [url], at: 0, state };
}
