import { Button as SiteButton } from "halo-agent/site/app";
import type { ButtonProps, ViewProps } from "halo-agent/site/app";
import type { JSX } from "preact";
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
        <span key={label} class={`chip tone-${toneOf(label)}`}>
          <span>{label}</span>
        </span>
      ))}
    </>
  );
}

/** One of six colours, the same for equal text. */
export function toneOf(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 9973;
  return sum % 6;
}
