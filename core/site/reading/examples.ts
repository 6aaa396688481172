import { HaloError } from "../../util/errors.ts";

/** A goal and the kinds it asks for; `none` alone is a goal that the site cannot do. */
export interface GoalExample {
  readonly goal: string;
  readonly kinds: readonly string[];
}

/** The kind of goals that the site cannot do, or that ask for nothing. */
export const none = "none";

/**
 * Examples from a text: one goal a line, below a line `# kind`, `# kind + kind` for goals of several, or `# none`. Every line that begins
 * with "#" names kinds; empty lines count for nothing. Throws HALO_CONFIG_INVALID for a goal above the first kind and for kinds that
 * are without a name, named twice, or beside `none`.
 */
export function goalExamples(text: string, file: string): readonly GoalExample[] {
  let kinds: readonly string[] = [];
  return text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).flatMap((line, i) => {
    const said = line.trim();
    if (said === "") return [];
    const isHeading = said.startsWith("#");
    if (isHeading) kinds = said.replace(/^#+/, "").split("+").map((one) => one.trim());
    const problem = problemOf(kinds);
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

function problemOf(kinds: readonly string[]): string | undefined {
  if (kinds.length === 0) return "a goal stands above the first kind";
  if (kinds.includes("")) return "a kind has no name";
  if (new Set(kinds).size < kinds.length) return "a kind is named twice";
  return kinds.length > 1 && kinds.includes(none) ? `"${none}" stands beside a kind` : undefined;
}
