import { reducer, same, snackbarAt, without } from "halo-agent/site";
import type { Event } from "./event.ts";
import { homeOf } from "./homes.ts";
import { batch, homeTypes, plainSearch, type Search, type Undo, type View, type ZilloftState } from "./state.ts";
import { updateForm } from "./update-form.ts";

/** The state after an event. Pure. */
export const update = reducer<ZilloftState, Event>({
  apply,
  isTyping: ({ type }) => type === "search-input" || type === "form-input",
  keepsMenu: ({ type }) => type === "menu",
});

function apply(state: ZilloftState, event: Event): ZilloftState {
  switch (event.type) {
    case "go":
      return go(state, event.view);
    case "go-deal":
      return results(state, { ...plainSearch, deal: event.deal });
    case "search-input":
      return { ...state, input: event.text, isOffering: true };
    case "search":
      return results(state, { ...state.search, place: (event.place ?? state.input).trim() });
    case "panel":
    case "price-list":
    case "draft":
    case "apply":
      return updatePanel(state, event);
    case "reset":
      return results(state, { ...plainSearch, place: state.search.place });
    case "more":
      return { ...state, shown: state.shown + batch };
    case "menu":
      return { ...state, menu: state.menu === null ? "order" : null, panel: null };
    case "order":
      return { ...state, order: event.order, shown: batch };
    case "toggle-saved":
      return toggleSaved(state, event.id);
    case "save-search":
    case "open-search":
    case "drop-search":
      return updateSearches(state, event);
    case "cancel-tour":
      return { ...state, cancelling: event.id };
    case "keep-tour":
      return { ...state, cancelling: null };
    case "drop-tour":
      return dropTour(state);
    case "photo":
      return { ...state, photo: event.to };
    case "undo":
      return { ...state, ...state.snackbar?.undo, snackbar: null };
    case "close-banner":
      return { ...state, banner: false };
    case "escape":
      return escape(state);
    case "dismiss":
      return { ...state, panel: null, menu: null, isOffering: false };
    default:
      return updateForm(state, event);
  }
}

/** What goes away when another page is shown. */
const calm = { panel: null, menu: null, isOffering: false, form: null, cancelling: null } as const;

function go(state: ZilloftState, view: View): ZilloftState {
  if (view.name === "listing" && homeOf(view.id) === undefined) return state;
  if (view.name === "home") return { ...state, ...calm, view, input: "" };
  return { ...state, ...calm, view, photo: 0, input: view.name === "results" ? state.search.place : state.input };
}

function results(state: ZilloftState, search: Search): ZilloftState {
  return { ...state, ...calm, view: { name: "results" }, search, input: search.place, shown: batch };
}

type PanelEvent = Extract<Event, { type: "panel" | "price-list" | "draft" | "apply" }>;

function updatePanel(state: ZilloftState, event: PanelEvent): ZilloftState {
  const { panel, search } = state;
  if (event.type === "panel") {
    const isOpen = panel?.name === event.name;
    return { ...state, isOffering: false, panel: isOpen ? null : { name: event.name, draft: search, list: null } };
  }
  if (panel === null) return state;
  switch (event.type) {
    case "price-list":
      return { ...state, panel: { ...panel, list: panel.list === event.list ? null : event.list } };
    case "draft":
      return {
        ...state,
        panel: { ...panel, draft: { ...panel.draft, ...tidy(panel.draft, event.change) }, list: null },
      };
    case "apply":
      return canApply(panel.draft) ? { ...results(state, panel.draft), input: state.input } : state;
  }
}

/** A change with what follows from it: kinds in the order of the list, and no prices of the other kind of deal. */
function tidy(draft: Search, change: Partial<Search>): Partial<Search> {
  const { deal, types } = change;
  return {
    ...change,
    ...(types && { types: homeTypes.filter((one) => types.includes(one)) }),
    ...(deal !== undefined && (deal === "rent") !== (draft.deal === "rent") && { min: null, max: null }),
  };
}

/** Whether the limits of a draft agree with each other. */
export function canApply({ min, max, types }: Search): boolean {
  return types.length > 0 && (min === null || max === null || min <= max);
}

function toggleSaved(state: ZilloftState, id: string): ZilloftState {
  const { saved, clock } = state;
  const isSaved = saved.some((one) => one.id === id);
  const undo: Undo = { saved };
  return {
    ...state,
    saved: isSaved ? without(saved, [{ id }]) : [...saved, { id }],
    snackbar: snackbarAt(clock, isSaved ? "Removed from saved homes" : "Home saved", undo),
  };
}

type SearchesEvent = Extract<Event, { type: "save-search" | "open-search" | "drop-search" }>;

function updateSearches(state: ZilloftState, event: SearchesEvent): ZilloftState {
  const { searches, search, clock } = state;
  const undo: Undo = { searches };
  switch (event.type) {
    case "save-search": {
      if (searches.some((one) => same(one.search, search))) {
        return { ...state, snackbar: snackbarAt(clock, "This search is saved already") };
      }
      const added = { id: `s${state.nextId}`, search };
      const snackbar = snackbarAt(clock, "Search saved", undo);
      return { ...state, searches: [...searches, added], nextId: state.nextId + 1, snackbar };
    }
    case "open-search": {
      const found = searches.find((one) => one.id === event.id);
      return found === undefined ? state : results(state, found.search);
    }
    case "drop-search":
      return { ...state, searches: without(searches, [event]), snackbar: snackbarAt(clock, "Search deleted", undo) };
  }
}

function dropTour(state: ZilloftState): ZilloftState {
  const { tours, cancelling, clock } = state;
  if (cancelling === null) return state;
  const undo: Undo = { tours };
  return {
    ...state,
    tours: without(tours, [{ id: cancelling }]),
    cancelling: null,
    snackbar: snackbarAt(clock, "Tour cancelled", undo),
  };
}

/** Closes what is on top. */
function escape(state: ZilloftState): ZilloftState {
  if (state.cancelling !== null) return { ...state, cancelling: null };
  if (state.form !== null) return { ...state, form: null };
  const isOpen = state.panel !== null || state.menu !== null || state.isOffering;
  return isOpen ? { ...state, panel: null, menu: null, isOffering: false } : state;
}
