import { snackbar } from "./mails.ts";
import { listView } from "./select.ts";
import { listOf } from "./state.ts";
import type { Settings } from "./preferences.ts";
import type { GoMailState, SettingsTab } from "./state.ts";
import { nowOf, readDay } from "./time.ts";

/** Opens a page of the settings; what was edited on another page of them stays. */
export function openSettings(state: GoMailState, tab: SettingsTab): GoMailState {
  const draft = state.view.name === "settings" ? state.view.draft : state.settings;
  return { ...state, view: { name: "settings", tab, draft, alert: "", back: { ...listView(state), selected: [] } } };
}

/** Puts a value into the edited settings. */
export function editSettings(
  state: GoMailState,
  { field, value }: { readonly field: keyof Settings; readonly value: string | number },
): GoMailState {
  const { view } = state;
  if (view.name !== "settings") return state;
  return { ...state, view: { ...view, alert: "", draft: { ...view.draft, [field]: value } } };
}

/** Saves the edited settings and goes to the inbox, or says what is wrong with them. */
export function saveSettings(state: GoMailState): GoMailState {
  const { view } = state;
  if (view.name !== "settings") return state;
  const { draft } = view;
  const alert = settingsProblem(draft);
  if (alert !== "") return { ...state, view: { ...view, tab: "vacation", alert } };
  const day = (text: string): string => readDay(text) ?? "";
  const settings = { ...draft, vacationFrom: day(draft.vacationFrom), vacationTo: day(draft.vacationTo) };
  return { ...state, settings, view: listOf("inbox"), searchInput: "", snackbar: snackbar(state, "Settings saved") };
}

/** True while the vacation responder answers. */
export function isAway({ settings, clock }: GoMailState): boolean {
  const today = nowOf(clock).date;
  const { vacation, vacationFrom, vacationTo } = settings;
  return vacation === "on" && vacationFrom <= today && (vacationTo === "" || today <= vacationTo);
}

function settingsProblem({ vacation, vacationFrom, vacationTo, vacationSubject, vacationText }: Settings): string {
  if (vacation === "off") return "";
  const dates = [vacationFrom, vacationTo].filter((text) => text.trim() !== "");
  if (dates.some((text) => readDay(text) === undefined)) return "Write dates as 2024-07-22";
  const [from, to] = [readDay(vacationFrom), readDay(vacationTo)];
  if (from !== undefined && to !== undefined && to < from) return "The last day lies before the first one";
  return `${vacationSubject}${vacationText}`.trim() === "" ? "Write a subject or a message" : "";
}
