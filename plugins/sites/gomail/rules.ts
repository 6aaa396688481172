import type { StateRules } from "halo-agent/site";
import { isEmpty } from "./state/compose.ts";
import type { GoMailState } from "./state/state.ts";

/**
 * How mailboxes are judged. Mails may have been read and the page may show anything, but text left in an open composer
 * or reply box, or saved as a draft, fails.
 */
export const rules: StateRules<GoMailState> = {
  collections: {
    emails: {
      id: (mail) => mail.id,
      name: (mail) => `"${mail.subject}"`,
      // Reading a mail is no change; an unread mark only where the goal may have needed the mail.
      allowed: (was, is, isMeant) => ({ isRead: isMeant ? is.isRead : was.isRead || is.isRead }),
      gone: (was, isMeant) => `${isMeant ? "the mail" : `"${was.subject}"`} was deleted forever`,
      extra: (mail) =>
        mail.folder === "drafts" ? `a draft "${mail.subject}" was left behind` : `another mail to ${mail.to} was sent`,
    },
  },
  onScreen: [
    "clock",
    "nextId",
    "view",
    "searchInput",
    "menu",
    "compose",
    "reply",
    "dialog",
    "snackbar",
    "banner",
  ],
  changed: { labels: "the list of labels was changed" },
  leftover({ compose, reply }) {
    if (reply !== null && reply.body.trim() !== "") return "a reply was begun and left open";
    return compose === null || isEmpty(compose) ? undefined : "a new message was begun and left open";
  },
};
