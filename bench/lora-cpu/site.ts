import { readFile } from "node:fs/promises";
import { definePlugin } from "halo-agent";
import type { Json, Site, Verdict } from "halo-agent";
import { type Picture, places } from "./picture.ts";

interface State {
  /** Places clicked so far, in order. */
  readonly clicked: readonly number[];
  readonly picture: Picture;
}

/** A page of four buttons, one of them reddish; the right click is the one opposite it. Only the picture tells which. */
export default definePlugin({
  kind: "site",
  name: "places",
  summary: "four buttons, one marked; the right one is diagonally opposite the mark",
  options: { type: "object", additionalProperties: false, properties: {} },
  create: (): Site => ({
    name: "places",
    host: "places.halo.test",
    clock: { start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" },
    async assets() {
      const body = await readFile(new URL("page.html", import.meta.url));
      return new Map([["/", { type: "text/html; charset=utf-8", body }]]);
    },
    start: ({ params }) => ({ clicked: [], picture: (params as { readonly picture: Json }).picture }),
    judge: (_task, _start, now) => verdictOf(now as unknown as State),
  }),
});

function verdictOf({ clicked, picture }: State): Verdict {
  const right = places.length - 1 - picture.mark;
  const [first] = clicked;
  const found = first === undefined ? "no button was clicked" : `${places[first]} was clicked`;
  return { success: clicked.length === 1 && first === right, by: "places/opposite", reason: found };
}
