import type { RewardShaper } from "../../domain/reward.ts";
import { HaloError } from "../../util/errors.ts";

/** A goal, and what it asks for where somebody has said so. */
export interface LabelledGoal {
  readonly goal: string;
  /** Kinds in their order; none where the site cannot do it; absent where nobody has said. */
  readonly kinds?: readonly string[];
  /** Kinds of which any may be read, where the words leave it open; reading nothing is right too. */
  readonly oneOf?: readonly string[];
}

/** How a goal was read. */
export interface Covered {
  readonly is: "understood" | "right" | "partly" | "wrong" | "not understood";
  readonly goal: string;
  readonly wanted: readonly string[] | undefined;
  readonly read: readonly string[];
  readonly because: readonly string[];
}

/** How many goals of a list were read, and how. */
export interface Coverage {
  readonly goals: number;
  readonly understood: number;
  readonly right: number;
  readonly partly: number;
  readonly wrong: number;
  readonly not_understood: number;
}

/** A label that says: the site can do nothing of it. */
const none = "none";

/** Counts how goals are read against what they ask for. Pure. */
export function coverageOf(
  goals: readonly LabelledGoal[],
  explain: NonNullable<RewardShaper["explain"]>,
): { readonly rows: readonly Covered[]; readonly counts: Coverage } {
  const rows = goals.map((one): Covered => {
    const { errands, because } = explain({ id: "", text: one.goal });
    const all = [...one.kinds ?? [], ...one.oneOf ?? []];
    const kinds = errands.map(({ kind, alias }) => alias !== undefined && all.includes(alias) ? alias : kind);
    const read = kinds.filter((kind, i) => kinds[i - 1] !== kind);
    const wanted = one.kinds?.filter((kind) => kind !== none);
    return { is: verdictOf(one, { read, wanted }), goal: one.goal, wanted, read, because };
  });
  const count = (...is: readonly Covered["is"][]): number => rows.filter((row) => is.includes(row.is)).length;
  const counts = {
    goals: rows.length,
    understood: rows.filter(({ read }) => read.length > 0).length,
    right: count("right"),
    partly: count("partly"),
    wrong: count("wrong"),
    not_understood: count("not understood"),
  };
  return { rows, counts };
}

function verdictOf(
  { oneOf }: LabelledGoal,
  { read, wanted }: { readonly read: readonly string[]; readonly wanted: readonly string[] | undefined },
): Covered["is"] {
  if (oneOf !== undefined) {
    return read.every((kind) => oneOf.includes(kind)) ? "right" : "wrong";
  }
  if (wanted === undefined) return read.length > 0 ? "understood" : "not understood";
  if (read.join(" ") === wanted.join(" ")) return "right";
  if (read.length === 0) return "not understood";
  // "open_star" pays for a star and "reply_label" for its two parts.
  return read.every((kind) => wanted.some((one) => one === kind || one.split("_").includes(kind))) ? "partly" : "wrong";
}

/** Goals from JSON text: texts, or `{ "goal": "…", "kind": "…" }`, of whose labels `oneOf` counts before `kinds`, and `kind` last. Throws HALO_CLI_USAGE for anything else. */
export function readGoals(text: string, file: string): readonly LabelledGoal[] {
  const wrong = (what: string, cause?: unknown): HaloError =>
    new HaloError("HALO_CLI_USAGE", `${file} ${what}`, {
      hint:
        'expected a JSON list of goals: "Star the mail from Tom", or with one of "kind": "star", "kinds": ["star", "reply"], "oneOf": […] beside "goal"',
      ...(cause !== undefined && { cause }),
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw wrong("is no JSON", cause);
  }
  if (!Array.isArray(parsed)) throw wrong("is no list of goals");
  return parsed.map((one: unknown, i) => {
    if (typeof one === "string") return { goal: one };
    const { goal, kind, kinds, oneOf } = (one ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof goal !== "string") throw wrong(`has no goal text at place ${i + 1}`);
    const [name, label] = Object.entries({ oneOf, kinds, kind }).find(([, one]) => one !== undefined && one !== null) ??
      [];
    if (name === undefined) return { goal };
    if (name === "kind" ? typeof label !== "string" : !isTexts(label) || label.length === 0) {
      throw wrong(`has ${name}: ${JSON.stringify(label)} at place ${i + 1}`);
    }
    return name === "kind" ? { goal, kinds: [label as string] } : { goal, [name]: label };
  });
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");
