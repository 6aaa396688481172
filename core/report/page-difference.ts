import type { Fingerprint } from "../domain/environment.ts";
import type { Observation } from "../domain/observation.ts";
import type { SeenPage, SeenPoint } from "../record/seen.ts";
import { pageChange } from "./page-view.ts";

/** One thing in which a page that is met again is not the recorded one. */
export interface PageDifference {
  /** "url", "controls", "places", "fingerprint.scroll", … */
  readonly what: string;
  readonly recorded: string;
  readonly now: string;
}

/** Controls that are named of those that appeared or vanished. */
const mostNamed = 3;

/** How a page differs from the recorded one; the picture and the fingerprint are compared where both sides have them. */
export function pageDifferences(
  { page, mark }: Pick<SeenPoint, "page" | "mark">,
  now: { readonly observation: Observation; readonly fingerprint?: Fingerprint | undefined },
): readonly PageDifference[] {
  const { screenshot, ...rest } = now.observation;
  const seen: SeenPage = { ...rest, ...(screenshot && { shot: screenshot.sha256 }) };
  const texts = (["url", "title", "axtree"] as const).flatMap((what) => differing(what, page[what], seen[what]));
  const dialogs = differing("dialog", jsonOf(page.dialog), jsonOf(seen.dialog));
  const shots = page.shot !== undefined && seen.shot !== undefined ? differing("picture", page.shot, seen.shot) : [];
  const prints = mark && now.fingerprint ? fingerprintDifferences(mark.fingerprint, now.fingerprint) : [];
  return [...texts, ...dialogs, ...controlDifferences(page, seen), ...shots, ...prints];
}

/** What a person reads of the controls first; where that is equal, where they stand. */
function controlDifferences(recorded: SeenPage, now: SeenPage): readonly PageDifference[] {
  const change = pageChange(recorded, now);
  const named = (texts: readonly string[]) =>
    texts.slice(0, mostNamed).join("; ") + (texts.length > mostNamed ? `; … ${texts.length - mostNamed} more` : "");
  if (change && change.appeared.length + change.vanished.length > 0) {
    return [{ what: "controls", recorded: named(change.vanished), now: named(change.appeared) }];
  }
  const without = ({ elements }: SeenPage) => elements.map(({ centre: _, box: __, ...element }) => element);
  const order = differing("controls", jsonOf(without(recorded)), jsonOf(without(now)));
  if (order.length > 0) {
    return [{ what: "controls", recorded: "", now: "the same names in other rows, states or order" }];
  }
  const places = ({ elements }: SeenPage) => elements.map(({ centre, box }) => [centre, box]);
  const moved = recorded.elements.findIndex((_, i) => jsonOf(places(recorded)[i]) !== jsonOf(places(now)[i]));
  if (moved < 0) return recorded.stateKey === now.stateKey ? [] : [stateDifference(recorded, now)];
  const at = ({ elements }: SeenPage) =>
    `${elements[moved]!.role} "${elements[moved]!.name}" at ${elements[moved]!.centre}`;
  return [{ what: "places", recorded: at(recorded), now: at(now) }];
}

const stateDifference = (recorded: SeenPage, now: SeenPage): PageDifference => (
  { what: "state", recorded: recorded.stateKey, now: now.stateKey }
);

function fingerprintDifferences(recorded: Fingerprint, now: Fingerprint): readonly PageDifference[] {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(now)])].sort();
  // What a page shows has been compared by itself.
  return names.filter((name) => name !== "url").flatMap((name) =>
    differing(`fingerprint.${name}`, recorded[name], now[name])
  );
}

const differing = (what: string, a = "", b = ""): readonly PageDifference[] =>
  a === b ? [] : [{ what, recorded: a, now: b }];

const jsonOf = (value: unknown): string | undefined => value === undefined ? undefined : JSON.stringify(value);
