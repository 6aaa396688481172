import type { JSX } from "preact";

const paths = {
  search: "M9 3a6 6 0 1 0 3.8 10.6l3.8 3.8 1.4-1.4-3.8-3.8A6 6 0 0 0 9 3zm0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
  down: "M5 7.5l5 5 5-5-1.2-1.2L10 10.1 6.2 6.3z",
  close: "M5.3 4L4 5.3 8.7 10 4 14.7 5.3 16l4.7-4.7 4.7 4.7 1.3-1.3-4.7-4.7L16 5.3 14.7 4 10 8.7z",
  cart:
    "M2 3h2.6l.6 3H18l-1.7 7.3H6.7L4.9 5H2zm5.5 12a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zm7.5 0a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z",
  pin: "M10 2a6 6 0 0 0-6 6c0 4.4 6 10 6 10s6-5.6 6-10a6 6 0 0 0-6-6zm0 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  person: "M10 3a3.6 3.6 0 1 1 0 7.2A3.6 3.6 0 0 1 10 3zm-7 14c.4-3.6 3.2-5.6 7-5.6s6.6 2 7 5.6z",
  box: "M10 2l7.5 3.8v8.4L10 18l-7.5-3.8V5.8zm0 2.2L6 6.2l4 2 4-2zM4.3 7.6v5.5l4.8 2.4V10z",
  heart: "M10 17S2.5 12.5 2.5 7.4A4 4 0 0 1 10 5.6a4 4 0 0 1 7.5 1.8C17.5 12.5 10 17 10 17z",
  home: "M10 2.5l8 7h-2.300V17h-4.200v-4.500h-3V17H4.300V9.500H2z",
  tick: "M4 10.2l1.4-1.4 3 3 6.4-6.6L16.2 6.6l-7.8 8z",
  left: "M12.5 5l-5 5 5 5 1.2-1.200L9.9 10l3.8-3.800z",
  right: "M7.5 5l5 5-5 5-1.2-1.200L10.1 10 6.3 6.200z",
} as const;

export type IconName = keyof typeof paths;

/** A small drawing without a name of its own. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path fill="currentColor" d={paths[name]} />
    </svg>
  );
}
