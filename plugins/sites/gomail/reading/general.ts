import type { MailMilestone } from "../families/mail.ts";
import { sends } from "./writing.ts";

/**
 * What pays where a goal is not understood: the way that most goals of a mail site have in common. Composer open 0.3, a
 * recipient 0.2, a subject 0.2, a message 0.2, all of it with Send in view 0.2, sent 0.5.
 */
export const general: readonly MailMilestone[] = sends({
  to: [(address) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)],
  says: [],
});
