import { find, type Look } from "halo-agent/site";
import type { MailPage } from "../families/page.ts";
import { pageOf, rowsOf } from "../state/select.ts";
import { initialState } from "../state/initial.ts";
import { type Email, listOf } from "../state/state.ts";
import { nameOf } from "./mails.ts";

/** What is known of the mailbox: how every one begins, and what pages have shown of it since. */
export interface Belief {
  /** The mails as they began, by the name that pages call them. */
  readonly began: ReadonlyMap<string, Email>;
  /** The same mails as they are now. */
  readonly now: ReadonlyMap<string, Email>;
  /** Rows seen ticked in the list on screen, whether in view or not. */
  readonly ticked: ReadonlySet<string>;
  /** What the last action may be taken back to. */
  readonly undo: ReadonlyMap<string, Email> | undefined;
}

const start = initialState({ mails: [] });
const seed = new Map(start.emails.map((mail) => [nameOf(mail), mail]));

/** What is known before any page was seen. */
export const unseen: Belief = { began: seed, now: seed, ticked: new Set(), undo: undefined };

/** What is known after a step. Pure. */
export function after(belief: Belief, look: Look<MailPage>): Belief {
  const before = met(belief, look.from);
  const done = taken(before, look);
  return shownBy(met(done, look.to), look.to);
}

/** The mails that toolbar actions apply to, as far as pages have shown them. */
export function inHand({ ticked }: Belief, page: MailPage): readonly string[] {
  return page.opened === undefined ? [...new Set([...page.selected, ...ticked])] : [page.opened];
}

/** Rows that no mailbox begins with are mails of the list they stand in. */
function met(belief: Belief, page: MailPage): Belief {
  const isNew = [...page.rows, ...(page.opened === undefined ? [] : [page.opened])].filter((name) =>
    !belief.began.has(name)
  );
  if (isNew.length === 0) return belief;
  const folder = folderOf(page);
  const mails = isNew.map((name) => [name, unknown(name, folder)] as const);
  return { ...belief, began: new Map([...belief.began, ...mails]), now: new Map([...belief.now, ...mails]) };
}

function unknown(name: string, folder: string): Email {
  const at = name.indexOf(", ");
  const place = /^(?:archive|spam|trash|sent|drafts|scheduled)$/.test(folder) ? folder as Email["folder"] : "inbox";
  return {
    id: name,
    from: name.slice(0, at),
    fromAddress: "",
    to: [],
    cc: [],
    bcc: [],
    subject: name.slice(at + 2),
    content: "",
    date: "",
    time: "",
    isRead: true,
    isStarred: false,
    labels: [],
    folder: place,
  };
}

interface Effect {
  readonly says: RegExp;
  /** Controls that bring it about. */
  readonly by: RegExp;
  readonly change: (mail: Email, found: RegExpExecArray) => Email;
}

const moves = (says: RegExp, by: RegExp, folder: Email["folder"]): Effect => ({
  says,
  by,
  change: ({ snoozedUntil: _, ...mail }) => ({ ...mail, folder }),
});
const counted = (how: string): RegExp => new RegExp(`^(?:Conversation|(\\d+) conversations) ${how}`);

const effects: readonly Effect[] = [
  moves(counted("moved to Trash"), /^(?:Delete|Trash)$/, "trash"),
  moves(counted("archived"), /^Archive$/, "archive"),
  moves(counted("moved to Spam"), /^(?:Report spam|Spam)$/, "spam"),
  moves(counted("moved to Inbox"), /^(?:Move to inbox|Not spam|Inbox)$/, "inbox"),
  { says: counted("marked as read"), by: /^Mark as read$/, change: (mail) => ({ ...mail, isRead: true }) },
  { says: counted("marked as unread"), by: /^Mark as unread$/, change: (mail) => ({ ...mail, isRead: false }) },
  {
    says: counted("snoozed until ((?:\\w+, )?\\w+ \\d+)"),
    by: /^(?:Later today|Tomorrow|This weekend|Next week|Snooze|Save)\b/,
    change: (mail, found) => ({ ...mail, snoozedUntil: found[2]! }),
  },
  {
    says: /^()Label "([^"]+)" added/,
    by: /./,
    change: (mail, found) => mail.labels.includes(found[2]!) ? mail : { ...mail, labels: [...mail.labels, found[2]!] },
  },
  {
    says: /^()Label "([^"]+)" removed/,
    by: /./,
    change: (mail, found) => ({ ...mail, labels: mail.labels.filter((one) => one !== found[2]) }),
  },
];

/** What a step did to the mails in hand, as the page's message says. */
function taken(belief: Belief, { from, to, acted }: Look<MailPage>): Belief {
  if (acted?.role === "button" && acted.name === "Undo" && belief.undo !== undefined) {
    return { ...belief, now: belief.undo, undo: undefined };
  }
  const { notice } = to;
  if (notice === undefined) return belief;
  for (const { says, by, change } of effects) {
    const found = says.exec(notice);
    if (found === null || (notice === from.notice && !(acted !== undefined && by.test(acted.name)))) continue;
    const names = targets(belief, from, found[1] === "" ? undefined : Number(found[1] ?? 1));
    const now = new Map(
      [...belief.now].map(([name, mail]) => [name, names.includes(name) ? change(mail, found) : mail]),
    );
    return { ...belief, now, undo: belief.now };
  }
  return belief;
}

/** The mails a step meant: the open one, those seen ticked, or as many as a page or the whole list holds. */
function targets(belief: Belief, page: MailPage, n: number | undefined): readonly string[] {
  const hand = inHand(belief, page);
  if (n === undefined || hand.length === n) return hand;
  if (page.opened !== undefined || page.selected.length !== page.rows.length || page.rows.length === 0) return [];
  return listsOf(belief, page).find((names) => names.length === n && page.rows.every((row) => names.includes(row))) ??
    [];
}

/** What the list on screen holds: the page of it that is in view, and all of it. */
function listsOf(belief: Belief, page: MailPage): readonly (readonly string[])[] {
  const folder = folderOf(page);
  const query = find(page, { role: "searchbox", name: "Search mail" })?.value ?? "";
  const list = folder === "" ? listOf("search", query) : listOf(folder);
  const state = { ...start, emails: [...belief.now.values()] };
  const rows = rowsOf(state, list);
  const pages = Array.from({ length: Math.ceil(rows.length / 50) }, (_, i) => pageOf(rows, { page: i }).shown);
  return [...pages, rows].map((mails) => mails.map(nameOf));
}

/** The folder on screen by its link; "" where none is, as for search results. */
function folderOf({ elements }: MailPage): string {
  const link = elements.find((e) => e.role === "link" && e.states.includes("selected"));
  return link === undefined
    ? ""
    : /^[A-Z]\w+$/.test(link.name) && isFolder.test(link.name)
    ? link.name.toLowerCase()
    : `label:${link.name}`;
}

const isFolder = /^(?:Inbox|Starred|Snoozed|Important|Sent|Scheduled|Drafts|Archive|Spam|Trash)$/;

/** What a page shows of its mails: stars, ticks, and that the open one has been read. */
function shownBy(belief: Belief, page: MailPage): Belief {
  const ticked = new Set(
    page.rows.length === 0
      ? belief.ticked
      : page.selected.length === 0
      ? []
      : [...belief.ticked].filter((name) => !page.rows.includes(name)),
  );
  for (const name of page.selected) ticked.add(name);
  const stars = new Map([
    ...page.starred.map((name) => [name, true] as const),
    ...page.unstarred.map((name) => [name, false] as const),
  ]);
  let now = belief.now;
  const set = (name: string, mail: Email): void => {
    now = new Map(now).set(name, mail);
  };
  for (const [name, isStarred] of stars) {
    const mail = now.get(name);
    if (mail !== undefined && mail.isStarred !== isStarred) set(name, { ...mail, isStarred });
  }
  const open = page.opened === undefined ? undefined : now.get(page.opened);
  if (open !== undefined && !open.isRead) set(page.opened!, { ...open, isRead: true });
  return { ...belief, now, ticked: page.opened === undefined ? ticked : new Set() };
}
