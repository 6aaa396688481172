import type { Contact, Email, Folder } from "./state.ts";
import { mailboxText } from "./seed-text.ts";

/** The address book of every mailbox. */
export const seedContacts: readonly Contact[] = [
  "Alexa Richardson",
  "Angela White",
  "Ashley Campbell",
  "Barbara Thomas",
  "Brian King",
  "Carol Adams",
  "Charles Davis",
  "Danielle Foster",
  "Jane Smith",
  "John Doe",
  "Kevin Moore",
  "Laura Ortiz",
  "Marco Silva",
  "Priya Raman",
  "Tom Becker",
].map((name) => ({ name, address: `${name.toLowerCase().replace(" ", ".")}@example.com` }));

/** The 56 mails of every mailbox, newest first: 54 in the inbox, one sent, one draft. */
export const seedEmails: readonly Email[] = mailboxText.trim().split("\n\n\n").map(parseMail);

/** Reads one block: `id | from | address | subject | date time | flags`, then the paragraphs. */
function parseMail(block: string): Email {
  const [head = "", ...paragraphs] = block.split("\n").filter((line) => line !== "");
  const [id = "", from = "", fromAddress = "", subject = "", at = "", flags = ""] = head.split(" | ");
  const [date = "", time = "", half = ""] = at.split(" ");
  const words = flags.trim().split(" ");
  const folder: Folder = words.includes("sent") ? "sent" : words.includes("draft") ? "drafts" : "inbox";
  const to = folder === "inbox" ? ["fede.lopez@example.com"] : ["laura.ortiz@example.com"];
  const attachments = words.filter((word) => word.startsWith("file:")).map((word) => word.slice("file:".length));
  return {
    id,
    from,
    fromAddress,
    to: words.includes("team") ? [...to, "kevin.moore@example.com", "carol.adams@example.com"] : to,
    cc: [],
    bcc: [],
    subject,
    content: paragraphs.join("\n\n"),
    date,
    time: `${time} ${half}`,
    isRead: !words.includes("unread"),
    isStarred: words.includes("starred"),
    labels: words.includes("work") ? ["Work"] : words.includes("receipt") ? ["Receipts"] : [],
    folder,
    ...(attachments.length > 0 && { attachments }),
  };
}
