import type { JSX } from "preact";
import { listView, openMail, targetsOf } from "../state/select.ts";
import type { Folder } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";

const places: readonly (readonly [folder: Folder, name: string])[] = [
  ["inbox", "Inbox"],
  ["archive", "Archive"],
  ["spam", "Spam"],
  ["trash", "Trash"],
];

/** What can be done with the selected rows or the open mail, depending on the list they are in. */
export function MailActions({ state, dispatch }: Props): JSX.Element {
  const place = openMail(state)?.folder ?? listView(state).folder;
  const isOpen = state.view.name === "message";
  const has = (...folders: readonly string[]): boolean => folders.includes(place);
  const move = (name: string, icon: "archive" | "inbox" | "trash", to: Folder): JSX.Element => (
    <Button
      name={name}
      icon={icon}
      onClick={() => dispatch({ type: "move", to })}
    />
  );
  if (has("drafts")) return move("Discard drafts", "trash", "trash");
  return (
    <>
      {!has("archive", "sent", "spam", "trash") && move("Archive", "archive", "archive")}
      {has("archive", "trash") && move("Move to inbox", "inbox", "inbox")}
      {has("spam") && move("Not spam", "inbox", "inbox")}
      {!has("spam", "trash") && move("Delete", "trash", "trash")}
      {has("spam", "trash") && (
        <Button
          name="Delete forever"
          icon="trash"
          onClick={() => dispatch({ type: "delete-forever" })}
        />
      )}
      {!isOpen && <Button name="Mark as read" icon="open" onClick={() => dispatch({ type: "mark", isRead: true })} />}
      <Button name="Mark as unread" icon="mail" onClick={() => dispatch({ type: "mark", isRead: false })} />
      {!has("spam", "trash") && <LabelsMenu state={state} dispatch={dispatch} />}
      {!has("sent", "spam", "trash") && <MoveMenu state={state} dispatch={dispatch} place={place} />}
    </>
  );
}

function LabelsMenu({ state, dispatch }: Props): JSX.Element {
  const targets = targetsOf(state);
  const checked = (label: string): boolean | "mixed" => {
    const n = targets.filter((e) => e.labels.includes(label)).length;
    return n === 0 ? false : n === targets.length ? true : "mixed";
  };
  return (
    <Menu state={state} dispatch={dispatch} menu="labels" name="Labels" icon="label">
      {state.labels.map((label) => (
        <button
          key={label}
          type="button"
          role="menuitemcheckbox"
          class="menu-item"
          aria-checked={checked(label)}
          onClick={() => dispatch({ type: "toggle-label", label })}
        >
          <span class={`tick ${checked(label) === false ? "" : "on"}`}>
            {checked(label) === true && <Icon name="check" />}
            {checked(label) === "mixed" && <Icon name="minimize" />}
          </span>
          {label}
        </button>
      ))}
      <div class="menu-line" role="separator" />
      <button type="button" role="menuitem" class="menu-item" onClick={() => dispatch({ type: "new-label" })}>
        <Icon name="plus" />Create new label
      </button>
    </Menu>
  );
}

function MoveMenu({ state, dispatch, place }: Props & { readonly place: string }): JSX.Element {
  return (
    <Menu state={state} dispatch={dispatch} menu="move" name="Move to" icon="move">
      {places.filter(([folder]) => folder !== place).map(([folder, name]) => (
        <button
          key={folder}
          type="button"
          role="menuitem"
          class="menu-item"
          onClick={() => dispatch({ type: "move", to: folder })}
        >
          <Icon name={folder as "inbox"} />
          {name}
        </button>
      ))}
    </Menu>
  );
}

function Menu(
  { state, dispatch, menu, name, icon, children }: Props & {
    readonly menu: "labels" | "move";
    readonly name: string;
    readonly icon: "label" | "move";
    readonly children: (JSX.Element | readonly JSX.Element[])[] | JSX.Element[];
  },
): JSX.Element {
  const isOpen = state.menu === menu;
  return (
    <span class="menu-anchor">
      <Button name={name} icon={icon} expanded={isOpen} onClick={() => dispatch({ type: "toggle-menu", menu })} />
      {isOpen && (
        <div class="menu">
          <div class="menu-items" role="menu" aria-label={name} onKeyDown={walk}>{children}</div>
        </div>
      )}
    </span>
  );
}

/** Moves focus along the items with the arrow keys. */
function walk(e: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  e.preventDefault();
  const items = [...e.currentTarget.querySelectorAll<HTMLElement>(".menu-item")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
