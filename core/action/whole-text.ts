import type { Action } from "../domain/action.ts";
import { Refusal } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";
import { afterSpace, isOpening, isOver } from "./text-end.ts";

/** What stands around an action that was read with slips. */
interface Surroundings {
  /** What follows each action found, up to the next one. */
  readonly after: readonly string[];
  readonly steps: ReadonlySet<RepairStep>;
  /** The output ends before the action is closed. */
  readonly isOpen: boolean;
}

/**
 * Refuses an action whose text may be a piece of the text that was meant. A quote that was not escaped, or an output that was
 * cut, leaves signs behind the action: no closing bracket, more on the same line, a quote that could end the text as well.
 */
export function wholeText(action: Action, { after, steps, isOpen }: Surroundings): Action | Refusal {
  if (!speaking.has(action.action)) return action;
  if (isOpen) return new Refusal("CUT_OFF", "the output ends before an action with a text is closed");
  if (isDoubtful(action, steps)) {
    return new Refusal("PARSE", "a text ends where a quote seems to open: it may be a piece of a longer one");
  }
  for (const part of after) {
    const rest = part.replace(/^(?:<\/(?:tool_call|function)>|[}\])）］｝;,.\s])*/, "");
    const isOnLine = !/[\r\n]/.test(part.slice(0, part.length - rest.length)) && rest !== "" && !isOver(rest, 0);
    if (isOnLine && !rest.startsWith("<tool_call>")) {
      return new Refusal("PARSE", "more stands on the line after a text: the text may be a piece of a longer one");
    }
    if (holdsEnd(rest.replace(/```\w*/g, ""))) {
      return new Refusal("PARSE", "a text may end at a later quote: it may be a piece of a longer one");
    }
  }
  return action;
}

/** Actions with a text, also one that may be absent: an output that is cut before it says less than was meant. */
const speaking: ReadonlySet<string> = new Set(["type", "select", "goto", "done", "infeasible"]);

function textsOf(action: Action): readonly string[] {
  if (action.action === "select") return action.options;
  if (action.action === "goto") return [action.url];
  return "text" in action && action.text !== undefined ? [action.text] : [];
}

/** True when a text looks as if it were split at a quote of its own. */
function isDoubtful(action: Action, steps: ReadonlySet<RepairStep>): boolean {
  if (action.action === "select" && action.options.length > 1) {
    return steps.has("escapes") || action.options.some((option) => isOpening(option) || /^[\s,:)\]}]/.test(option));
  }
  return (steps.has("braces") || steps.has("quotes")) && textsOf(action).some((text) => text !== "" && isOpening(text));
}

/** True when a quote is followed by what ends a text: a closing bracket, or the end of the output. So is a closing tag. */
function holdsEnd(rest: string): boolean {
  if (rest.includes("</parameter>")) return true;
  for (const { index } of rest.matchAll(/["'`“”‘’]/g)) {
    const next = afterSpace(rest, index + 1);
    if (next >= rest.length || "}])）｝］".includes(rest[next]!)) return true;
  }
  return false;
}
