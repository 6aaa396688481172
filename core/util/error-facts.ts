import { coreErrors, type ErrorFacts } from "./codes.ts";

interface Declared extends ErrorFacts {
  /** Who declared it first: "policy/NAME". */
  readonly owner: string;
}

/** The codes of every plugin that this process has loaded. */
const declared = new Map<string, Declared>();

const ownCodes = new Map<string, Omit<ErrorFacts, "rule"> & { readonly rule?: "fatal" }>(Object.entries(coreErrors));

/** The facts of a code; undefined for one that neither core nor a loaded plugin declares. */
export function factsOf(code: string): ErrorFacts | undefined {
  const own = ownCodes.get(code);
  return own ? { rule: "retry", ...own } : declared.get(code);
}

/** The exit status an error code leads to; a code that nobody declares is a defect: 1. */
export function exitOfCode(code: string): number {
  return factsOf(code)?.exit ?? coreErrors.HALO_BUG.exit;
}

/** Statuses that a plugin's error may lead to; the others say how a run itself ended. */
const pluginExits = [1, 2, 3, 4, 6, 7];

/**
 * Makes the codes of a plugin known to this process; declaring them again changes nothing. Several plugins may share a
 * code when they agree on its exit status and rule. Returns what is wrong with them, undefined when all are known now.
 */
export function declareErrors(owner: string, errors: Readonly<Record<string, ErrorFacts>>): string | undefined {
  for (const [code, { exit, rule, summary }] of Object.entries(errors)) {
    const other = declared.get(code);
    if (!/^HALO_[A-Z0-9]+(_[A-Z0-9]+)+$/.test(code)) return `"${code}" is not of the form HALO_<AREA>_<WHAT>`;
    if (ownCodes.has(code)) return `${code} is one of halo's own`;
    if (!pluginExits.includes(exit)) return `${code} has exit ${exit}, expected one of ${pluginExits.join(", ")}`;
    if (rule !== "fatal" && rule !== "retry") return `${code} has rule "${rule}", expected "fatal" or "retry"`;
    if (typeof summary !== "string" || summary === "") return `${code} has no summary`;
    if (other && (other.exit !== exit || other.rule !== rule)) {
      return `${other.owner} declares ${code} with exit ${other.exit} and rule "${other.rule}"`;
    }
  }
  for (const [code, facts] of Object.entries(errors)) {
    if (!declared.has(code)) declared.set(code, { ...facts, owner });
  }
  return undefined;
}
