import type { RoleTables } from "./role-tables.ts";
import type { Tree } from "./tree.ts";

/**
 * Runs inside the page: what an element is to a person or a screen reader. Ids, classes and `data-*` are never features.
 * Self-contained, because its source text is what the page receives.
 */
// deno-lint-ignore explicit-module-boundary-types
export function roles({ rootOf, focused, isOfOneField }: Tree, tables: RoleTables) {
  const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();
  const cut = (text: string): string => text.length > 200 ? text.slice(0, 200) : text;
  const notText = new Set(tables.notText);
  const fields = new Set(tables.fields);
  const interactive = new Set(tables.interactive);
  const { tagRoles } = tables;

  function inputRole(input: HTMLInputElement): string {
    const { type } = input;
    if (type === "hidden") return "";
    if (type === "checkbox" || type === "radio") return type;
    if (type === "range") return "slider";
    if (notText.has(type)) return "button";
    if (type === "number") return "spinbutton";
    if (input.hasAttribute("list")) return "combobox";
    return type === "search" ? "searchbox" : "textbox";
  }

  /** Whether an element is a native list whose options stand on the page, rather than in a list that opens. */
  const isListBox = (el: Element | null): boolean =>
    el?.localName === "select" && ((el as HTMLSelectElement).multiple || (el as HTMLSelectElement).size > 1);

  function implied(el: Element): string {
    const tag = el.localName;
    const plain = tagRoles[tag];
    if (plain !== undefined) return plain;
    if (tag === "a" || tag === "area") return el.hasAttribute("href") ? "link" : "";
    if (tag === "input") return inputRole(el as HTMLInputElement);
    if (tag === "select") return isListBox(el) ? "listbox" : "combobox";
    if (tag === "form" || tag === "section") {
      const isNamed = el.hasAttribute("aria-label") || el.hasAttribute("aria-labelledby");
      return isNamed ? (tag === "form" ? "form" : "region") : "";
    }
    return el.hasAttribute("contenteditable") && (el as HTMLElement).isContentEditable ? "textbox" : "";
  }

  function roleOf(el: Element): string {
    const written = el.getAttribute("role")?.trim().split(/\s+/)[0]?.toLowerCase();
    if (written !== "presentation" && written !== "none") return written || implied(el);
    // What takes clicks and keys by itself cannot be told to be nothing.
    const own = implied(el);
    return interactive.has(own) ? own : "";
  }

  /** Whether an element is kept from being seen, by itself or around it; what has no box of its own is not. */
  const isUnseen = (el: Element): boolean =>
    !el.checkVisibility({ visibilityProperty: true }) && getComputedStyle(el).display !== "contents";

  const silent = new Set(["script", "style", "svg", "textarea", "select"]);
  /** The text of an element, less what is kept from view in it; of one that is itself out of view, as some labels are, the whole. */
  function textOf(el: Element): string {
    let text = "";
    const isHidden = isUnseen(el);
    const visit = (node: Node): void => {
      if (node.nodeType === 3) text += `${node.nodeValue} `;
      else if (node.nodeType === 1) {
        const child = node as Element;
        if (silent.has(child.localName) || (child !== el && !isHidden && isUnseen(child))) return;
        if (child.getAttribute("aria-hidden") === "true" && child !== el) return;
        if (child.localName === "img") text += `${child.getAttribute("alt") ?? ""} `;
        const slotted = child.localName === "slot" ? (child as HTMLSlotElement).assignedNodes() : [];
        if (slotted.length > 0) slotted.forEach(visit);
        else for (let n = (rootOf(child) ?? child).firstChild; n; n = n.nextSibling) visit(n);
      }
    };
    visit(el);
    return squeeze(text);
  }

  /** The name an author gave: `aria-labelledby`, else `aria-label`. */
  function givenName(el: Element): string {
    const ids = el.getAttribute("aria-labelledby");
    const root = el.getRootNode() as Document | ShadowRoot;
    const labels = ids?.split(/\s+/).map((id) => root.getElementById?.(id)) ?? [];
    return squeeze(labels.map((label) => label ? textOf(label) : "").join(" ")) ||
      squeeze(el.getAttribute("aria-label") ?? "");
  }

  /** The labels of a field; of an element that a page defines, too, where it takes part in forms. */
  function labelsOf(el: Element): readonly Element[] {
    const { labels } = el as HTMLInputElement;
    if (labels) return Array.from(labels);
    if (!el.localName.includes("-")) return [];
    const root = el.getRootNode() as Document | ShadowRoot;
    return Array.from(root.querySelectorAll("label")).filter(({ control }) => control === el);
  }

  /** What names the element whose one field this is: a field in a shadow tree often has no name of its own. */
  function hostName(el: Element): string {
    const root = el.getRootNode() as ShadowRoot;
    if (!root.host || !isOfOneField(root)) return "";
    return givenName(root.host) || squeeze(labelsOf(root.host).map(textOf).join(" ")) || hostName(root.host);
  }

  function nameOf(el: Element, role: string): string {
    const given = givenName(el);
    if (given) return given;
    const { type } = el as HTMLInputElement;
    const label = squeeze(labelsOf(el).map(textOf).join(" "));
    if (label) return label;
    if (el.localName === "input" && (type === "button" || type === "submit" || type === "reset")) {
      return squeeze((el as HTMLInputElement).value) ||
        (type === "button" ? "" : type === "submit" ? "Submit" : "Reset");
    }
    const text = fields.has(role) ? "" : textOf(el);
    return text ||
      (fields.has(role) ? hostName(el) : "") ||
      squeeze(el.getAttribute("alt") ?? el.getAttribute("title") ?? el.getAttribute("placeholder") ?? "") ||
      squeeze(el.querySelector("svg > title")?.textContent ?? "") ||
      placeOf(el);
  }

  /** "2 of 5", of one in a row of nameless ones, as a screen reader says it. */
  function placeOf(el: Element): string {
    const place = el.getAttribute("aria-posinset"), of = el.getAttribute("aria-setsize");
    return place && of ? `${place} of ${of}` : "";
  }

  function isEditable(el: Element): boolean {
    if ((el as HTMLElement).isContentEditable) return true;
    const { localName, type, readOnly } = el as HTMLInputElement;
    const takesText = localName === "textarea" || (localName === "input" && !notText.has(type));
    return takesText && !readOnly && !el.matches(":disabled");
  }

  function valueOf(el: Element): string | undefined {
    const tag = el.localName;
    if (tag === "select") {
      return Array.from((el as HTMLSelectElement).selectedOptions, (o) => squeeze(o.text)).join(", ");
    }
    const input = el as HTMLInputElement;
    if (tag === "input" && input.type === "password") return "•".repeat(input.value.length);
    if (tag === "input" && input.type === "range") return input.value;
    if (tag === "textarea" || (tag === "input" && !notText.has(input.type))) return input.value;
    if (isEditable(el)) return textOf(el);
    const told = el.getAttribute("aria-valuetext") ?? el.getAttribute("aria-valuenow");
    return told ?? (showsValue.has(roleOf(el)) ? shownIn(el) || undefined : undefined);
  }

  /** The text in a field that is no input, less the name that stands in it. */
  function shownIn(el: Element): string {
    const text = textOf(el), name = nameOf(el, roleOf(el));
    return text.startsWith(name) ? text.slice(name.length).trim() : text;
  }

  /** Fields that show their value as a text of their own where no input does. */
  const showsValue = new Set(["combobox", "textbox", "searchbox", "spinbutton"]);

  /** Whether what an element opens and closes is open, by ARIA or by what HTML ties to it; undefined where it opens nothing. */
  function isExpanded(el: Element): boolean | undefined {
    const written = el.getAttribute("aria-expanded");
    if (written === "true" || written === "false") return written === "true";
    const parent = el.parentElement;
    if (el.localName === "summary" && parent?.localName === "details") return (parent as HTMLDetailsElement).open;
    return (el as HTMLButtonElement).popoverTargetElement?.matches(":popover-open");
  }

  /** Sorted by name. */
  function statesOf(el: Element): string[] {
    const states: string[] = [];
    const aria = (name: string) => el.getAttribute(`aria-${name}`);
    const { localName, type, checked, required } = el as HTMLInputElement;
    const isTicked = localName === "input" && (type === "checkbox" || type === "radio");
    const current = aria("current");
    if (aria("checked") === "true" || (isTicked && checked)) states.push("checked");
    const isOpen = isExpanded(el);
    if (isOpen === false) states.push("collapsed");
    if (el.matches(":disabled") || aria("disabled") === "true") states.push("disabled");
    if (isEditable(el)) states.push("editable");
    if (isOpen === true) states.push("expanded");
    if (focused() === el) states.push("focused");
    if (localName === "textarea" || aria("multiline") === "true" || (el as HTMLElement).isContentEditable) {
      states.push("multiline");
    }
    if (aria("pressed") === "true") states.push("pressed");
    if (required === true || aria("required") === "true") states.push("required");
    const isChosen = localName === "option" && (el as HTMLOptionElement).selected;
    if (isChosen || aria("selected") === "true" || (current !== null && current !== "false")) states.push("selected");
    return states;
  }

  return { squeeze, cut, isListBox, roleOf, textOf, givenName, nameOf, isEditable, valueOf, statesOf };
}

export type Roles = ReturnType<typeof roles>;
