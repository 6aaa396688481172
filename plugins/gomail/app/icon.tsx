import type { JSX } from "preact";

const paths = {
  archive: "M4 4h16v4H4zM5.5 8v12h13V8M9.5 12h5",
  back: "M19 12H5M11 6l-6 6 6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  draft: "M14 3H6v18h12V7zM14 3v4h4M9 12h6M9 16h6",
  expand: "M6 14l6-6 6 6",
  inbox: "M4 5h16v14H4zM4 14h5l1.5 2.5h3L15 14h5",
  label: "M4 6h10l6 6-6 6H4z",
  left: "M14.5 6l-6 6 6 6",
  mail: "M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7",
  minimize: "M6 17h12",
  move: "M3.5 6h6l2 2.5h9V19h-17zM10 13.5h6M13.5 11l2.5 2.5-2.5 2.5",
  open: "M3.5 10L12 4l8.5 6v9.5h-17zM3.5 10.5l8.5 5.5 8.5-5.5",
  pen: "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6l-6 5.5 6 5.5v-3.5c5 0 8 1.5 10 4.5-.5-5-4-9-10-9z",
  "reply-all": "M8 6l-6 5.5L8 17M13 6l-6 5.5 6 5.5v-3.5c4 0 6.5 1.5 8.5 4.5-.5-5-3.5-9-8.5-9z",
  right: "M9.5 6l6 6-6 6",
  search: "M10.5 4.500a6 6 0 1 1 0 12 6 6 0 1 1 0-12M15 15l5 5",
  send: "M4 4.500l17 7.5-17 7.5 2.5-7.500zM6.5 12H13",
  spam: "M8 3.500h8l4.5 4.500v8L16 20.500H8L3.5 16V8zM12 8v5M12 15.500v.5",
  star: "M12 3.800l2.5 5.3 5.8.7-4.3 4 1.2 5.7-5.2-2.9-5.2 2.9 1.2-5.7-4.3-4 5.8-.700z",
  trash: "M5 7h14M10 7V4.500h4V7M6.5 7l1 13h9l1-13M10.5 11v5.500M13.5 11v5.5",
} as const;

/** Names of the drawings. */
export type IconName = keyof typeof paths | "star-full";

/** A line drawing of 20 px, in the colour of the text around it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  const isFull = name === "star-full";
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d={paths[isFull ? "star" : name]}
        fill={isFull ? "currentColor" : "none"}
        stroke="currentColor"
        stroke-width="1.7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
