import type { Action, Parsed, Place } from "../domain/action.ts";
import type { Element } from "../domain/observation.ts";
import type { Seen, SeenPage, SeenPoint } from "../record/seen.ts";

/** A control of a recorded page. */
export type ControlView = Pick<Element, "id" | "role" | "name" | "value" | "states" | "centre" | "box">;

/** A recorded page as values to draw. */
export interface PageView {
  /** Id of its point. */
  readonly point: string;
  readonly url: string;
  readonly title: string;
  readonly controls: readonly ControlView[];
  /** True where an environment can stand there again, or a screenshot was kept. */
  readonly hasPicture: boolean;
  /** True where an environment can stand there again. */
  readonly canOpen: boolean;
  readonly dialog?: string;
}

/** What changed from one page to the next, by the controls' roles, names and values. */
export interface PageChange {
  readonly url?: string;
  readonly title?: string;
  readonly appeared: readonly string[];
  readonly vanished: readonly string[];
}

/** Where an action landed and what it changed, as far as its pages were recorded. */
export interface LandingView {
  /** Control that the action names. */
  readonly el?: string;
  readonly place?: Place;
  readonly change?: PageChange;
}

/** The recorded points of a slot or episode by their ids. */
export type PagesById = ReadonlyMap<string, SeenPoint>;

/** The recorded points by id; none where nothing was recorded. */
export const pagesById = (seen: Seen | undefined): PagesById => new Map(seen?.points.map((p) => [p.id, p]));

/** The recorded point of that id where its page is the one that was sampled at: another page would be worse than none. */
export function pointAt(pages: PagesById, id: string | undefined, stateKey: string): SeenPoint | undefined {
  const known = id === undefined ? undefined : pages.get(id);
  return known?.page.stateKey === stateKey ? known : undefined;
}

/** A recorded point's page as values to draw. */
export function pageView({ id, page, mark }: SeenPoint): PageView {
  // Asking for the state itself would unpack it.
  const canOpen = mark !== undefined && "state" in mark;
  return {
    point: id,
    url: page.url,
    title: page.title,
    controls: page.elements.map(({ id, role, name, value, states, centre, box }) => ({
      id,
      role,
      name,
      ...(value !== undefined && { value }),
      states,
      centre,
      ...(box && { box }),
    })),
    hasPicture: canOpen || page.shot !== undefined,
    canOpen,
    ...(page.dialog && { dialog: `${page.dialog.kind}: ${page.dialog.message}` }),
  };
}

/** Where an action landed, thousandths of the viewport; undefined for one without a place. */
export function placeOf(action: Action, page: Pick<SeenPage, "elements">): Place | undefined {
  const { el, at } = action as { readonly el?: string; readonly at?: Place };
  if (el === undefined) return at;
  return page.elements.find((e) => e.id === el)?.centre;
}

/** What an action came to between the point it was sampled at and the one it led to. */
export function landingView(
  parsed: Parsed,
  { here, to }: { readonly here: SeenPoint | undefined; readonly to: SeenPoint | undefined },
): LandingView {
  const el = parsed.ok ? (parsed.action as { readonly el?: string }).el : undefined;
  const place = parsed.ok && here ? placeOf(parsed.action, here.page) : undefined;
  const change = here && to && pageChange(here.page, to.page);
  return { ...(el !== undefined && { el }), ...(place && { place }), ...(change && { change }) };
}

/** How one page differs from another, controls counted by what a person reads of them; undefined where nothing does. */
export function pageChange(from: SeenPage, to: SeenPage): PageChange | undefined {
  const left = countsOf(from);
  const right = countsOf(to);
  const more = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>) =>
    [...a].filter(([text, count]) => count > (b.get(text) ?? 0)).map(([text]) => text);
  const change: PageChange = {
    ...(from.url !== to.url && { url: to.url }),
    ...(from.title !== to.title && { title: to.title }),
    appeared: more(right, left),
    vanished: more(left, right),
  };
  const isSame = change.appeared.length + change.vanished.length === 0 && Object.keys(change).length === 2;
  return isSame ? undefined : change;
}

function countsOf({ elements }: SeenPage): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { role, name, value, states } of elements) {
    const marks = states.filter((state) => state !== "focused" && state !== "editable");
    const text = [role, JSON.stringify(name), value === undefined ? "" : `= ${JSON.stringify(value)}`, ...marks]
      .filter((part) => part !== "").join(" ");
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}
