import { openDraft, saveReply } from "./compose.ts";
import { listView, pageOf, shownRows } from "./select.ts";
import { listOf } from "./state.ts";
import type { GoMailState, ListView } from "./state.ts";

/** Shows a list; the search field says what was searched for. */
export function showList(state: GoMailState, view: ListView): GoMailState {
  return { ...saveReply(state), view, searchInput: view.query };
}

/** Empties the search field and leaves the results. */
export function clearSearch(state: GoMailState): GoMailState {
  return listView(state).folder === "search" ? showList(state, listOf("inbox")) : { ...state, searchInput: "" };
}

/** Opens a mail and marks it as read; a draft opens in the composer. */
export function openMailOrDraft(
  state: GoMailState,
  { id, scroll = 0 }: { readonly id: string; readonly scroll?: number | undefined },
): GoMailState {
  if (state.emails.find((e) => e.id === id)?.folder === "drafts") return openDraft(state, id);
  const emails = state.emails.map((e) => e.id === id && !e.isRead ? { ...e, isRead: true } : e);
  const place = scroll > 0 ? { scroll } : {};
  const back = { ...listView(state), selected: [] };
  return { ...state, emails, view: { name: "message", id, back, ...place }, reply: null };
}

/** Moves to the next older or newer mail: opened, when one is open, else as the keyboard's row. */
export function stepMail(state: GoMailState, by: 1 | -1): GoMailState {
  const { view } = state;
  const { rows, shown } = shownRows(state);
  if (view.name === "message") {
    const at = rows.findIndex((e) => e.id === view.id);
    const next = at < 0 ? undefined : rows[at + by];
    if (next === undefined || next.folder === "drafts") return state;
    return openMailOrDraft(saveReply(state), { id: next.id, scroll: view.scroll });
  }
  if (view.name !== "list") return state;
  const at = shown.findIndex((e) => e.id === view.cursor);
  const next = at < 0 ? shown[0] : shown[at + by];
  return next === undefined ? state : { ...state, view: { ...view, cursor: next.id } };
}

/** Goes a page on or back, if there is one. */
export function turnPage(state: GoMailState, by: 1 | -1): GoMailState {
  const { view } = state;
  if (view.name !== "list") return state;
  const page = view.page + by;
  const { rows, first } = shownRows(state);
  if (page < 0 || first === pageOf(rows, { page, size: state.settings.pageSize }).first) return state;
  return { ...state, view: { ...listOf(view.folder, view.query), page } };
}

/** Selects rows of the list. */
export function select(state: GoMailState, choose: (view: ListView) => readonly string[]): GoMailState {
  return state.view.name === "list" ? { ...state, view: { ...state.view, selected: choose(state.view) } } : state;
}
