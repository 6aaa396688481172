import { momentText, putFirst } from "halo-agent/site";
import { leave, patch, plainOf, snackbar, without } from "./mails.ts";
import { refusal } from "./faults.ts";
import { isAddress, openMail, peopleOf, suggestionsFor } from "./select.ts";
import { account } from "./state.ts";
import type { Compose, Email, Folder, GoMailState } from "./state.ts";
import type { ComposeField } from "./event.ts";
import { dateOf, longDate, nowOf } from "./time.ts";

/** Opens an empty composer, or one to a person; one with text in it is saved first, an empty one stays. */
export function startCompose(state: GoMailState, person?: string): GoMailState {
  const { compose } = state;
  const to = person === undefined ? [] : [person];
  if (compose !== null && isEmpty(compose)) return { ...state, compose: { ...compose, to, minimized: false } };
  const next = closeCompose(state);
  return { ...next, compose: { ...blank(String(next.nextId)), to }, nextId: next.nextId + 1 };
}

/** Opens a stored draft again. */
export function openDraft(state: GoMailState, id: string): GoMailState {
  if (state.compose?.draftId === id) return { ...state, compose: { ...state.compose, minimized: false } };
  const next = closeCompose(state);
  const draft = next.emails.find((e) => e.id === id);
  return draft === undefined ? state : { ...next, compose: composeOf(draft) };
}

/** Puts typed text into a field; in To a comma or semicolon ends a recipient. */
export function inputCompose(compose: Compose, o: {
  readonly state: GoMailState;
  readonly field: ComposeField;
  readonly text: string;
}): Compose {
  const next = { ...compose, alert: "" };
  if (o.field !== "toInput") return { ...next, [o.field]: o.text };
  const parts = o.text.split(/[,;]/);
  const last = parts.pop() ?? "";
  const to = [...compose.to];
  const kept: string[] = [];
  for (const part of parts) {
    const address = resolve(o.state, part);
    if (address === undefined) kept.push(part.trim());
    else if (!to.includes(address)) to.push(address);
  }
  const text = [...kept.filter((part) => part !== ""), parts.length > 0 ? last.trimStart() : last].join(", ");
  return { ...next, to, toInput: text, suggesting: true, suggestion: -1 };
}

/** Makes the text of To a recipient: on Enter also a suggestion counts, on leaving the field only an address or a full name. */
export function commitRecipient(state: GoMailState, by: "enter" | "blur"): GoMailState {
  const { compose } = state;
  if (compose === null) return state;
  const suggestions = suggestionsFor(state, compose);
  const offered = suggestions[compose.suggestion]?.address;
  const address = by === "enter"
    ? offered ?? resolve(state, compose.toInput) ?? suggestions[0]?.address
    : resolve(state, compose.toInput);
  if (address !== undefined) return { ...state, compose: withRecipient(compose, address) };
  if (by === "enter" || !compose.suggesting) return state;
  return { ...state, compose: { ...compose, suggesting: false, suggestion: -1 } };
}

/** The composer with one more recipient and an empty To field. */
export function withRecipient(compose: Compose, address: string): Compose {
  const to = compose.to.includes(address) ? compose.to : [...compose.to, address];
  return { ...compose, to, toInput: "", suggesting: false, suggestion: -1, alert: "" };
}

/** Moves the highlight among the suggestions, around the ends. */
export function moveSuggestion(state: GoMailState, by: 1 | -1): GoMailState {
  const { compose } = state;
  const n = compose === null ? 0 : suggestionsFor(state, compose).length;
  if (compose === null || n === 0) return state;
  const from = compose.suggestion < 0 && by < 0 ? 0 : compose.suggestion;
  return { ...state, compose: { ...compose, suggestion: (from + by + n) % n } };
}

/** Sends the composed mail, at a local time when one is given, or says in the composer what is missing. */
export function sendCompose(state: GoMailState, at?: string): GoMailState {
  const { compose } = state;
  if (compose === null) return state;
  const refuse = (alert: string): GoMailState => ({ ...state, dialog: null, compose: { ...compose, alert } });
  const typed = compose.toInput.trim();
  const offered = suggestionsFor(state, { ...compose, suggesting: true });
  const address = resolve(state, typed) ?? (offered.length === 1 ? offered[0]?.address : undefined);
  const to = address === undefined || compose.to.includes(address) ? compose.to : [...compose.to, address];
  const wrong = [...(address === undefined && typed !== "" ? [typed] : []), ...addresses(compose.cc, compose.bcc)]
    .find((text) => !isAddress(text) && text !== address);
  if (wrong !== undefined) return refuse(`"${wrong}" is not a valid address`);
  if (to.length === 0) return refuse("Add at least one recipient");
  if (state.refusesMail) return refuse(refusal);
  const written = { ...compose, to, toInput: "" };
  const mail = at === undefined
    ? mailOf(state, written, "sent")
    : { ...mailOf(state, written, "scheduled"), ...dateOf(at), sendAt: at };
  const message = at === undefined ? "Message sent" : `Send scheduled for ${momentText(at)}`;
  const undo = { emails: [], remove: [mail.id], compose };
  return { ...put(state, mail), dialog: null, compose: null, snackbar: snackbar(state, message, undo) };
}

/** Makes the open scheduled mail a draft again and opens it. */
export function cancelSend(state: GoMailState): GoMailState {
  const mail = openMail(state);
  if (mail?.folder !== "scheduled") return state;
  const draft: Email = { ...plainOf(mail), folder: "drafts" };
  const next = closeCompose(leave(patch(state, [mail], () => draft)));
  return { ...next, compose: composeOf(draft), snackbar: snackbar(state, "Send canceled") };
}

/** Opens a composer with the open mail quoted. */
export function startForward(state: GoMailState): GoMailState {
  const mail = openMail(state);
  if (mail === undefined) return state;
  const next = closeCompose(saveReply(state));
  const subject = /^fwd:/i.test(mail.subject) ? mail.subject : `Fwd: ${mail.subject}`;
  const body = [
    "",
    "",
    "---------- Forwarded message ----------",
    `From: ${mail.from} <${mail.fromAddress}>`,
    `Date: ${longDate(mail)}`,
    `Subject: ${mail.subject}`,
    `To: ${mail.to.join(", ")}`,
    "",
    mail.content,
  ].join("\n");
  return { ...next, compose: { ...blank(String(next.nextId)), subject, body }, nextId: next.nextId + 1 };
}

/** Closes the composer; what has text and differs from the stored draft is saved to Drafts. */
export function closeCompose(state: GoMailState): GoMailState {
  const { compose } = state;
  if (compose === null) return state;
  const closed = { ...state, compose: null };
  const stored = state.emails.find((e) => e.id === compose.draftId);
  if (isEmpty(compose) && stored === undefined) return closed;
  const draft = mailOf(state, compose, "drafts");
  if (stored !== undefined && sameText(stored, draft)) return closed;
  return { ...put(closed, draft), snackbar: snackbar(state, "Draft saved") };
}

/** Throws the composed text away, with its stored draft. */
export function discardDraft(state: GoMailState): GoMailState {
  const { compose } = state;
  if (compose === null) return state;
  const stored = state.emails.filter((e) => e.id === compose.draftId);
  const undo = { emails: stored, remove: [], compose };
  return { ...without(state, stored), compose: null, snackbar: snackbar(state, "Draft discarded", undo) };
}

/** Opens the answer box under the open mail. */
export function startReply(state: GoMailState, all: boolean): GoMailState {
  const mail = openMail(state);
  if (mail === undefined) return state;
  const own = mail.fromAddress === account.address;
  const people = own ? mail.to : all ? peopleOf(mail) : [mail.fromAddress];
  const cc = own && all ? mail.cc : [];
  return { ...state, reply: { to: people, cc, body: "" } };
}

/** Sends the answer; an empty one stays open. */
export function sendReply(state: GoMailState): GoMailState {
  const compose = composeOfReply(state);
  if (compose === undefined || compose.body.trim() === "") return state;
  if (state.refusesMail) return { ...state, snackbar: snackbar(state, refusal) };
  const mail = mailOf(state, compose, "sent");
  const undo = { emails: [], remove: [mail.id], compose };
  const next = { ...put(state, mail), nextId: state.nextId + 1, reply: null };
  return { ...next, snackbar: snackbar(state, "Message sent", undo) };
}

/** Saves an answer that was begun to Drafts; for the moment before the mail is left. */
export function saveReply(state: GoMailState): GoMailState {
  const compose = composeOfReply(state);
  if (compose === undefined || compose.body.trim() === "") return { ...state, reply: null };
  const next = { ...put(state, mailOf(state, compose, "drafts")), nextId: state.nextId + 1, reply: null };
  return { ...next, snackbar: snackbar(state, "Draft saved") };
}

function composeOfReply(state: GoMailState): Compose | undefined {
  const mail = openMail(state);
  if (mail === undefined || state.reply === null) return undefined;
  const { to, cc, body } = state.reply;
  const subject = /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`;
  const id = String(state.nextId);
  return { ...blank(id), to, cc: cc.join(", "), showCc: cc.length > 0, subject, body, inReplyTo: mail.id };
}

function blank(draftId: string): Compose {
  const closed = { suggesting: false, suggestion: -1, minimized: false, alert: "" };
  return { draftId, to: [], toInput: "", cc: "", bcc: "", showCc: false, subject: "", body: "", ...closed };
}

function composeOf(draft: Email): Compose {
  return {
    ...blank(draft.id),
    to: draft.to.filter(isAddress),
    toInput: draft.to.filter((text) => !isAddress(text)).join(", "),
    cc: draft.cc.join(", "),
    bcc: draft.bcc.join(", "),
    showCc: draft.cc.length + draft.bcc.length > 0,
    subject: draft.subject,
    body: draft.content,
    ...(draft.replyTo !== undefined && { inReplyTo: draft.replyTo }),
  };
}

function mailOf(state: GoMailState, compose: Compose, folder: Folder): Email {
  const typed = compose.toInput.trim();
  const signature = state.settings.signature.trim();
  return {
    id: compose.draftId,
    from: account.name,
    fromAddress: account.address,
    to: typed === "" ? compose.to : [...compose.to, typed],
    cc: addresses(compose.cc),
    bcc: addresses(compose.bcc),
    subject: compose.subject,
    content: folder === "drafts" || signature === "" ? compose.body : `${compose.body}\n\n${signature}`,
    ...nowOf(state.clock + 1),
    isRead: true,
    isStarred: false,
    labels: [],
    folder,
    ...(compose.inReplyTo !== undefined && { replyTo: compose.inReplyTo }),
  };
}

/** Newest first: a written mail goes to the top, its stored draft away. */
function put(state: GoMailState, mail: Email): GoMailState {
  return { ...state, emails: putFirst(state.emails, mail) };
}

/** True when nothing is written in a composer. */
export function isEmpty(compose: Compose): boolean {
  const { to, toInput, cc, bcc, subject, body } = compose;
  return to.length === 0 && [toInput, cc, bcc, subject, body].every((text) => text.trim() === "");
}

function sameText(a: Email, b: Email): boolean {
  const text = (e: Email): string => JSON.stringify([e.to, e.cc, e.bcc, e.subject, e.content]);
  return text(a) === text(b);
}

/** An address as typed, or the one of the contact with exactly this name. */
function resolve(state: GoMailState, text: string): string | undefined {
  const typed = text.trim();
  if (isAddress(typed)) return typed;
  return state.contacts.find((c) => c.name.toLowerCase() === typed.toLowerCase())?.address;
}

function addresses(...fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => field.split(/[,;]/)).map((text) => text.trim()).filter((text) => text !== "");
}
