import { HaloError } from "../../util/errors.ts";

/** A goal and the kinds it asks for; `none` alone is a goal that the site cannot do. */
export interface GoalExample {
  readonly goal: string;
  readonly kinds: readonly string[];
}

/** The kind of goals that the site cannot do, or that ask for nothing. */
export const none = "none";

/**
 * Examples from a text: one goal a line, below a line `# kind`, `# kind + kind` for goals of several, or `# none`. Empty lines count
 * for nothing. Throws HALO_CONFIG_INVALID for a goal above the first kind and for a line "#" without one.
 */
export function goalExamples(text: string, file: string): readonly GoalExample[] {
  let kinds: readonly string[] = [];
  return text.replace(/^\uFEFF/, "").split("\n").flatMap((line, i) => {
    const said = line.trim();
    if (said === "") return [];
    const isHeading = /^#(?:\s|$)/.test(said);
    if (isHeading) kinds = [...new Set(said.slice(1).split("+").map((one) => one.trim()))];
    const problem = kinds.length === 0
      ? "a goal stands above the first kind"
      : kinds.includes("")
      ? "a kind has no name"
      : undefined;
    if (problem !== undefined) {
      throw new HaloError("HALO_CONFIG_INVALID", problem, {
        at: { file, line: i + 1, col: 1 },
        hint:
          'write "# KIND" above the goals of a kind, "# KIND + KIND" above those of two, "# none" above those of no kind',
      });
    }
    return isHeading ? [] : [{ goal: said, kinds }];
  });
}
