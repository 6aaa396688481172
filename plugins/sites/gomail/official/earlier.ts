import type { Asked, BeforeAfter } from "halo-agent/site";
import { rowsOf } from "../state/select.ts";
import { type Email, type GoMailState, listOf } from "../state/state.ts";

type Rule = (states: BeforeAfter<GoMailState>) => readonly Asked<GoMailState>[];

/** Strict rules of the tasks of REAL's first version that this mailbox has all things for. */
export const earlier: Readonly<Record<string, Rule>> = {
  "v1.gomail-2": ({ before }) => {
    const [first] = rowsOf(before, listOf("inbox"));
    return [{ items: { emails: { change: { [first!.id]: { isRead: true } } } } }];
  },
  "v1.gomail-3": () => [written("sent", (mail) => {
    if (mail.subject !== "Meeting Notes") return `the subject is "${mail.subject}"`;
    if (mail.content.trim() !== "Please find the meeting notes attached.") return `the message is "${mail.content}"`;
    return wrongPeople(mail, "jonathan.smith@example.com");
  })],
  "v1.gomail-5": () => [written("scheduled", (mail) => {
    if (mail.subject !== "Weekly Update") return `the subject is "${mail.subject}"`;
    if (!mail.sendAt?.startsWith("2024-07-22T09:00")) return `it goes out at ${mail.sendAt}`;
    return wrongPeople(mail, "jane.doe@example.com");
  })],
};

/** One new mail in this folder, and nothing else. */
function written(folder: "sent" | "scheduled", problem: (mail: Email) => string): Asked<GoMailState> {
  const add = [{ among: (mail: Email) => mail.folder === folder, problem, none: `no mail was ${folder}` }];
  return { items: { emails: { add } } };
}

function wrongPeople({ to, cc, bcc }: Email, address: string): string {
  const all = [...to, ...cc, ...bcc];
  return all.length === 1 && to[0] === address ? "" : `the mail goes to ${all.join(", ")}`;
}
