import { MenuCheck, MenuLine } from "halo-agent/site/app";
import type { JSX } from "preact";
import { listView, nameOfFolder, openMail, targetsOf } from "../state/select.ts";
import { snoozePresets } from "../state/time.ts";
import type { Folder } from "../state/state.ts";
import { Menu, MenuItem, MomentMenu } from "./menu.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** What can be done with the selected rows or the open mail, depending on the list they are in. */
export function MailActions(props: Props): JSX.Element {
  const { state, dispatch } = props;
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
  const isAway = has("spam", "trash");
  const isKept = !isAway && !has("sent");
  return (
    <>
      {isKept && !has("archive") && move("Archive", "archive", "archive")}
      {has("archive", "trash") && move("Move to inbox", "inbox", "inbox")}
      {has("spam") && move("Not spam", "inbox", "inbox")}
      {isKept && (
        <Button
          name="Report spam"
          icon="spam"
          isIconOnly
          onClick={() => dispatch({ type: "move", to: "spam" })}
        />
      )}
      {!isAway && move("Delete", "trash", "trash")}
      {isAway && <Button name="Delete forever" icon="trash" onClick={() => dispatch({ type: "delete-forever" })} />}
      {!isOpen && <Button name="Mark as read" icon="open" onClick={() => dispatch({ type: "mark", isRead: true })} />}
      <Button name="Mark as unread" icon="mail" onClick={() => dispatch({ type: "mark", isRead: false })} />
      {isAsleep && <Button name="Unsnooze" icon="clock" onClick={() => dispatch({ type: "unsnooze" })} />}
      {!isAsleep && isKept && (
        <MomentMenu
          {...props}
          menu="snooze"
          name="Snooze"
          icon="clock"
          presets={snoozePresets(state.clock)}
          onPick={(until) => dispatch({ type: "snooze", until })}
        />
      )}
      {!isAway && <LabelsMenu {...props} />}
      {isKept && (
        <Menu {...props} menu="move" name="Move to" icon="move">
          {(["inbox", "archive", "spam", "trash"] as const).filter((folder) => folder !== place).map((folder) => (
            <MenuItem
              key={folder}
              name={nameOfFolder(folder)}
              icon={folder}
              onClick={() => dispatch({ type: "move", to: folder })}
            />
          ))}
        </Menu>
      )}
      <MoreMenu {...props} />
    </>
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
        <MenuCheck
          key={label}
          name={label}
          value={checked(label)}
          onToggle={() => dispatch({ type: "toggle-label", label })}
        />
      ))}
      <MenuLine />
      <MenuItem name="Create new label" icon="plus" onClick={() => dispatch({ type: "new-label" })} />
      <MenuItem
        name="Manage labels"
        icon="settings"
        onClick={() => dispatch({ type: "open-settings", tab: "labels" })}
      />
    </Menu>
  );
}
