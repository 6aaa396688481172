import { snackbar } from "./mails.ts";
import { isAddress } from "./select.ts";
import type { ContactForm } from "./window.ts";
import type { Contact, GoMailState } from "./state.ts";

/** Adds or changes the contact of the dialog. */
export function saveContact(state: GoMailState): GoMailState {
  const { dialog } = state;
  if (dialog?.name !== "contact" || contactProblem(state, dialog) !== "") return state;
  const contact = { name: dialog.form.fullName.trim(), address: dialog.form.email.trim() };
  const others = state.contacts.filter((c) => c.address !== dialog.address);
  const message = dialog.address === "" ? "Contact added" : "Contact changed";
  return withContacts(state, { contacts: [...others, contact], message });
}

/** Takes the contact of the dialog away. */
export function deleteContact(state: GoMailState): GoMailState {
  const { dialog } = state;
  if (dialog?.name !== "delete-contact") return state;
  const contacts = state.contacts.filter((c) => c.address !== dialog.address);
  return withContacts(state, { contacts, message: "Contact deleted" });
}

/** Why a contact cannot be saved; "" when it can. `address` is the one it had, "" for a new one. */
export function contactProblem(
  state: GoMailState,
  { address, form }: { readonly address: string; readonly form: ContactForm },
): string {
  const email = form.email.trim().toLowerCase();
  if (form.fullName.trim() === "") return "Write a name";
  if (!isAddress(email)) return "Write an address like name@example.com";
  const isTaken = state.contacts.some((c) => c.address.toLowerCase() === email && c.address !== address);
  return isTaken ? "This address is already in your contacts" : "";
}

function withContacts(
  state: GoMailState,
  { contacts, message }: { readonly contacts: readonly Contact[]; readonly message: string },
): GoMailState {
  const sorted = [...contacts].sort((a, b) => a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
  const undo = { emails: [], remove: [], contacts: state.contacts };
  return { ...state, contacts: sorted, dialog: null, snackbar: snackbar(state, message, undo) };
}
