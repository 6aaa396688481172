import type { Observation } from "halo-agent";
import { noticeBeside } from "halo-agent/site";
import type { HomesPage } from "./homes-types.ts";

/** What a page shows. Messages can be read beside their Undo button. */
export function readPage({ elements }: Observation): HomesPage {
  return { elements, notice: noticeBeside(elements, "Undo") };
}
