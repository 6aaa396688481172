import type { GraderAnswer } from "../domain/task.ts";

/** What a task's graders were asked: the state as it began, an empty report, or a state that work led to. */
export type AuditCase =
  | { readonly kind: "untouched" | "empty" | "solution" }
  /** `name`: what is wrong about the work, or the key of the task that the work is for. */
  | { readonly kind: "wrong" | "other" | "both"; readonly name: string };

export type AuditKind = AuditCase["kind"];

/** One question and its answer. */
export type Audited = AuditCase & { readonly answer: GraderAnswer };

/** How often a task's graders passed work of one kind, of how often they could be asked. */
export interface AuditCount {
  readonly passed: number;
  readonly of: number;
}

/** What the graders pass and should not; of kind `solution`: what they refuse and should not. */
export interface AuditFinding {
  readonly kind: AuditKind;
  /** Names of the cases of this kind, where cases have names. */
  readonly names: readonly string[];
  /** The first verdict's reason. */
  readonly reason: string;
}

/** What an audit found out about the graders of one task. */
export interface AuditRow {
  readonly key: string;
  readonly counts: Readonly<Record<AuditKind, AuditCount>>;
  readonly findings: readonly AuditFinding[];
  /** Questions that got no answer; a grader that fails on an empty report refuses it, which is right. */
  readonly faults: readonly { readonly kind: AuditKind; readonly code: string; readonly message: string }[];
}

/** The kinds in the order of the table. */
export const auditKinds: readonly AuditKind[] = ["untouched", "empty", "solution", "wrong", "other", "both"];

/**
 * Judges a task's graders by their answers: they pass the solution and nothing else. Where a strict verdict stands beside a
 * grader's own, work that both pass is no finding: another task may ask for the same.
 */
export function auditRow(key: string, audited: readonly Audited[]): AuditRow {
  const answered = audited.filter(({ answer }) => answer.ok);
  const countOf = (kind: AuditKind): AuditCount => {
    const asked = answered.filter((one) => one.kind === kind);
    return { passed: asked.filter(isPassed).length, of: asked.length };
  };
  return {
    key,
    counts: Object.fromEntries(auditKinds.map((kind) => [kind, countOf(kind)])) as AuditRow["counts"],
    findings: auditKinds.flatMap((kind) => findingOf(kind, audited.filter((one) => one.kind === kind)) ?? []),
    faults: audited.flatMap(({ kind, answer }) => {
      if (answer.ok || kind === "empty") return [];
      return [{ kind, code: answer.code, message: answer.message }];
    }),
  };
}

const isPassed = ({ answer }: Audited): boolean => answer.ok && answer.verdict.success;

function findingOf(kind: AuditKind, asked: readonly Audited[]): AuditFinding | undefined {
  const wrong = asked.filter((one) => kind === "solution" ? one.answer.ok && !isPassed(one) : isLoose(one));
  const [first] = wrong;
  if (first === undefined || !first.answer.ok) return undefined;
  const names = wrong.flatMap((one) => "name" in one ? [one.name] : []);
  return { kind, names, reason: first.answer.verdict.reason };
}

const isLoose = (one: Audited): boolean =>
  isPassed(one) && one.answer.ok && one.answer.verdict.strict?.success !== true;
