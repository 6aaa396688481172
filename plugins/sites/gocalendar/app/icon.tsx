import type { JSX } from "preact";

const paths = {
  bell: "M6 17v-6a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21h4",
  camera: "M3 7h11v10H3zM14 11l7-4v10l-7-4",
  check: "M5 12.500l4.500 4.500L19 7.500",
  close: "M6 6l12 12M18 6L6 18",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 1 1 0-16M12 7.500v5l3.500 2",
  day: "M4 6h16v14H4zM4 10.500h16M8.500 3.500v4M15.500 3.500v4",
  down: "M6.500 9.500l5.500 5.500 5.500-5.500",
  guests:
    "M9 5a3.200 3.200 0 1 1 0 6.400A3.200 3.200 0 1 1 9 5M3 19c.4-4 2.800-5.200 6-5.200s5.600 1.200 6 5.200zM15.500 5.600a3 3 0 1 1 0 5.600M17 14c2.400.4 3.700 1.800 4 5",
  left: "M14.500 5l-7 7 7 7",
  list: "M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  more:
    "M12 5a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400M12 11.300a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400M12 17.600a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400",
  palette: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  pen: "M4 20l1-4L16.500 4.500l3 3L8 19zM14 7l3 3",
  place: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 1 0 4 2 2 0 1 1 0-4",
  plus: "M12 5v14M5 12h14",
  repeat: "M5 11V8h13M15 5l3 3-3 3M19 13v3H6M9 19l-3-3 3-3",
  right: "M9.500 5l7 7-7 7",
  search: "M10.500 4.500a6 6 0 1 1 0 12 6 6 0 1 1 0-12M15 15l5 5",
  text: "M4 6h16M4 11h16M4 16h10",
  trash: "M5 7h14M10 7V4.500h4V7M6.500 7l1 13h9l1-13",
} as const;

/** Names of the drawings. */
export type IconName = keyof typeof paths;

/** A line drawing of 18 px, in the colour of the text around it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.900" stroke-linejoin="miter" />
    </svg>
  );
}
