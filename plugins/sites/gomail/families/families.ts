import { forward, reply, replyLabel } from "./answers.ts";
import { createLabel, label } from "./labels.ts";
import { markRead, markUnread, openStar, star, unstar } from "./marks.ts";
import { compose, draft, schedule } from "./messages.ts";
import { archive, notSpam, restore, snooze, spam, trash } from "./moves.ts";
import { contact, pageSize, signature, vacation } from "./preferences.ts";

/** Every family, in the order in which a goal is tried for them: the first whose words fit counts. */
export const families = [
  pageSize,
  signature,
  vacation,
  contact,
  forward,
  schedule,
  snooze,
  notSpam,
  spam,
  restore,
  unstar,
  openStar,
  star,
  replyLabel,
  reply,
  draft,
  compose,
  createLabel,
  label,
  trash,
  archive,
  markUnread,
  markRead,
];

/** Lists of templates by name. */
export const sets = {
  /** One of each way to use a mail page; 1 to 5 steps. */
  six: ["star", "archive", "label", "search_delete", "reply", "compose"],
  /** The six and six more; 1 to 5 steps. What the learning bench trains on. */
  twelve: [
    "star",
    "unstar",
    "archive",
    "delete",
    "mark_unread",
    "label",
    "create_label",
    "search_delete",
    "search_archive",
    "reply",
    "compose",
    "save_draft",
  ],
  /** By what they need: 1 to 8 steps. */
  all: [
    "star",
    "unstar",
    "mark_unread",
    "open_star",
    "archive",
    "delete",
    "report_spam",
    "mark_read",
    "not_spam",
    "restore",
    "snooze",
    "search_delete",
    "search_archive",
    "bulk_delete",
    "label",
    "create_label",
    "page_size",
    "signature",
    "bulk_archive",
    "search_label",
    "reply",
    "forward",
    "search_reply",
    "compose",
    "save_draft",
    "vacation",
    "add_contact",
    "reply_label",
    "schedule",
    "compose_two",
    "search_reply_label",
    "compose_cc",
    "compose_all",
  ],
} as const;
