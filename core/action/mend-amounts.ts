import { keyName, keyNames } from "../domain/keys.ts";
import { namesIn } from "./key-names.ts";
import { numberOf } from "./mend-values.ts";
import type { Fields } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";

/** Amounts that are converted before they are checked, and values whose form decides how a list is read. */
export function mendAmounts(
  fields: Fields,
  { form, steps }: { readonly form: "qwen" | "ui-tars"; readonly steps: Set<RepairStep> },
): Fields {
  const out: Record<string, unknown> = { ...fields };
  for (const name of ["pixels", "time", "ms"]) {
    const number = typeof out[name] === "string" ? numberOf(out[name]) : undefined;
    if (number === undefined) continue;
    out[name] = number;
    steps.add("number");
  }
  for (const name of ["status", "direction"]) {
    const word = out[name];
    const lower = typeof word === "string" ? word.trim().toLowerCase() : word;
    if (lower === word) continue;
    out[name] = lower;
    steps.add("verb");
  }
  if (form === "qwen" && out.action === "key") mendHeld(out, { name: "keys", steps });
  if (form === "ui-tars" && (out.action === "hotkey" || out.action === "press")) mendHeld(out, { name: "key", steps });
  return out;
}

/** Keys held together, as a list in `qwen` and as words in `ui-tars`. */
function mendHeld(
  fields: Record<string, unknown>,
  { name, steps }: { readonly name: "keys" | "key"; readonly steps: Set<RepairStep> },
): void {
  const written = fields[name];
  const isOther = Array.isArray(written) !== (name === "keys");
  let held: readonly unknown[];
  if (Array.isArray(written)) held = written;
  else if (typeof written !== "string" || written.length > 60) return;
  else if (name === "keys") held = written.length > 1 ? written.split("+") : [written];
  else held = written === " " ? [written] : written.trim().split(/\s+/);
  if (held.length === 0 || !held.every((key) => typeof key === "string")) return;
  if (isOther) steps.add("item");
  // "ctrl + a": a plus between two keys joins them.
  const isJoined = held.slice(1, -1).includes("+");
  const isKnown = !isJoined && held.every((key) => keyNames.has(keyName(key)));
  const names = isKnown ? undefined : namesIn(typeof written === "string" ? [written] : held);
  if (names) steps.add("key");
  if (names || isOther) fields[name] = name === "keys" ? names ?? held : (names ?? held).join(" ");
}
