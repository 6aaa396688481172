import type { JSX } from "preact";

/** A line drawing of 20 px, in the colour of the text around it; `path` is that of an SVG of 24 × 24. */
export function Drawing(
  { path, isFull = false }: { readonly path: string; readonly isFull?: boolean },
): JSX.Element {
  return (
    <svg class="drawing" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d={path}
        fill={isFull ? "currentColor" : "none"}
        stroke="currentColor"
        stroke-width="1.7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
