import { answers } from "./answers.ts";
import { labels } from "./labels.ts";
import { marks } from "./marks.ts";
import { messages } from "./messages.ts";
import { moves } from "./moves.ts";
import { preferences } from "./preferences.ts";
import type { Template } from "./template.ts";

/** Every template, in the order of its optimum. */
export const templates: readonly Template[] = [...marks, ...moves, ...labels, ...answers, ...messages, ...preferences]
  .sort((a, b) => a.optimum - b.optimum);

/** Lists of templates by name. */
export const sets: Readonly<Record<string, readonly string[]>> = {
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
  all: templates.map((t) => t.name),
};
