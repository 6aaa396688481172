import { asksBut, mount, scrollPanes } from "halo-agent/site/app";
import type { Event } from "../state/event.ts";
import { initialState } from "../state/initial.ts";
import { router } from "../state/router.ts";
import type { State } from "../state/state.ts";
import { update } from "../state/update.ts";
import { Page } from "./page.tsx";
import { storage } from "./storage.ts";

mount<State, Event>({
  start: () => initialState({}),
  update,
  View: Page,
  router,
  storage,
  asks: asksBut("menu", "dialog", "searchInput", "searchIn", "prices", "quantity", "picture", "banner"),
  escape: () => ({ type: "escape" }),
  shortcut: (_, key) => key === "/" ? { focus: "search" } : undefined,
  dismiss: ({ menu }) => menu === null ? undefined : { type: "dismiss" },
  focusAfter({ before, after, root }) {
    if (router.pathOf(before) !== router.pathOf(after)) scrollPanes(root);
  },
});
