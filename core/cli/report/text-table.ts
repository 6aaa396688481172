/** Rows of cells in aligned columns, two spaces between them, empty columns left out; those at `right` are aligned to the right. */
export function textTable(
  rows: readonly (readonly string[])[],
  { right = [] }: { readonly right?: readonly number[] } = {},
): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, i) => i).map((at) => ({
    at,
    width: Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  }));
  return rows.map((row) =>
    columns.filter(({ width }) => width > 0).map(({ at, width }) => {
      const cell = row[at] ?? "";
      return right.includes(at) ? cell.padStart(width) : cell.padEnd(width);
    }).join("  ").trimEnd()
  );
}
