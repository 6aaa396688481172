/** Addresses inside the viewer. */
const path = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

export const toRuns = (): string => "#/";
export const toRun = (run: string): string => path("run", run);
export const toIteration = (run: string, n: number): string => path("run", run, "iteration", String(n));
export const toGroup = (run: string, id: string): string => path("run", run, "group", id);
export const toEpisode = (run: string, id: string, step?: number): string =>
  path("run", run, "episode", id, ...(step === undefined ? [] : [String(step)]));
/** Which tasks are listed: all, those that ever failed, or those that failed in the last evaluation that met them. */
export type TasksShown = "all" | "failed" | "unsolved";

export const toTasks = (run: string, shown: TasksShown = "all"): string =>
  path("run", run, "tasks", ...(shown === "all" ? [] : [shown]));
export const toTree = (run: string, id: string): string => path("run", run, "tree", id);
/** Each side is "RUN:LABEL", or "RUN" for its last evaluation. */
export const toCompare = (a: string, b: string, task?: string): string =>
  path("compare", a, b, ...(task === undefined ? [] : [task]));

/** The parts of an address inside the viewer. */
export function partsOf(hash: string): readonly string[] {
  return hash.replace(/^#\/?/, "").split("/").filter((part) => part !== "").map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
