import { formatAction } from "../action/format.ts";
import type { ChatPart } from "../domain/chat.ts";
import { browserTabs, type Element, type Observation } from "../domain/observation.ts";
import type { PastStep, Point } from "../domain/point.ts";

export interface DescribeOptions {
  /** Past steps told, the newest ones. */
  readonly history: number;
  /** Lists the page's controls with their ids. */
  readonly elements: boolean;
  readonly axtree: boolean;
  readonly screenshot: boolean;
}

/** What a model is told of a point: the task, what was done so far, the page, its picture. Empty parts are left out. */
export function describePoint({ task, observation, history }: Point, o: DescribeOptions): readonly ChatPart[] {
  const past = o.history === 0 ? [] : history.slice(-o.history);
  const first = history.length - past.length + 1;
  const lines = [
    `Task: ${task.text}`,
    `Steps left: ${task.maxSteps - history.length} of ${task.maxSteps}`,
    ...past.length === 0 ? [] : ["", "Done so far:", ...past.map((step, i) => `${first + i}. ${stepText(step)}`)],
    "",
    `Page: ${observation.title} (${observation.url})`,
    ...dialogLines(observation),
    ...o.elements ? ["Visible controls:", ...elementLines(observation.elements)] : browserLines(observation),
    ...o.axtree && observation.axtree !== undefined ? ["Accessibility tree:", observation.axtree] : [],
  ];
  const text: ChatPart = { type: "text", text: lines.join("\n") };
  const { screenshot } = observation;
  return o.screenshot && screenshot ? [text, { type: "image", image: screenshot }] : [text];
}

/** A page as lines that compare across pages: title and address, a question of the browser's, controls without ids and places. */
export function pageLines(observation: Observation): readonly string[] {
  const { title, url, elements } = observation;
  return [
    `Page: ${title} (${url})`,
    ...dialogLines(observation),
    ...elements.map((element) => controlText(element)),
  ];
}

function stepText({ parsed, target, error }: PastStep): string {
  const said = parsed.ok ? formatAction(parsed.action, target) : `unreadable output (${parsed.code})`;
  return error ? `${said}: ${error.code}, ${error.message}` : said;
}

/** Every control of a row repeats the row's text. */
const longestNear = 80;

/** A native dialog is in no picture. */
function dialogLines({ dialog }: Observation): readonly string[] {
  return dialog ? [`The browser asks (${dialog.kind}): ${JSON.stringify(dialog.message)}`] : [];
}

/** Controls that no picture shows: those of a native dialog, and the tabs. */
function browserLines({ elements, dialog, tabs }: Observation): readonly string[] {
  if (!dialog && !tabs) return [];
  const shown = dialog ? elements : elements.filter((e) => e.region === browserTabs);
  return ["Controls of the browser:", ...elementLines(shown)];
}

function elementLines(elements: readonly Element[]): readonly string[] {
  return elements.map((element) => `[${element.id}] ${controlText(element)} at ${JSON.stringify(element.centre)}`);
}

function controlText({ role, name, value, states, near, region }: Element): string {
  return [
    `${role} ${JSON.stringify(name)}`,
    value === undefined ? "" : `value ${JSON.stringify(value)}`,
    states.length === 0 ? "" : `(${states.join(", ")})`,
    near === "" || near === name ? "" : `near ${JSON.stringify(near.slice(0, longestNear))}`,
    region === "" ? "" : `in ${region}`,
  ].filter((part) => part !== "").join(" ");
}
