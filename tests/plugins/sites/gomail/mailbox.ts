import type { Action } from "../../../../core/domain/action.ts";
import type { Element, Observation } from "../../../../core/domain/observation.ts";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { listView, openMail, pageOf, rowsOf } from "../../../../plugins/sites/gomail/state/select.ts";
import type { Dialog } from "../../../../plugins/sites/gomail/state/window.ts";
import type { Email, GoMailState, SettingsView } from "../../../../plugins/sites/gomail/state/state.ts";
import { momentText } from "../../../../core/site.ts";
import { sendPresets, snoozePresets } from "../../../../plugins/sites/gomail/state/time.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { composer, letter, menu, notice, page, row, search } from "./pages.ts";
import type { Part } from "./pages.ts";

/** The mail site without a browser: its state and how far the list is scrolled. */
export interface Mailbox {
  readonly state: GoMailState;
  readonly scrolled: number;
}

const rowsInView = 13;
const nameOf = (mail: Email): string => `${mail.from}, ${mail.subject}`;
const folders = ["Inbox", "Starred", "Sent", "Scheduled", "Drafts", "Archive", "Spam", "Trash"];
const tabs = ["General", "Vacation responder"];

/** The controls a user would see. */
export function show({ state, scrolled }: Mailbox): Observation {
  const { view, compose, reply, dialog } = state;
  if (dialog !== null) return page(dialogOf(dialog));
  const list = view.name === "settings" || view.name === "contacts" ? "" : listView(state).folder;
  const bar = [...toolbarOf(list), ...menuOf(state)];
  const opened = openMail(state);
  const open = opened && letter(nameOf(opened), { starred: opened.isStarred, ...(reply && { reply: reply.body }) });
  const selected = view.name === "list" ? view.selected : [];
  const shown = view.name === "list"
    ? pageOf(rowsOf(state, view), view).shown.slice(scrolled, scrolled + rowsInView)
    : [];
  return page(
    { role: "button", name: "Compose" },
    ...folders.map((name) => ({ role: "link", name, states: name.toLowerCase() === list ? ["selected"] : [] })),
    { role: "button", name: "Create new label" },
    search(state.searchInput),
    ...["Contacts", "Settings"].map((name) => ({ role: "button", name })),
    ...(view.name === "settings"
      ? settingsOf(view)
      : view.name === "contacts"
      ? [{ role: "button", name: "Add contact" }]
      : []),
    open ? [...open, ...bar, { role: "button", name: "Forward" }] : selected.length > 0 ? bar : [],
    ...shown.map((mail) => row(nameOf(mail), { selected: selected.includes(mail.id), starred: mail.isStarred })),
    compose === null ? [] : [
      ...composer({ to: compose.toInput, chips: [...compose.to], subject: compose.subject, text: compose.body }),
      compose.showCc
        ? { role: "textbox", name: "Cc", value: compose.cc, region: "dialog:New message" }
        : { role: "button", name: "Add Cc and Bcc", region: "dialog:New message" },
      { role: "button", name: "Close", region: "dialog:New message" },
      { role: "button", name: "Schedule send", region: "dialog:New message" },
      ...(state.menu === "schedule" ? menuOf(state) : []),
      { role: "button", name: "Discard draft", region: "dialog:New message" },
    ],
    reply === null ? [] : { role: "button", name: "Discard reply", region: "region:Reply" },
    state.snackbar?.undo ? notice(state.snackbar.message) : [],
  );
}

function toolbarOf(list: string): Part[] {
  const names = list === "spam"
    ? ["Not spam", "Delete forever"]
    : list === "trash"
    ? ["Move to inbox", "Delete forever"]
    : ["Archive", "Report spam", "Delete", "Mark as read", "Mark as unread", "Snooze", "Labels"];
  return names.map((name) => ({ role: "button", name }));
}

function menuOf({ menu: open, labels, clock }: GoMailState): Part[] {
  const items = open === "snooze" ? snoozePresets(clock) : open === "schedule" ? sendPresets(clock) : [];
  const presets = items.map(({ name, at }) => ({ role: "menuitem", name: `${name} ${momentText(at)}` }));
  return open === "labels" ? menu(...labels) : presets;
}

function settingsOf({ tab, draft }: SettingsView): Part[] {
  const radio = (name: string, isOn: boolean) => ({ role: "radio", name, states: isOn ? ["checked"] : [] });
  const fields = tab === "general"
    ? [
      ...[10, 25, 50].map((n) => radio(`Page size: ${n}`, draft.pageSize === n)),
      { role: "textbox", name: "Signature", value: draft.signature },
    ]
    : [
      ...["Off", "On"].map((name) => radio(`Vacation responder: ${name}`, draft.vacation === name.toLowerCase())),
      { role: "textbox", name: "Vacation message", value: draft.vacationText },
    ];
  return [...tabs.map((name) => ({ role: "tab", name })), ...fields, { role: "button", name: "Save changes" }];
}

function dialogOf(dialog: Dialog): Part[] {
  const isContact = dialog.name === "contact";
  const region = isContact ? "dialog:New contact" : "dialog:New label";
  const fields = dialog.name === "contact"
    ? [["Name", dialog.form.fullName], ["Address", dialog.form.email]]
    : [["Label name", "value" in dialog ? dialog.value : ""]];
  return [
    ...fields.map(([name = "", value = ""]) => ({ role: "textbox", name, value, region })),
    { role: "button", name: "Cancel", region },
    { role: "button", name: isContact ? "Save" : "Create", region },
  ];
}

/** What an action on the shown page makes of the mailbox. */
export function act(box: Mailbox, action: Action): Mailbox {
  if (action.action === "scroll") {
    return { ...box, scrolled: Math.max(0, box.scrolled + Math.round((action.dy ?? 0) / 44)) };
  }
  const el = "el" in action ? action.el : undefined;
  const element = show(box).elements.find((e) => e.id === el);
  if (element === undefined) throw new Error(`nothing on the page for ${JSON.stringify(action)}`);
  const events = action.action === "type" ? typed(element, action) : [clicked(box.state, element)];
  const state = events.reduce(update, box.state);
  return { state, scrolled: state.view === box.state.view || state.view.name !== "list" ? box.scrolled : 0 };
}

function typed(element: Element, { text, clear, submit }: Action & { action: "type" }): Event[] {
  const value = (clear ? "" : element.value ?? "") + text;
  if (element.role === "searchbox") {
    return [{ type: "search-input", text: value }, ...(submit ? [{ type: "search" } as const] : [])];
  }
  if (element.name === "Reply message") return [{ type: "reply-input", text: value }];
  const settings = { "Signature": "signature", "Vacation message": "vacationText" } as const;
  if (element.name in settings) {
    return [{ type: "settings-input", field: settings[element.name as keyof typeof settings], text: value }];
  }
  if (element.region === "dialog:New contact") {
    return [{ type: "dialog-input", field: element.name === "Name" ? "fullName" : "email", text: value }];
  }
  if (element.name === "Label name") return [{ type: "label-input", text: value }];
  const fields = { To: "toInput", Cc: "cc", Subject: "subject", Message: "body" } as const;
  const field = fields[element.name as keyof typeof fields];
  const blur: Event[] = field === "toInput" ? [] : [{ type: "commit-recipient", by: "blur" }];
  return [...blur, { type: "compose-input", field, text: value }];
}

function clicked(state: GoMailState, { role, name, region }: Element): Event {
  const id = state.emails.find((mail) => name.endsWith(` email from ${nameOf(mail)}`))?.id ?? "";
  if (role === "menuitemcheckbox") return { type: "toggle-label", label: name };
  if (role === "link" && folders.includes(name)) return { type: "open-list", folder: name.toLowerCase() };
  if (name.startsWith("Remove ") && name.includes("@")) return { type: "remove-recipient", address: name.slice(7) };
  const presets = state.menu === "snooze" ? snoozePresets(state.clock) : sendPresets(state.clock);
  const preset = presets.find((p) => name.startsWith(`${p.name} `));
  if (role === "menuitem" && preset !== undefined) {
    return state.menu === "snooze" ? { type: "snooze", until: preset.at } : { type: "schedule-send", at: preset.at };
  }
  if (role === "tab") return { type: "open-settings", tab: name === "General" ? "general" : "vacation" };
  const [setting, value = ""] = name.split(": ");
  if (setting === "Page size") return { type: "settings-choose", field: "pageSize", value: Number(value) };
  if (setting === "Vacation responder") {
    return { type: "settings-choose", field: "vacation", value: value.toLowerCase() };
  }
  const exact: Readonly<Record<string, Event>> = {
    "Report spam": { type: "move", to: "spam" },
    "Not spam": { type: "move", to: "inbox" },
    "Move to inbox": { type: "move", to: "inbox" },
    "Delete forever": { type: "delete-forever" },
    "Snooze": { type: "toggle-menu", menu: "snooze" },
    "Schedule send": { type: "toggle-menu", menu: "schedule" },
    "Forward": { type: "forward" },
    "Contacts": { type: "open-contacts" },
    "Add contact": { type: "edit-contact", address: "" },
    "Save": { type: "confirm" },
    "Settings": { type: "open-settings", tab: "general" },
    "Save changes": { type: "save-settings" },
  };
  if (role === "button" && exact[name] !== undefined) return exact[name];
  const events: Readonly<Record<string, Event>> = {
    "Close": { type: "close-compose" },
    "Create": name === "Create" ? { type: "create-label" } : { type: "new-label" },
    "Cancel": { type: "escape", inCompose: false },
    "Mark": { type: "mark", isRead: name === "Mark as read" },
    "Undo": { type: "undo" },
    "Expand": { type: "minimize" },
    "Open": { type: "open-mail", id },
    "Select": { type: "select", id },
    "Add": name === "Add Cc and Bcc" ? { type: "show-cc" } : { type: "star", id },
    "Remove": { type: "star", id },
    "Compose": { type: "compose" },
    "Back": { type: "back" },
    "Archive": { type: "move", to: "archive" },
    "Delete": { type: "move", to: "trash" },
    "Labels": { type: "toggle-menu", menu: "labels" },
    "Reply": { type: "reply", all: false },
    "Send": region === "region:Reply" ? { type: "send-reply" } : { type: "send" },
    "Discard": name === "Discard reply" ? { type: "discard-reply" } : { type: "discard-draft" },
  };
  return events[name.split(" ")[0]!]!;
}
