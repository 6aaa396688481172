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
 * for nothing. Throws HALO_CONFIG_INVALID for a goal before the first such line.
 */
export function goalExamples(text: string, file: string): readonly GoalExample[] {
  let kinds: readonly string[] | undefined;
  return text.split("\n").flatMap((line, i) => {
    const said = line.trim();
    if (said.startsWith("# ")) kinds = said.slice(2).split("+").map((one) => one.trim());
    if (said === "" || said.startsWith("# ")) return [];
    if (kinds === undefined) {
      throw new HaloError("HALO_CONFIG_INVALID", "a goal stands before the first kind", {
        at: { file, line: i + 1, col: 1 },
        hint: 'write "# KIND" above the goals of a kind',
      });
    }
    return [{ goal: said, kinds }];
  });
}
