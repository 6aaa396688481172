import type { Element } from "halo-agent";
import { roleTables } from "../../../core/browser/inside/role-tables.ts";
import { around, attribute, type Drawn, squeeze, textIn } from "./drawn.ts";

/** A control as observations list it, with what it is drawn from. */
export interface Listed {
  readonly element: Element;
  readonly from: Drawn;
}

/** Controls beyond these would lie below the fold. */
const maxListed = 110;

const { tagRoles } = roleTables;
const interactive = new Set(roleTables.interactive);
const landmarks = new Set(roleTables.landmarks);
const rows = new Set(roleTables.rows);
const fields = new Set(roleTables.fields);
const notText = new Set(roleTables.notText);

/**
 * The controls of a page in document order, as core/browser/inside/elements.ts lists them. There is no layout: all that is
 * not inert counts as visible, up to a number; of rows the first ones, when it is known how many a page shows.
 */
export function listed(
  body: Drawn,
  focus: string,
  { rows: rowsInView = Infinity }: { readonly rows?: number } = {},
): readonly Listed[] {
  const found: { readonly from: Drawn; readonly role: string }[] = [];
  const visit = (at: Drawn | string): void => {
    if (typeof at === "string" || at.props["inert"] === true || at.props["hidden"] === true) return;
    const role = roleOf(at);
    if (interactive.has(role)) found.push({ from: at, role });
    at.children.forEach(visit);
  };
  visit(body);
  const seen = new Set<Drawn>();
  const isInView = ({ from }: { readonly from: Drawn }): boolean => {
    const row = rowsInView === Infinity ? undefined : rowOf(from);
    if (row === undefined || seen.has(row)) return true;
    return seen.size < rowsInView && seen.add(row).has(row);
  };
  const kept = found.filter(isInView).slice(0, maxListed);
  return kept.map(({ from, role }, i) => {
    const name = nameOf(from, role).slice(0, 200);
    const region = regionOf(from);
    const value = valueOf(from);
    const element: Element = {
      id: `e${i}`,
      role,
      name,
      ...(value !== undefined && { value }),
      states: statesOf(from, placeOf({ role, name, region }) === focus),
      near: nearOf(from),
      region,
      centre: [500, Math.round(i / kept.length * 1000)],
    };
    return { element, from };
  });
}

/** What tells a control from the others of its page. */
export const placeOf = ({ role, name, region }: Pick<Element, "role" | "name" | "region">): string =>
  JSON.stringify([role, name, region]);

function roleOf(at: Drawn): string {
  const given = attribute(at, "role");
  if (given !== "") return given;
  if (at.tag === "a") return at.props["href"] === undefined ? "" : "link";
  if (at.tag === "form" || at.tag === "section") {
    return attribute(at, "aria-label") === "" ? "" : at.tag === "form" ? "form" : "region";
  }
  if (at.tag !== "input") return tagRoles[at.tag] ?? "";
  const type = attribute(at, "type");
  if (type === "checkbox" || type === "radio") return type;
  if (type === "range") return "slider";
  if (type === "number") return "spinbutton";
  return type === "search" ? "searchbox" : "textbox";
}

function nameOf(at: Drawn, role: string): string {
  const label = at.tag === "input" || at.tag === "textarea"
    ? [...around(at)].find(({ tag }) => tag === "label")
    : undefined;
  return squeeze(attribute(at, "aria-label")) || (label ? textIn(label) : "") || (fields.has(role) ? "" : textIn(at)) ||
    squeeze(attribute(at, "title") || attribute(at, "placeholder"));
}

const isText = (at: Drawn): boolean =>
  at.tag === "textarea" || (at.tag === "input" && !notText.has(attribute(at, "type")));

function valueOf(at: Drawn): string | undefined {
  return isText(at) || attribute(at, "type") === "range" ? attribute(at, "value") : undefined;
}

function statesOf(at: Drawn, isFocused: boolean): readonly string[] {
  const is = (name: string, value = "true") => attribute(at, `aria-${name}`) === value;
  const isTicked = at.tag === "input" && at.props["checked"] === true;
  const current = attribute(at, "aria-current");
  const states: readonly (readonly [string, boolean])[] = [
    ["checked", is("checked") || isTicked],
    ["collapsed", is("expanded", "false")],
    ["disabled", at.props["disabled"] === true || is("disabled")],
    ["editable", isText(at) && at.props["readOnly"] !== true && at.props["disabled"] !== true],
    ["expanded", is("expanded")],
    ["focused", isFocused],
    ["multiline", at.tag === "textarea"],
    ["pressed", is("pressed")],
    ["required", at.props["required"] === true],
    ["selected", is("selected") || (current !== "" && current !== "false")],
  ];
  return states.filter(([, holds]) => holds).map(([name]) => name);
}

function nearOf(at: Drawn): string {
  for (const outer of around(at.parent)) {
    const role = roleOf(outer);
    if (landmarks.has(role)) return "";
    const text = rows.has(role) || outer.tag === "label" ? textIn(outer).slice(0, 200) : "";
    if (text !== "") return text;
  }
  return "";
}

const listRows = new Set(["row", "listitem", "article"]);

/** The row of a list that an element stands in. */
function rowOf(at: Drawn): Drawn | undefined {
  for (const outer of around(at.parent)) {
    const role = roleOf(outer);
    if (listRows.has(role)) return outer;
    if (landmarks.has(role)) return undefined;
  }
  return undefined;
}

function regionOf(at: Drawn): string {
  for (const outer of around(at.parent)) {
    const role = roleOf(outer);
    if (!landmarks.has(role)) continue;
    const name = attribute(outer, "aria-label");
    return (name === "" ? role : `${role}:${name}`).slice(0, 200);
  }
  return "";
}
