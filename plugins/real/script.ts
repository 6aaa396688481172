import { HaloError, type Json } from "halo-agent";
import { runIsolated } from "halo-agent/kit";

export interface ScriptRun {
  readonly python: string;
  /** Path of the script. */
  readonly script: string;
  /** What the site's `/finish` page shows; as a text, JSON exactly as it stands there. */
  readonly report: Json;
  readonly signal: AbortSignal;
  /** Milliseconds; as long as the official harness waits when absent. */
  readonly limitMs?: number;
}

/** What a grading script says; it passes when the word SUCCESS, in any case, stands in what it prints. */
export interface Graded {
  readonly success: boolean;
  readonly stdout: string;
}

const officialLimitMs = 30_000;

/**
 * Runs a grading script as it is: isolated Python without site packages, an empty environment, no network where the
 * system lets go of it, and a fresh private folder whose only file is the report. Some scripts look at their path and
 * at the files beside them, so neither may say anything. Throws HALO_GRADER_FAILED when the script crashes or hangs:
 * the report is ours, so that is a fault and not a failed task.
 */
export async function runScript(
  { python, script, report, signal, limitMs = officialLimitMs }: ScriptRun,
): Promise<Graded> {
  const { code, stdout, stderr } = await runIsolated({
    python,
    script,
    args: ["state.json"],
    files: { "state.json": asciiJson(report) },
    signal,
    limitMs,
  });
  const success = stdout.toUpperCase().includes("SUCCESS");
  if (success || code === 0) return { success, stdout };
  const how = code === undefined ? `was stopped after ${limitMs} ms` : `ended with status ${code}`;
  throw new HaloError("HALO_GRADER_FAILED", `the grading script ${script} ${how}: ${lastLine(stderr)}`, {
    hint: `run it on the same report to see why: ${python} -I -S ${script} state.json`,
  });
}

/** JSON as Python's own `json.dump` writes it: two spaces, nothing but ASCII. A text that is JSON keeps its numbers and order. */
function asciiJson(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/[\u007f-\uffff]/g, escaped);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.slice(0, 300) || "it said nothing";
}
