import { Button as SiteButton, toneOf } from "halo-agent/site/app";
import type { ButtonProps, ViewProps } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import type { Event } from "../state/event.ts";
import type { Email, GoMailState } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";

/** What every part of the page receives. */
export type Props = ViewProps<GoMailState, Event>;

/** A button with one of the site's drawings, a text or both. */
export function Button(
  { icon, ...rest }: Omit<ButtonProps, "icon"> & { readonly icon?: IconName },
): JSX.Element {
  return <SiteButton {...rest} icon={icon && <Icon name={icon} />} />;
}

/** The star of a mail. */
export function Star({ mail, dispatch }: { readonly mail: Email; readonly dispatch: Props["dispatch"] }): JSX.Element {
  const verb = mail.isStarred ? "Remove star from" : "Add star to";
  return (
    <button
      type="button"
      class={`star ${mail.isStarred ? "on" : ""}`}
      aria-label={`${verb} email from ${mail.from}, ${mail.subject}`}
      aria-pressed={mail.isStarred}
      onClick={() => dispatch({ type: "star", id: mail.id })}
    >
      <Icon name={mail.isStarred ? "star-full" : "star"} />
    </button>
  );
}

/** The labels of a mail as chips. */
export function Chips({ mail }: { readonly mail: Email }): JSX.Element {
  return (
    <>
      {mail.labels.map((label) => (
        <span key={label} class={`chip ${toneOf(label)}`}>
          <span class="clipped">{label}</span>
        </span>
      ))}
    </>
  );
}

/** The sign of a label in the label's colour. */
export function LabelSign({ label }: { readonly label: string }): JSX.Element {
  return (
    <span class={`dot ${toneOf(label)}`}>
      <Icon name="label" />
    </span>
  );
}

/** The toolbar of a page without mails: the way back to them, and the page's title. */
export function TitleBar(
  { dispatch, title, children }: Pick<Props, "dispatch"> & {
    readonly title: string;
    readonly children?: ComponentChildren;
  },
): JSX.Element {
  return (
    <div class="toolbar across">
      <Button
        name="Back to inbox"
        icon="back"
        isIconOnly
        onClick={() => dispatch({ type: "open-list", folder: "inbox" })}
      />
      <span class="title">{title}</span>
      {children}
    </div>
  );
}
