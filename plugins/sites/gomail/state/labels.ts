import { labelled, onList, patch, snackbar, undoOf } from "./mails.ts";
import { labelProblem, listView } from "./select.ts";
import { listOf } from "./state.ts";
import type { Email, GoMailState } from "./state.ts";

/** Makes the label of the dialog and puts it on the mails the dialog was opened for. */
export function createLabel(state: GoMailState): GoMailState {
  const { dialog } = state;
  if (dialog?.name !== "new-label") return state;
  const name = dialog.value.trim();
  if (name === "" || labelProblem(state, name) !== "") return state;
  const targets = state.emails.filter((e) => dialog.applyTo.includes(e.id));
  const next = patch(state, targets, (e) => labelled(e, name));
  const message = `Label "${name}" created${targets.length > 0 ? " and added" : ""}`;
  return {
    ...next,
    labels: [...state.labels, name],
    dialog: null,
    snackbar: snackbar(state, message, { ...undoOf(targets), labels: state.labels }),
  };
}

/** Gives the label of the dialog its new name, on all mails that have it. */
export function renameLabel(state: GoMailState): GoMailState {
  const { dialog } = state;
  if (dialog?.name !== "rename-label") return state;
  if (renameProblem(state, dialog) !== "") return state;
  const [from, to] = [dialog.label, dialog.value.trim()];
  return changed(state, { from, to });
}

/** Why a label cannot get this name, "" when it can. */
export function renameProblem(
  state: GoMailState,
  { label, value }: { readonly label: string; readonly value: string },
): string {
  if (value.trim() === "") return "Write a name";
  return labelProblem({ ...state, labels: state.labels.filter((other) => other !== label) }, value);
}

/** Takes the label of the dialog away from all mails. */
export function deleteLabel(state: GoMailState): GoMailState {
  return state.dialog?.name === "delete-label" ? changed(state, { from: state.dialog.label }) : state;
}

function changed(
  state: GoMailState,
  { from, to }: { readonly from: string; readonly to?: string },
): GoMailState {
  const renamed = (labels: readonly string[]): readonly string[] =>
    labels.flatMap((label) => label !== from ? [label] : to === undefined ? [] : [to]);
  const having = state.emails.filter((e: Email) => e.labels.includes(from));
  const next = patch(state, having, (e) => ({ ...e, labels: renamed(e.labels) }));
  const message = to === undefined ? `Label "${from}" deleted` : `Label "${from}" renamed to "${to}"`;
  const done = {
    ...next,
    labels: renamed(state.labels),
    dialog: null,
    snackbar: snackbar(state, message, { ...undoOf(having), labels: state.labels }),
  };
  const list = listView(state);
  if (list.folder !== `label:${from}`) return done;
  return onList(done, to === undefined ? listOf("inbox") : { ...list, folder: `label:${to}` });
}
