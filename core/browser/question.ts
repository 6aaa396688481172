import type { Dialog } from "playwright-core";
import type { Element, NativeDialog } from "../domain/observation.ts";

/** Thrown by calls to a page that stands still because it asks a question; the question is an observation, no fault. */
export class PageAsks extends Error {}

/** A native dialog that waits for its answer. */
export interface Question extends NativeDialog {
  /** What stands in the field of a prompt. */
  text: string;
  answer: (isAccepted: boolean) => Promise<void>;
}

/** Makes a question of Playwright's dialog. */
export function questionOf(dialog: Dialog): Question {
  const kind = dialog.type() as NativeDialog["kind"];
  const question: Question = {
    kind,
    message: kind === "beforeunload" ? "Leave this page? Changes that were made may not be saved." : dialog.message(),
    text: dialog.defaultValue(),
    answer: (isAccepted) =>
      isAccepted ? dialog.accept(kind === "prompt" ? question.text : undefined) : dialog.dismiss(),
  };
  return question;
}

/** What a native dialog shows as elements of an observation: a prompt's field, then the buttons. */
export function elementsOf({ kind, message, text }: Question): readonly Element[] {
  const shown = message.replace(/\s+/g, " ").trim().slice(0, 200);
  const region = `${kind === "alert" ? "alertdialog" : "dialog"}:${shown}`;
  const control = (role: string, name: string, rest: Partial<Element> = {}): Omit<Element, "id"> => ({
    role,
    name,
    states: [],
    near: shown,
    region,
    centre: [500, 0],
    ...rest,
  });
  const isLeaving = kind === "beforeunload";
  const controls = [
    ...(kind === "prompt" ? [control("textbox", shown, { value: text, states: ["editable", "focused"] })] : []),
    control("button", isLeaving ? "Leave" : "OK"),
    ...(kind === "alert" ? [] : [control("button", "Cancel")]),
  ];
  return controls.map((one, i) => ({ id: `e${i}`, ...one }));
}
