import type { Email, GoMailState } from "../state/state.ts";

/** A mail in the hosted site's words. `trash` and `spam` are always there, the other flags only once they are true. */
export interface OfficialMail
  extends Pick<Email, "id" | "from" | "to" | "cc" | "bcc" | "subject" | "date" | "time" | "isRead" | "labels"> {
  /** Paragraphs as HTML. */
  readonly content: string;
  readonly starred: boolean;
  readonly trash: boolean;
  readonly spam: boolean;
  readonly sent?: true;
  readonly draft?: true;
  readonly archived?: true;
  readonly scheduled?: true;
  readonly isReply?: true;
  readonly snoozed?: true;
  readonly snoozeUntil?: string;
}

/** Translates a mail. */
export function officialMail(mail: Email): OfficialMail {
  const { id, from, to, cc, bcc, subject, content, date, time, isRead, isStarred, labels, folder } = mail;
  const until = mail.snoozedUntil;
  return {
    id,
    from,
    to,
    cc,
    bcc,
    subject,
    content: html(content),
    date,
    time,
    isRead,
    starred: isStarred,
    labels,
    trash: folder === "trash",
    spam: folder === "spam",
    ...(folder === "sent" && { sent: true }),
    ...(folder === "drafts" && { draft: true }),
    ...(folder === "archive" && { archived: true }),
    ...(folder === "scheduled" && { scheduled: true }),
    ...(mail.replyTo !== undefined && { isReply: true }),
    ...(until !== undefined && { snoozed: true, snoozeUntil: until }),
  };
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Each line a paragraph, as the hosted site's editor writes it. */
function html(text: string): string {
  const lines = text.split(/\n+/).filter((line) => line.trim() !== "");
  return lines.map((line) => `<p>${line.replace(/[&<>]/g, (c) => entities[c]!)}</p>`).join("");
}

/** The mails by id, lowest first, in the hosted site's words. */
export function officialMails({ emails }: GoMailState): ReadonlyMap<string, OfficialMail> {
  return new Map(
    emails.map((mail) => [mail.id, officialMail(mail)] as const).sort(([a], [b]) => Number(a) - Number(b)),
  );
}
