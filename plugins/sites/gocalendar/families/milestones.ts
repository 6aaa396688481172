import { button, chosen, done, fill, find, lookFurther, ready, shown, sight, textbox, written } from "halo-agent/site";
import type { Control, Milestone, PageView } from "halo-agent/site";
import { readDate, readHour } from "../state/time.ts";

export const menuItem = (name: string): Control => ({ role: "menuitem", name });

const searchField: Control = { role: "searchbox", name: "Search events" };
const detailsOf = (title: string): string => `dialog:Details of ${title}`;
/** Region of the page on which an event is changed. */
export const pageOf = (title: string): string => `main:Edit event ${title}`;

const chipOf = ({ elements }: PageView, title: string) =>
  elements.find((e) => e.role === "button" && e.name.startsWith(`Open event ${title}, `));

/** The meant event was found by a search for its title. */
export function found(title: string): Milestone {
  const isFound = (page: PageView): boolean =>
    find(page, searchField)?.value === title && chipOf(page, title) !== undefined;
  return {
    name: "found",
    value: 0.3,
    role: "way",
    stands: (page) => isFound(page) || opened(title).stands(page),
    reached: ({ to }) => isFound(to) && `"${title}" is found`,
    towards: ({ page }) => {
      const field = find(page, searchField);
      return field ? { action: "type", el: field.id, text: title, clear: true, submit: true } : lookFurther;
    },
  };
}

/** The meant event is open, in its window or on its page. */
export function opened(title: string): Milestone {
  const stands = ({ elements }: PageView): boolean =>
    elements.some(({ region }) => region === detailsOf(title) || region === pageOf(title));
  const by = (page: PageView) => chipOf(page, title);
  return sight({ name: "event", value: 0.3, role: "hand", stands, says: `"${title}" is open`, by });
}

/** The open event was deleted. */
export const deleted = (title: string): Milestone =>
  done({
    name: "deleted",
    value: 0.5,
    button: button("Delete", detailsOf(title)),
    gone: button("Delete"),
    notice: "Event deleted",
  });

/** The meant event is open on its page. */
export const editing = (title: string): readonly Milestone[] => [
  opened(title),
  shown({ name: "form", value: 0.2, control: textbox("Title", pageOf(title)), by: button("Edit", detailsOf(title)) }),
];

/** A field reads a text that means the same. */
function means(
  { read, ...o }: {
    readonly name: string;
    readonly value: number;
    readonly field: Control;
    readonly text: string;
    readonly read: (text: string) => string | undefined;
  },
): Milestone {
  const stands = (page: PageView): boolean => {
    const value = find(page, o.field)?.value;
    return value !== undefined && read(value) !== undefined && read(value) === read(o.text);
  };
  return {
    name: o.name,
    value: o.value,
    role: "content",
    stands,
    reached: ({ to }) => stands(to) && `${o.field.name} is ${o.text}`,
    towards: ({ page }) => fill(find(page, o.field), o.text),
  };
}

/** A field for a day or a time means this one. */
export const dated = (name: string, field: Control, text: string): Milestone =>
  means({ name, value: 0.2, field, text, read: readDate });
export const timed = (name: string, field: Control, text: string): Milestone =>
  means({ name, value: 0.2, field, text, read: readHour });

/** A list of choices is open, then shows the option as chosen. */
export function picked(name: string, list: string, option: string): readonly Milestone[] {
  const closed = (page: PageView) => page.elements.find((e) => e.role === "button" && e.name.startsWith(`${list}: `));
  const stands = (page: PageView): boolean => closed(page)?.name === `${list}: ${option}`;
  const offered: Control = { role: "option", name: option };
  const seen = (page: PageView): boolean => find(page, offered) !== undefined;
  return [
    sight({
      name: `${name}_list`,
      value: 0.1,
      role: "way",
      stands: (page) => seen(page) || stands(page),
      seen,
      says: `"${option}" is offered`,
      by: closed,
    }),
    sight({ name, value: 0.2, role: "content", stands, says: `${list} is "${option}"`, by: offered }),
  ];
}

/** A box of a form is ticked. */
export const boxed = (name: string, box: string): Milestone =>
  chosen({ name, value: 0.2, option: { role: "checkbox", name: box } });

/** All fields are right, then they were saved. */
export const saved = (
  { button: name = "Save", gone, notice }: {
    readonly button?: string;
    readonly gone: Control;
    readonly notice: string;
  },
): readonly Milestone[] => [
  ready({ name: "save", value: 0.2, button: button(name) }),
  done({ name: "created", value: 0.5, button: button(name), gone, notice }),
];

/** The window for something new is open and has this title. */
export function begun(kind: "event" | "task", title: string): readonly Milestone[] {
  const field = textbox("Title", `dialog:New ${kind}`);
  const item = menuItem(kind === "event" ? "Event" : "Task");
  return [
    shown({ name: "create", value: 0.3, control: item, by: button("Create") }),
    shown({ name: "form", value: 0.1, control: field, by: item }),
    written({ name: "title", value: 0.2, field, text: title }),
  ];
}
