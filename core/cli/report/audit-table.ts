import { type AuditCount, type AuditFinding, auditKinds, type AuditRow } from "../../report/audit-row.ts";
import { textTable } from "./text-table.ts";

/** Names in one finding that are printed; the rest is counted. */
const shownNames = 4;

/** The table of an audit, what was found below it, one line each. */
export function auditLines(rows: readonly AuditRow[]): readonly string[] {
  const table = textTable([
    ["task", "untouched", "empty", "solution", "wrong work", "others' solutions", "both"],
    ...rows.map(({ key, counts }) => [key, ...auditKinds.map((kind) => cell(counts[kind]))]),
  ]);
  const told = rows.flatMap(({ key, findings, faults }) => [
    ...findings.map((finding) => `${key} ${inWords(finding)}`),
    ...faults.map(({ kind, code, message }) => `${key} could not be asked (${kind}): ${code}, ${message}`),
  ]);
  return [...table, ...(told.length > 0 ? ["", ...told] : [])];
}

function inWords({ kind, names, reason }: AuditFinding): string {
  switch (kind) {
    case "untouched":
      return `passes the untouched state: ${reason}`;
    case "empty":
      return `passes an empty report: ${reason}`;
    case "solution":
      return `refuses its solution: ${reason}`;
    case "wrong":
      return `passes wrong work: ${listed(names, "; ")}`;
    case "other":
      return `passes the solution of ${listed(names, ", ")}`;
    case "both":
      return `passes its solution with more on top: that of ${listed(names, ", ")}`;
  }
}

function listed(names: readonly string[], separator: string): string {
  const more = names.length - shownNames;
  return `${names.slice(0, shownNames).join(separator)}${more > 0 ? ` and ${more} more` : ""}`;
}

/** "passes 3 of 20"; "-" where nothing was asked. */
function cell({ passed, of }: AuditCount): string {
  if (of === 0) return "-";
  return of === 1 ? (passed === 1 ? "passes" : "refuses") : `passes ${passed} of ${of}`;
}

/** How an audit went, on one line. */
export function auditSummary(rows: readonly AuditRow[]): string {
  const withFindings = rows.filter(({ findings }) => findings.length > 0).length;
  const faulty = rows.filter(({ faults }) => faults.length > 0).length;
  const sum = (kind: (typeof auditKinds)[number]): string => {
    const counts = rows.map((row) => row.counts[kind]);
    const total = (part: keyof AuditCount) => counts.reduce((n, count) => n + count[part], 0);
    return `${kind} ${total("passed")} of ${total("of")}`;
  };
  return `${rows.length} tasks, ${withFindings} with findings${
    faulty === 0 ? "" : `, ${faulty} with faults`
  }; passed: ${auditKinds.map(sum).join(", ")}`;
}
