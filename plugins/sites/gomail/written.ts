import { differing, same } from "halo-agent/site";
import type { NewItem } from "halo-agent/site";
import type { Email } from "./state/state.ts";

/** What is checked of a new mail; `cc` absent means no copies, everything else absent is not there. */
export type Written =
  & Pick<Email, "folder" | "to" | "subject" | "content">
  & Partial<Omit<Email, "id" | "from" | "fromAddress">>;

/** Asks for a new mail, sent or scheduled, or for a new draft. */
export function writtenMail(written: Written): NewItem<Email> {
  const [what, none] = written.folder === "drafts"
    ? ["a draft was saved", "no draft was saved"]
    : ["a mail was sent", "no mail was sent"];
  return {
    among: (mail) => mail.folder === written.folder,
    none: none!,
    problem(mail) {
      const wrong = difference(written, mail);
      return wrong === "" ? "" : `${what}, but ${wrong}`;
    },
  };
}

/** What is wrong with a new mail, "" when it is the wanted one. */
function difference(written: Written, mail: Email): string {
  const { cc = [], bcc = [] } = written;
  if (!same(mail.to, written.to)) return `to ${mail.to.join(", ") || "nobody"} instead of ${written.to.join(", ")}`;
  if (!same([mail.cc, mail.bcc], [cc, bcc])) {
    return `with copies to ${[...mail.cc, ...mail.bcc].join(", ") || "nobody"}`;
  }
  if (mail.replyTo !== written.replyTo) {
    return written.replyTo === undefined ? "as a reply" : "not as a reply to the right mail";
  }
  if (mail.subject !== written.subject) return `with the subject "${mail.subject}"`;
  if (mail.content !== written.content) return `with the text "${mail.content}"`;
  const { id, from, fromAddress, date, time, isRead, isStarred, labels } = mail;
  const plain = { id, from, fromAddress, date, time, isRead, isStarred, labels, ...written, cc, bcc };
  return same(mail, plain) ? "" : `with other ${differing(mail, plain)}`;
}
