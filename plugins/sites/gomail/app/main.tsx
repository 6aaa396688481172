import { asksBut, mount, selector } from "halo-agent/site/app";
import type { Event } from "../state/event.ts";
import { refusal } from "../state/faults.ts";
import { shortcutOf } from "../state/shortcuts.ts";
import { initialState } from "../state/initial.ts";
import type { GoMailState } from "../state/state.ts";
import { update } from "../state/update.ts";
import { focusAfter, scrollOf } from "./focus.ts";
import { Page } from "./page.tsx";
import { storage } from "./storage.ts";

/** A state with its view as a text, without the ticks in a list: those are the page's own. */
const kept = ({ view, ...state }: GoMailState) => ({
  ...state,
  view: JSON.stringify("selected" in view ? { ...view, selected: [] } : view),
});
const asksParts = asksBut<ReturnType<typeof kept>>(
  ...["searchInput", "menu", "compose", "reply", "dialog", "nextId", "banner"] as const,
);

mount<GoMailState, Event>({
  start: () => initialState({ mails: [] }),
  update,
  View: Page,
  look: ({ settings }) => `${settings.theme} ${settings.density}`,
  complete: (event, root) => event.type === "open-mail" ? { ...event, scroll: scrollOf(root) } : event,
  focusAfter,
  escape: (target) => ({
    type: "escape",
    inCompose: target !== null && target.closest(selector(".composer")) !== null,
  }),
  shortcut(state, key) {
    const what = shortcutOf(state, key);
    return what === "search" ? { focus: "search" } : what;
  },
  dismiss: ({ menu }) => menu === null ? undefined : { type: "dismiss" },
  storage,
  // A mail that is refused changes its window alone.
  asks: (before, after) =>
    asksParts(kept(before), kept(after)) || (after.compose?.alert === refusal && before.compose?.alert !== refusal),
});
