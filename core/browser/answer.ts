import type { Action, ActionError } from "../domain/action.ts";
import type { Acted } from "./act.ts";
import { elementsOf, type Question } from "./question.ts";

/**
 * Answers a native dialog: a click on its buttons, Enter or Escape, or a text for the field of a prompt. Everything else is
 * DIALOG_OPEN, as it is for a person.
 */
export async function answer(question: Question, action: Action): Promise<Acted> {
  const open = `the page asks ${JSON.stringify(question.message)} and waits`;
  const ways = question.kind === "alert"
    ? "click OK or press Enter"
    : "click one of its buttons, or press Enter or Escape";
  const refused = failed("DIALOG_OPEN", `${open}: ${ways}`);
  const controls = elementsOf(question);
  const control = "el" in action && action.el !== undefined ? controls.find((e) => e.id === action.el) : undefined;
  if ("el" in action && action.el !== undefined && !control) return refused;
  switch (action.action) {
    case "click":
    case "double_click":
      if (!control) return refused;
      if (control.role === "button") await question.answer(control.name !== "Cancel");
      return {};
    case "type":
      if (question.kind !== "prompt" || control?.role === "button") return refused;
      question.text = (action.clear ? "" : question.text) + action.text.replace(/\n$/, "");
      if (action.submit || action.text.endsWith("\n")) await question.answer(true);
      return {};
    case "key":
      return await pressed(question, action.keys) ? {} : refused;
    case "noop":
    case "wait":
    case "done":
    case "infeasible":
      return {};
    default:
      return refused;
  }
}

/** The first key decides; a question that follows waits for an answer of its own. */
async function pressed(question: Question, [key]: readonly string[]): Promise<boolean> {
  if (key !== "Enter" && key !== "Escape" && key !== "Esc") return false;
  await question.answer(key === "Enter" || question.kind === "alert");
  return true;
}

const failed = (code: ActionError["code"], message: string): Acted => ({ error: { code, message } });
