import type { ControlView, PageView } from "./page-view.ts";

/** One message of a conversation, as training data sets hold it. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

const task = "You operate a web page. Answer with one action as a JSON object and nothing else.";

/** What a model is asked at a recorded page: the goal, what was done so far, and the controls. */
export function promptMessages(
  { goal, page, done }: { readonly goal: string; readonly page: PageView; readonly done: readonly string[] },
): readonly Message[] {
  const content = [
    `Goal: ${goal}`,
    ...(done.length > 0 ? ["Done so far:", ...done.map((said, i) => `${i + 1}. ${said}`)] : []),
    `Page: ${page.title} (${page.url})`,
    ...(page.dialog === undefined ? [] : [`Dialog: ${page.dialog}`]),
    "Controls:",
    ...page.controls.map(controlText),
  ].join("\n");
  return [{ role: "system", content: task }, { role: "user", content }];
}

function controlText({ id, role, name, value, states, centre }: ControlView): string {
  const parts = [id, role, JSON.stringify(name), value === undefined ? "" : `= ${JSON.stringify(value)}`, ...states];
  return `${parts.filter((part) => part !== "").join(" ")} at ${JSON.stringify(centre)}`;
}
