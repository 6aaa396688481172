import type { Action } from "../domain/action.ts";
import type { Element } from "../domain/observation.ts";
import type { Transition } from "../domain/reward.ts";

/** A page as a site's reader sees it: controls, their names, values and states, nothing else. Sites add what they read. */
export interface PageView {
  readonly elements: readonly Element[];
  /** Text of the message about what was done, "" where it cannot be read, undefined without message. */
  readonly notice: string | undefined;
}

/** A control as a person would name it. */
export interface Control {
  readonly role: string;
  readonly name: string;
  readonly region?: string;
  /** Whether more may follow the name, such as the day an option stands for. */
  readonly begins?: true;
}

/** The button of a name, in a region where one is given. */
export function button(name: string, region?: string): Control {
  return { role: "button", name, ...(region && { region }) };
}

/** The text field of a name, in a region where one is given. */
export function textbox(name: string, region?: string): Control {
  return { ...button(name, region), role: "textbox" };
}

/** True when an element is this control, whatever its region. */
export function isControl(element: Element, { role, name, begins }: Control): boolean {
  return element.role === role && (element.name === name || (begins === true && element.name.startsWith(`${name} `)));
}

/** The control of a page, if it is in view. */
export function find({ elements }: PageView, wanted: Control): Element | undefined {
  return elements.find((e) => isControl(e, wanted) && (wanted.region === undefined || e.region === wanted.region));
}

/** Text beside the button that every message of a site has, for `PageView.notice`. */
export function noticeBeside(elements: readonly Element[], button: string): string | undefined {
  return elements.find((e) => e.role === "button" && e.name === button)?.near;
}

/** True when a message is in view and, as far as it can be read, begins with `text`. */
export function says({ notice }: PageView, text: string): boolean {
  return notice !== undefined && (notice === "" || notice.startsWith(text));
}

/** One step of an episode as its pages show it. */
export interface Look<P extends PageView = PageView> {
  readonly from: P;
  readonly to: P;
  /** Control of `from` that the action landed on, as far as it can be told. */
  readonly acted: Element | undefined;
  readonly isScroll: boolean;
}

/** The control an action landed on: by id, else the one whose centre is nearest to its place, else the focused one. */
export function actedOn({ parsed, from }: Pick<Transition, "from"> & Partial<Transition>): Element | undefined {
  if (parsed?.ok !== true) return undefined;
  const { action } = parsed;
  if ("el" in action && action.el !== undefined) return from.elements.find((e) => e.id === action.el);
  if ("at" in action && action.at !== undefined) return nearest(from.elements, action.at);
  return from.elements.find((e) => e.states.includes("focused"));
}

function nearest(elements: readonly Element[], [x, y]: readonly [number, number]): Element | undefined {
  let best: Element | undefined;
  let least = Infinity;
  for (const e of elements) {
    const [dx, dy] = [e.centre[0] - x, e.centre[1] - y];
    if (dx * dx + dy * dy < least) [best, least] = [e, dx * dx + dy * dy];
  }
  return best;
}

/** A click on an element; undefined when there is none. */
export function press(element: Element | undefined): Action | undefined {
  return element === undefined ? undefined : { action: "click", el: element.id };
}

/** Makes a field read `text`; looks further down the page when the field is not in view. */
export function fill(field: Element | undefined, text: string): Action {
  if (field === undefined) return lookFurther;
  return { action: "type", el: field.id, text, ...((field.value ?? "") !== "" && { clear: true }) };
}

/** Scrolls down by most of a screen. */
export const lookFurther: Action = { action: "scroll", dy: 600 };
