import { HaloError, type Verdict } from "halo-agent";
import { type HaloPage, isOnHosts } from "halo-agent/browser";
import type { Condition } from "./condition-schema.ts";
import { type Held, lookAt } from "./holds.ts";
import { unclosed } from "./unclosed.ts";

/** Conditions and where the pipeline says them: an option of the environment, or a part of the task of that key. */
export interface Rule {
  readonly conditions: readonly Condition[];
  readonly place: { readonly task?: string; readonly option: string };
}

/**
 * Judges a page by conditions that must all hold, read where the page's own scripts cannot reach. `onMet` is told which of their
 * selectors fit something. Throws HALO_WEB_OPTION for a selector that is none.
 */
export async function judgeBy(
  page: HaloPage,
  { conditions, place }: Rule,
  { signal, onMet }: { readonly signal: AbortSignal; readonly onMet: (indexes: readonly number[]) => void },
): Promise<Verdict> {
  const held = await page.session.ask<Held>(`(${lookAt})(${JSON.stringify(conditions)})`, { signal });
  if (held.isBad) {
    throw new HaloError("HALO_WEB_OPTION", `"${conditions[held.failed]?.element}" is no CSS selector`, {
      ...place,
      option: `${place.option}.${held.failed}.element`,
      hint: "the browser's console says more: document.querySelector(…)",
      isLasting: true,
    });
  }
  onMet(held.met);
  const failed = conditions[held.failed];
  const reason = failed
    ? `not yet: ${inWords(failed)} (at ${held.url})`
    : `holds: ${conditions.map(inWords).join("; ")}`;
  return { success: failed === undefined, by: "web", reason };
}

/**
 * Throws HALO_WEB_OPTION for a condition that says nothing, asks a field's value of no element, has a bracket or quote that
 * nothing closes, or, where `hosts` are given, an address at which the agent can never be.
 */
export function checkConditions(
  conditions: readonly Condition[],
  option: string,
  { hosts, task }: { readonly hosts?: readonly string[]; readonly task?: string } = {},
): void {
  const about = task === undefined ? {} : { task, isLasting: true };
  for (const [i, c] of conditions.entries()) {
    const at = `${option}.${i}`;
    if (c.url === undefined && c.text === undefined && c.element === undefined) {
      throw new HaloError("HALO_WEB_OPTION", "a condition names an address, a text or an element", {
        option: at,
        ...about,
      });
    }
    if (c.element === undefined && (c.value !== undefined || c.checked !== undefined)) {
      const message = `a condition on ${c.value === undefined ? "checked" : "value"} names the element that it means`;
      throw new HaloError("HALO_WEB_OPTION", message, { option: at, hint: "add `element`, a CSS selector", ...about });
    }
    const open = c.element === undefined ? undefined : unclosed(c.element);
    if (open !== undefined) {
      const message = `"${c.element}" is no CSS selector: nothing closes its ${open}`;
      throw new HaloError("HALO_WEB_OPTION", message, { option: `${at}.element`, ...about });
    }
    if (hosts && c.url !== undefined && !c.absent) {
      checkAddress(c.url, { hosts, about: { option: `${at}.url`, ...about } });
    }
  }
}

interface Address {
  readonly hosts: readonly string[];
  /** What an error says of its place. */
  readonly about: Rule["place"] & { readonly isLasting?: boolean };
}

/** A whole address names a host where the agent may be; what begins with neither a slash, a star nor a scheme fits none. */
function checkAddress(glob: string, o: Address): void {
  if (/^[/*]/.test(glob)) return;
  const [, origin, rest] = /^(https?:\/\/[^/?#*]+)(.?)/i.exec(glob) ?? [];
  if (origin === undefined) {
    if (/^[a-z]+(?:\*|:(?!\d))/i.test(glob)) return;
    throw new HaloError("HALO_WEB_OPTION", `no address fits "${glob}"`, {
      ...o.about,
      hint: "begin it with a slash, from the path on, or with http:// or https://",
    });
  }
  if (rest === "*" || isOnHosts(origin, o.hosts)) return;
  throw new HaloError("HALO_WEB_OPTION", `"${glob}" is never met: the agent may not be at ${origin}`, {
    ...o.about,
    hint: `add its host to \`allowed_hosts\`; now there are ${o.hosts.join(", ")}`,
  });
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
