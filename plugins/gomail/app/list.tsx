import type { JSX } from "preact";
import { nameOf, pageOf, rowsOf } from "../state/select.ts";
import type { Email, ListView } from "../state/state.ts";
import { shortDate } from "../state/time.ts";
import { Icon } from "./icon.tsx";
import { MailActions } from "./mail-actions.tsx";
import { Button, Checkbox, Chips, Link, Star } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** A list of mails with its toolbar. */
export function MailList({ state, dispatch }: Props): JSX.Element {
  const view = state.view as ListView;
  const rows = rowsOf(state, view);
  const { first, shown } = pageOf(rows, view);
  const selected = new Set(view.selected);
  const picked = shown.filter((e) => selected.has(e.id)).length;
  const isWholePage = picked > 0 && picked === shown.length;
  return (
    <>
      <div key="bar" class="toolbar" role="toolbar" aria-label="List actions">
        <Checkbox
          name="Select all"
          value={isWholePage ? true : picked > 0 ? "mixed" : false}
          isDisabled={shown.length === 0}
          onToggle={() => dispatch({ type: "select-page" })}
        />
        {picked === 0 ? <span class="title">{titleOf(view)}</span> : <MailActions state={state} dispatch={dispatch} />}
        <span class="spring" />
        {rows.length > 0 && <span class="range">{`${first + 1}–${first + shown.length} of ${rows.length}`}</span>}
        <Button
          name="Newer"
          icon="left"
          isIconOnly
          isDisabled={first === 0}
          onClick={() => dispatch({ type: "turn-page", by: -1 })}
        />
        <Button
          name="Older"
          icon="right"
          isIconOnly
          isDisabled={first + shown.length >= rows.length}
          onClick={() => dispatch({ type: "turn-page", by: 1 })}
        />
      </div>
      {isWholePage && rows.length > shown.length && (
        <div key="all" class="strip">
          {view.selected.length > shown.length
            ? `All ${rows.length} conversations are selected.`
            : `All ${shown.length} conversations on this page are selected.`}
          {view.selected.length === shown.length && (
            <Button
              name={`Select all ${rows.length} conversations`}
              onClick={() => dispatch({ type: "select-all" })}
            />
          )}
        </div>
      )}
      {shown.length === 0
        ? <Empty key="empty" view={view} />
        : (
          <ul key="rows" class="pane rows" aria-label="Email list">
            {shown.map((mail) => (
              <Row
                key={mail.id}
                state={state}
                mail={mail}
                isSelected={selected.has(mail.id)}
                dispatch={dispatch}
              />
            ))}
          </ul>
        )}
    </>
  );
}

function Row(
  { state, dispatch, mail, isSelected }: Props & { readonly mail: Email; readonly isSelected: boolean },
): JSX.Element {
  const name = `email from ${mail.from}, ${mail.subject}`;
  const isOwn = mail.folder === "sent" || mail.folder === "drafts";
  const to = mail.to.map((address) => nameOf(state, address)).join(", ");
  return (
    <li
      class={`row ${mail.isRead ? "" : "unread"} ${isSelected ? "selected" : ""}`}
      aria-label={`Email from ${mail.from}, ${mail.subject}`}
    >
      <Checkbox
        name={`Select ${name}`}
        value={isSelected}
        onToggle={() => dispatch({ type: "select", id: mail.id })}
      />
      <Star mail={mail} dispatch={dispatch} />
      <Link
        name={`Open ${name}`}
        class="row-link"
        description={mail.isRead ? undefined : "unread"}
        onFollow={() => dispatch({ type: "open-mail", id: mail.id })}
      >
        <span class="sender">{mail.folder === "drafts" && <em>Draft</em>}{isOwn ? ` To: ${to}` : mail.from}</span>
        <Chips mail={mail} />
        <span class="text">
          <span class="subject">{mail.subject === "" ? "(no subject)" : mail.subject}</span>
          <span class="snippet">{` — ${mail.content.replace(/\s+/g, " ").slice(0, 140)}`}</span>
        </span>
        <span class="date">{shortDate(mail, state.clock)}</span>
      </Link>
    </li>
  );
}

function Empty({ view }: { readonly view: ListView }): JSX.Element {
  const isSearch = view.folder === "search";
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={isSearch ? "search" : "inbox"} />
      </span>
      <p>{isSearch ? `No mail matches "${view.query.trim()}"` : `Nothing in ${titleOf(view)}`}</p>
    </div>
  );
}

function titleOf(view: ListView): string {
  if (view.folder === "search") return "Search results";
  if (view.folder.startsWith("label:")) return view.folder.slice("label:".length);
  return view.folder.charAt(0).toUpperCase() + view.folder.slice(1);
}
