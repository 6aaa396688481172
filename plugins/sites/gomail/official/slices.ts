import { compileQuery } from "../state/search.ts";
import { listView } from "../state/select.ts";
import type { GoMailState } from "../state/state.ts";
import { officialMail, officialMails } from "./mail.ts";

/**
 * The state cut into the hosted site's slices, for `detailedDiff`. Mails stand under their place in the order of ids,
 * which the seed makes `id - 1`, and never move: a mail that is gone leaves its place empty.
 */
export function slicesOf(state: GoMailState): object {
  const { query } = listView(state);
  const mails = [...officialMails(state)];
  const results = query === "" ? [] : state.emails.filter(compileQuery(query));
  return {
    email: { emails: Object.fromEntries(mails.map(([id, mail]) => [Number(id) - 1, mail])) },
    settings: { customLabels: state.labels.map((label) => ({ label })) },
    filter: {
      searchData: { hasWords: query },
      // Ids and what became of them: a whole mail would be taken for one the task is about.
      searchResults: results.map(officialMail).map(({ id, snoozed, snoozeUntil }) =>
        snoozed ? { id, snoozed, snoozeUntil } : { id }
      ),
    },
    ui: {
      searchInputValue: state.searchInput,
      snackbar: { open: state.snackbar !== null, message: state.snackbar?.message ?? "" },
    },
  };
}
