import type { ViewProps } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Event } from "../state/event.ts";
import type { ZilloftState } from "../state/state.ts";

/** What every view of the site receives. */
export type Props = ViewProps<ZilloftState, Event>;

const paths = {
  heart: "M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20z",
  search: "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
  down: "M6 9.5l6 6 6-6",
  left: "M14.5 5.5L8 12l6.5 6.5",
  right: "M9.5 5.5L16 12l-6.5 6.5",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  key: "M8 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 12h8v4M17 12v3",
  door: "M6 20V5l9-1.5V20M4 20h16M12 12.2v.6",
  flag: "M6 21V4h11l-2.5 4L17 12H6",
} as const;

/** A drawing of the site's own. */
export function Icon(
  { name, isFull = false }: { readonly name: keyof typeof paths; readonly isFull?: boolean },
): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d={paths[name]}
        fill={isFull ? "currentColor" : "none"}
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
