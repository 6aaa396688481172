import type { Event } from "./event.ts";
import { openMail, targetsOf } from "./select.ts";
import type { GoMailState } from "./state.ts";

/** The keyboard shortcuts as the help shows them, in groups. */
export const shortcutHelp:
  readonly (readonly [group: string, keys: readonly (readonly [key: string, what: string])[]])[] = [
    ["Everywhere", [
      ["c", "Compose"],
      ["/", "Search mail"],
      ["z", "Undo the last action"],
      ["?", "Show this help"],
    ]],
    ["In a list", [
      ["j", "Next row"],
      ["k", "Previous row"],
      ["o", "Open the row"],
      ["x", "Select the row"],
      ["u", "Back to the list"],
    ]],
    ["Selected or open mail", [
      ["e", "Archive"],
      ["#", "Delete"],
      ["!", "Report spam"],
      ["s", "Star or unstar"],
      ["Shift+i", "Mark as read"],
      ["Shift+u", "Mark as unread"],
      ["b", "Snooze"],
      ["l", "Labels"],
      ["v", "Move to"],
    ]],
    ["Open mail", [
      ["r", "Reply"],
      ["a", "Reply to all"],
      ["f", "Forward"],
      ["j", "Older mail"],
      ["k", "Newer mail"],
    ]],
  ];

/** What a key does outside of text fields; "search" puts the caret into the search field. */
export function shortcutOf(state: GoMailState, key: string): Event | "search" | undefined {
  if (state.settings.shortcuts === "off" || state.dialog !== null) return undefined;
  switch (key) {
    case "c":
      return { type: "compose" };
    case "/":
      return "search";
    case "?":
      return { type: "open-dialog", name: "shortcuts" };
    case "z":
      return { type: "undo" };
    case "j":
    case "k":
      return { type: "step-mail", by: key === "j" ? 1 : -1 };
    case "u":
      return state.view.name === "list" ? undefined : { type: "back" };
  }
  return onRow(state, key) ?? onOpen(state, key) ?? onTargets(state, key);
}

function onRow({ view }: GoMailState, key: string): Event | undefined {
  if (view.name !== "list" || view.cursor === undefined) return undefined;
  if (key === "o") return { type: "open-mail", id: view.cursor };
  return key === "x" ? { type: "select", id: view.cursor } : undefined;
}

function onOpen(state: GoMailState, key: string): Event | undefined {
  const mail = openMail(state);
  if (mail === undefined || mail.folder === "scheduled") return undefined;
  if (key === "r" || key === "a") return { type: "reply", all: key === "a" };
  return key === "f" ? { type: "forward" } : undefined;
}

function onTargets(state: GoMailState, key: string): Event | undefined {
  const targets = targetsOf(state);
  if (targets.length === 0) return undefined;
  const isIn = (...folders: readonly string[]): boolean => targets.every((e) => folders.includes(e.folder));
  switch (key) {
    case "e":
      return isIn("inbox") ? { type: "move", to: "archive" } : undefined;
    case "#":
      return isIn("trash") ? undefined : { type: "move", to: "trash" };
    case "!":
      return isIn("inbox", "archive") ? { type: "move", to: "spam" } : undefined;
    case "s":
      return { type: "star-targets" };
    case "I":
    case "U":
      return { type: "mark", isRead: key === "I" };
    case "b":
      return isIn("inbox", "archive") ? { type: "toggle-menu", menu: "snooze" } : undefined;
    case "l":
      return isIn("spam", "trash", "drafts") ? undefined : { type: "toggle-menu", menu: "labels" };
    case "v":
      return isIn("inbox", "archive") ? { type: "toggle-menu", menu: "move" } : undefined;
  }
  return undefined;
}
