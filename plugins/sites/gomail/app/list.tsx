import { Checkbox, Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import { nameOf, shownRows, titleOf } from "../state/select.ts";
import type { Email, ListView } from "../state/state.ts";
import { shortDate } from "../state/time.ts";
import { momentText } from "halo-agent/site";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";
import { MailActions } from "./mail-actions.tsx";
import { Button, Chips, Star } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** A list of mails with its toolbar. */
export function MailList({ state, dispatch }: Props): JSX.Element {
  const view = state.view as ListView;
  const { rows, first, shown } = shownRows(state);
  const selected = new Set(view.selected);
  const picked = shown.filter((e) => selected.has(e.id)).length;
  const isWholePage = picked > 0 && picked === shown.length;
  return (
    <>
      <div key="bar" class="toolbar across" role="toolbar" aria-label="List actions">
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
        <div key="all" class="strip across">
          {view.selected.length > shown.length
            ? `All ${rows.length} conversations are selected.`
            : `All ${shown.length} conversations on this page are selected.`}
          {view.selected.length === shown.length && (
            <Button
              name={`Select all ${rows.length} conversations`}
              onClick={() => dispatch({ type: "select-all" })}
            />
          )}
          {view.selected.length > shown.length && (
            <Button
              name="Clear selection"
              onClick={() => dispatch({ type: "select-none" })}
            />
          )}
        </div>
      )}
      {(view.folder === "trash" || view.folder === "spam") && rows.length > 0 && (
        <div key="empty" class="strip across">
          {view.folder === "trash"
            ? "Deleted mail stays here until you empty Trash."
            : "Spam stays here until you empty it."}
          <Button
            name={view.folder === "trash" ? "Empty Trash now" : "Delete all spam now"}
            onClick={() => dispatch({ type: "empty", folder: view.folder === "trash" ? "trash" : "spam" })}
          />
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
                isCursor={view.cursor === mail.id}
                dispatch={dispatch}
              />
            ))}
          </ul>
        )}
    </>
  );
}

function Row(
  { state, dispatch, mail, isSelected, isCursor }: Props & {
    readonly mail: Email;
    readonly isSelected: boolean;
    readonly isCursor: boolean;
  },
): JSX.Element {
  const name = `email from ${mail.from}, ${mail.subject}`;
  const isOwn = mail.folder === "sent" || mail.folder === "drafts" || mail.folder === "scheduled";
  const later = mail.snoozedUntil ?? mail.sendAt;
  const to = mail.to.map((address) => nameOf(state, address)).join(", ");
  return (
    <li
      class={`row across ${mail.isRead ? "" : "unread"} ${isSelected ? "selected" : ""} ${isCursor ? "cursor" : ""}`}
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
        class="row-link across"
        description={mail.isRead ? undefined : "unread"}
        onFollow={() => dispatch({ type: "open-mail", id: mail.id })}
      >
        <span class="sender clipped">
          {mail.folder === "drafts" && <em>Draft</em>}
          {isOwn ? ` To: ${to}` : mail.from}
        </span>
        {mail.isImportant && <Sign icon="important" />}
        <Chips mail={mail} />
        <span class="text clipped">
          <span class="subject">{mail.subject === "" ? "(no subject)" : mail.subject}</span>
          {state.settings.snippets === "show" && (
            <span class="snippet">{` — ${mail.content.replace(/\s+/g, " ").slice(0, 140)}`}</span>
          )}
        </span>
        {mail.attachments !== undefined && <Sign icon="attach" />}
        <span class="date">{later === undefined ? shortDate(mail, state.clock) : momentText(later)}</span>
      </Link>
    </li>
  );
}

function Sign({ icon }: { readonly icon: IconName }): JSX.Element {
  return (
    <span class="sign">
      <Icon name={icon} />
    </span>
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
