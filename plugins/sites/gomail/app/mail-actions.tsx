import type { JSX } from "preact";
import { listView, openMail, targetsOf } from "../state/select.ts";
import { snoozePresets } from "../state/time.ts";
import { momentText } from "halo-agent/site";
import type { Folder } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import { Menu, MenuItem } from "./menu.tsx";
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
  if (has("scheduled")) return move("Delete", "trash", "trash");
  const isAsleep = openMail(state)?.snoozedUntil !== undefined || listView(state).folder === "snoozed";
  return (
    <>
      {!has("archive", "sent", "spam", "trash") && move("Archive", "archive", "archive")}
      {has("archive", "trash") && move("Move to inbox", "inbox", "inbox")}
      {has("spam") && move("Not spam", "inbox", "inbox")}
      {!has("sent", "spam", "trash") && (
        <Button
          name="Report spam"
          icon="spam"
          isIconOnly
          onClick={() => dispatch({ type: "move", to: "spam" })}
        />
      )}
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
      {isAsleep
        ? <Button name="Unsnooze" icon="clock" onClick={() => dispatch({ type: "unsnooze" })} />
        : !has("sent", "spam", "trash") && <SnoozeMenu state={state} dispatch={dispatch} />}
      {!has("spam", "trash") && <LabelsMenu state={state} dispatch={dispatch} />}
      {!has("sent", "spam", "trash") && <MoveMenu state={state} dispatch={dispatch} place={place} />}
      <MoreMenu state={state} dispatch={dispatch} />
    </>
  );
}

function SnoozeMenu({ state, dispatch }: Props): JSX.Element {
  return (
    <Menu state={state} dispatch={dispatch} menu="snooze" name="Snooze" icon="clock">
      {snoozePresets(state.clock).map(({ name, at }) => (
        <MenuItem
          key={name}
          name={name}
          detail={momentText(at)}
          onClick={() => dispatch({ type: "snooze", until: at })}
        />
      ))}
      <div class="menu-line" role="separator" />
      <MenuItem
        name="Pick date and time"
        icon="schedule"
        onClick={() => dispatch({ type: "open-dialog", name: "snooze" })}
      />
    </Menu>
  );
}

function MoreMenu({ state, dispatch }: Props): JSX.Element {
  const targets = targetsOf(state);
  const isImportant = targets.every((e) => e.isImportant);
  const isStarred = targets.every((e) => e.isStarred);
  const isOpen = state.view.name === "message";
  return (
    <Menu state={state} dispatch={dispatch} menu="more" name="More" icon="more" isIconOnly opens="left">
      <MenuItem
        name={isImportant ? "Mark as not important" : "Mark as important"}
        icon="important"
        onClick={() => dispatch({ type: "mark-important", isImportant: !isImportant })}
      />
      <MenuItem
        name={isStarred ? "Remove star" : "Add star"}
        icon="star"
        onClick={() => dispatch({ type: "star-targets" })}
      />
      {isOpen && <MenuItem name="Forward" icon="forward" onClick={() => dispatch({ type: "forward" })} />}
    </Menu>
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
      <MenuItem name="Create new label" icon="plus" onClick={() => dispatch({ type: "new-label" })} />
      <MenuItem
        name="Manage labels"
        icon="settings"
        onClick={() => dispatch({ type: "open-settings", tab: "labels" })}
      />
    </Menu>
  );
}

function MoveMenu({ state, dispatch, place }: Props & { readonly place: string }): JSX.Element {
  return (
    <Menu state={state} dispatch={dispatch} menu="move" name="Move to" icon="move">
      {places.filter(([folder]) => folder !== place).map(([folder, name]) => (
        <MenuItem
          key={folder}
          name={name}
          icon={folder as "inbox"}
          onClick={() => dispatch({ type: "move", to: folder })}
        />
      ))}
    </Menu>
  );
}
