import { Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import { countOf, listView } from "../state/select.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";
import { Button, LabelSign } from "./parts.tsx";
import type { Props } from "./parts.tsx";

const folders: readonly (readonly [folder: string, name: string, icon: IconName])[] = [
  ["inbox", "Inbox", "inbox"],
  ["starred", "Starred", "star"],
  ["snoozed", "Snoozed", "clock"],
  ["important", "Important", "important"],
  ["sent", "Sent", "send"],
  ["scheduled", "Scheduled", "schedule"],
  ["drafts", "Drafts", "draft"],
  ["archive", "Archive", "archive"],
  ["spam", "Spam", "spam"],
  ["trash", "Trash", "trash"],
];

const counted: ReadonlySet<string> = new Set(["inbox", "drafts", "spam", "scheduled"]);

/** The left side: Compose, folders, labels. */
export function Navigation({ state, dispatch }: Props): JSX.Element {
  const isElsewhere = state.view.name === "settings" || state.view.name === "contacts";
  const current = isElsewhere ? "" : listView(state).folder;
  const entry = (folder: string, name: string, icon: JSX.Element, shown: string): JSX.Element => {
    const count = counted.has(folder) ? countOf(state, folder) : 0;
    const what = folder === "drafts" ? "drafts" : folder === "scheduled" ? "scheduled" : "unread";
    const isCurrent = current === folder;
    return (
      <Link
        key={folder}
        name={name}
        class={`entry across ${isCurrent ? "current" : ""}`}
        description={count === 0 ? undefined : `${count} ${what}`}
        isCurrent={isCurrent}
        onFollow={() => dispatch({ type: "open-list", folder })}
      >
        {icon}
        <span class="entry-name clipped">{shown}</span>
        {count > 0 && <span class="count" aria-hidden="true">{count}</span>}
      </Link>
    );
  };
  return (
    <nav aria-label="Mailbox" class="pane">
      <button type="button" class="compose-button across" onClick={() => dispatch({ type: "compose" })}>
        <Icon name="pen" />Compose
      </button>
      {folders.map(([folder, name, icon]) => entry(folder, name, <Icon name={icon} />, name))}
      <div class="nav-heading across">
        <span>Labels</span>
        <Button name="Create new label" icon="plus" isIconOnly onClick={() => dispatch({ type: "new-label" })} />
      </div>
      {state.labels.map((label) => entry(`label:${label}`, `Label ${label}`, <LabelSign label={label} />, label))}
    </nav>
  );
}
