import { HaloError, type Verdict } from "halo-agent";
import type { HaloPage } from "halo-agent/browser";
import type { Condition } from "./condition-schema.ts";
import { type Held, lookAt } from "./holds.ts";

/**
 * Judges a page by conditions that must all hold, read where the page's own scripts cannot reach. Throws HALO_WEB_OPTION for a
 * selector that is none.
 */
export async function judgeBy(
  page: HaloPage,
  conditions: readonly Condition[],
  o: { readonly signal: AbortSignal },
): Promise<Verdict> {
  const held = await page.session.ask<Held>(`(${lookAt})(${JSON.stringify(conditions)})`, o);
  if (held.badSelector !== undefined) {
    throw new HaloError("HALO_WEB_OPTION", `"${held.badSelector}" is no CSS selector`, { option: "success" });
  }
  const failed = conditions[held.failed];
  const reason = failed
    ? `not yet: ${inWords(failed)} (at ${held.url})`
    : `holds: ${conditions.map(inWords).join("; ")}`;
  return { success: failed === undefined, by: "web", reason };
}

/** Throws HALO_WEB_OPTION for a condition that says nothing, or asks a field's value of no element. */
export function checkConditions(conditions: readonly Condition[], option: string): void {
  for (const [i, c] of conditions.entries()) {
    const at = `${option}.${i}`;
    if (c.url === undefined && c.text === undefined && c.element === undefined) {
      throw new HaloError("HALO_WEB_OPTION", "a condition names an address, a text or an element", { option: at });
    }
    if (c.element === undefined && (c.value !== undefined || c.checked !== undefined)) {
      const message = `a condition on ${c.value === undefined ? "checked" : "value"} names the element that it means`;
      throw new HaloError("HALO_WEB_OPTION", message, { option: at, hint: "add `element`, a CSS selector" });
    }
  }
}

function inWords({ url, text, element, value, checked, absent }: Condition): string {
  const parts = [
    ...(url === undefined ? [] : [`address ${url}`]),
    ...(element === undefined ? [] : [`element ${element}`]),
    ...(text === undefined ? [] : [`text ${JSON.stringify(text)}`]),
    ...(value === undefined ? [] : [`value ${JSON.stringify(value)}`]),
    ...(checked === undefined ? [] : [checked ? "ticked" : "not ticked"]),
  ];
  return `${absent ? "no " : ""}${parts.join(" with ")}`;
}
