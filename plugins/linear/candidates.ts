import type { Action, Element, Observation } from "halo-agent";
import type { GoalParts, Span } from "./spans.ts";

/** One thing the policy could do now, with what it consists of. */
export interface Candidate {
  readonly action: Action;
  readonly verb: "click" | "type" | "enter" | "select" | "scroll_down" | "scroll_up" | "done";
  readonly element?: Element;
  readonly span?: Span;
}

const scrollPx = 480;

/** What the candidates may be besides those of every page. */
export interface Wider {
  /** True when fields are clicked, too. */
  readonly clicksFields?: boolean;
  /** True when only fields that hold nothing are typed into. */
  readonly keepsFilled?: boolean;
  /** True when the goal's texts are chosen from native lists. */
  readonly selects?: boolean;
  /** Texts to type besides the goal's. */
  readonly texts?: readonly Span[];
  /** Which of those may be typed into a field; all of them when absent. */
  readonly takes?: (field: Element, text: Span) => boolean;
}

const isList = ({ role, value }: Element): boolean =>
  (role === "combobox" || role === "listbox") && value !== undefined;

/** Visible elements × verbs × spans of the goal, in document order; the same page and goal always give the same list. */
export function candidatesOf(
  { elements }: Observation,
  { spans }: GoalParts,
  { clicksFields = false, keepsFilled = false, selects = false, texts = [], takes = () => true }: Wider = {},
): readonly Candidate[] {
  const list: Candidate[] = [];
  for (const element of elements) {
    if (element.states.includes("disabled")) continue;
    const el = element.id;
    if (!element.states.includes("editable")) {
      list.push({ action: { action: "click", el }, verb: "click", element });
      // A list that tells what is chosen in it is the browser's own; one that a page draws is opened, and its options are clicked.
      for (const span of selects && isList(element) ? spans : []) {
        if (span.text === element.value) continue;
        list.push({ action: { action: "select", el, options: [span.text] }, verb: "select", element, span });
      }
      continue;
    }
    if (clicksFields) list.push({ action: { action: "click", el }, verb: "click", element });
    if (keepsFilled && element.value) continue;
    for (const span of [...spans, ...texts.filter((text) => takes(element, text))]) {
      const { text } = span;
      list.push({ action: { action: "type", el, text, clear: true }, verb: "type", element, span });
      if (element.role === "searchbox") {
        list.push({ action: { action: "type", el, text, clear: true, submit: true }, verb: "enter", element, span });
      }
    }
  }
  list.push({ action: { action: "scroll", dy: scrollPx }, verb: "scroll_down" });
  list.push({ action: { action: "scroll", dy: -scrollPx }, verb: "scroll_up" });
  list.push({ action: { action: "done" }, verb: "done" });
  return list;
}
