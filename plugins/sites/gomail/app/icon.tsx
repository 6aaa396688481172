import { Drawing } from "halo-agent/site/app";
import type { JSX } from "preact";

const paths = {
  archive: "M4 4h16v4H4zM5.5 8v12h13V8M9.5 12h5",
  back: "M19 12H5M11 6l-6 6 6 6",
  attach: "M8 12.500l6-6a3 3 0 0 1 4.500 4.500l-8 8a5 5 0 0 1-7-7l7.500-7.500",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 1 1 0-16M12 8v4.500l3 2",
  close: "M6 6l12 12M18 6L6 18",
  contacts: "M12 5a3.500 3.500 0 1 1 0 7 3.500 3.500 0 1 1 0-7M5 20c.5-4 3.500-5.500 7-5.500s6.500 1.500 7 5.500z",
  down: "M6.500 9.500l5.500 5.500 5.500-5.500",
  draft: "M14 3H6v18h12V7zM14 3v4h4M9 12h6M9 16h6",
  expand: "M6 14l6-6 6 6",
  forward: "M14 6l6 5.500-6 5.500v-3.500c-5 0-8 1.500-10 4.500.5-5 4-9 10-9z",
  help: "M12 4a8 8 0 1 1 0 16 8 8 0 1 1 0-16M9.500 9.800c.2-3 5-3 5 0 0 1.700-2.500 2-2.500 3.700M12 16.300v.4",
  important: "M6 4.500h12v15l-6-4.500-6 4.500z",
  inbox: "M4 5h16v14H4zM4 14h5l1.5 2.5h3L15 14h5",
  label: "M4 6h10l6 6-6 6H4z",
  left: "M14.5 6l-6 6 6 6",
  mail: "M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7",
  minimize: "M6 17h12",
  more:
    "M12 4.800a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400M12 11.300a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400M12 17.800a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400",
  move: "M3.5 6h6l2 2.5h9V19h-17zM10 13.5h6M13.5 11l2.5 2.5-2.5 2.5",
  open: "M3.5 10L12 4l8.5 6v9.5h-17zM3.5 10.5l8.5 5.5 8.5-5.5",
  pen: "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6l-6 5.5 6 5.5v-3.5c5 0 8 1.5 10 4.5-.5-5-4-9-10-9z",
  "reply-all": "M8 6l-6 5.5L8 17M13 6l-6 5.5 6 5.5v-3.5c4 0 6.5 1.5 8.5 4.5-.5-5-3.5-9-8.5-9z",
  right: "M9.5 6l6 6-6 6",
  schedule: "M4 6h16v13.500H4zM4 10.500h16M8.500 3.500v4M15.500 3.500v4M12 13v3h2.500",
  search: "M10.5 4.500a6 6 0 1 1 0 12 6 6 0 1 1 0-12M15 15l5 5",
  send: "M4 4.500l17 7.5-17 7.5 2.5-7.500zM6.5 12H13",
  settings:
    "M12 9.600a2.4 2.4 0 1 1 0 4.800 2.4 2.4 0 1 1 0-4.800M12 6a6 6 0 1 1 0 12 6 6 0 1 1 0-12M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.200 2.200M16.200 16.200l2.200 2.200M18.400 5.600l-2.200 2.200M7.800 16.200l-2.200 2.200",
  sliders: "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h10M18 17h2M15 5v4M9 10v4M16 15v4",
  spam: "M8 3.500h8l4.5 4.500v8L16 20.500H8L3.5 16V8zM12 8v5M12 15.500v.5",
  star: "M12 3.800l2.5 5.3 5.8.7-4.3 4 1.2 5.7-5.2-2.9-5.2 2.9 1.2-5.7-4.3-4 5.8-.700z",
  trash: "M5 7h14M10 7V4.500h4V7M6.5 7l1 13h9l1-13M10.5 11v5.500M13.5 11v5.5",
} as const;

/** Names of the drawings. */
export type IconName = keyof typeof paths | "star-full";

/** A drawing of the site's own. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return name === "star-full" ? <Drawing path={paths.star} isFull /> : <Drawing path={paths[name]} />;
}
