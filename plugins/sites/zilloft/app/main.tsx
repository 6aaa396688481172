import { asksBut, mount } from "halo-agent/site/app";
import type { Event } from "../state/event.ts";
import { initialState } from "../state/initial.ts";
import { eventAt, pathOf } from "../state/routes.ts";
import type { ZilloftState } from "../state/state.ts";
import { update } from "../state/update.ts";
import { focusAfter } from "./focus.ts";
import { Page } from "./page.tsx";
import { storage } from "./storage.ts";

const asksParts = asksBut<ZilloftState>(
  "input",
  "isOffering",
  "panel",
  "menu",
  "photo",
  "form",
  "cancelling",
  "banner",
);

mount<ZilloftState, Event>({
  start: () => initialState({}),
  update,
  View: Page,
  focusAfter,
  escape: () => ({ type: "escape" }),
  dismiss: ({ panel, menu, isOffering }) =>
    panel !== null || menu !== null || isOffering ? { type: "dismiss" } : undefined,
  storage,
  router: { pathOf, eventAt },
  // A request that fails changes its form alone.
  asks: (before, after) => asksParts(before, after) || (after.form?.problem ?? "") !== (before.form?.problem ?? ""),
});
