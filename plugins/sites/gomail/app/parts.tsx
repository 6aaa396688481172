import type { ComponentChildren, JSX } from "preact";
import type { Event } from "../state/event.ts";
import type { Email, GoMailState } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";

/** What every part of the page receives. */
export interface Props {
  readonly state: GoMailState;
  readonly dispatch: (event: Event) => void;
}

interface ButtonProps {
  readonly name: string;
  readonly id?: string;
  /** What is shown, where the name says more. */
  readonly text?: string;
  readonly icon?: IconName;
  /** Shows the icon alone; the name stays for screen readers and as a tooltip. */
  readonly isIconOnly?: boolean;
  readonly kind?: "plain" | "primary";
  readonly isDisabled?: boolean;
  readonly expanded?: boolean;
  readonly onClick: () => void;
}

/** A button with an icon, a text or both. */
export function Button(p: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      id={p.id}
      class={`button ${p.kind ?? "plain"} ${p.isIconOnly ? "icon-only" : ""}`}
      aria-label={p.name}
      disabled={p.isDisabled ?? false}
      {...(p.expanded !== undefined && { "aria-haspopup": "menu" as const, "aria-expanded": p.expanded })}
      onClick={p.onClick}
    >
      {p.icon !== undefined && <Icon name={p.icon} />}
      {!p.isIconOnly && <span>{p.text ?? p.name}</span>}
    </button>
  );
}

/** A link that changes what is shown, never the address. */
export function Link(
  p: {
    readonly name: string;
    readonly class: string;
    readonly description?: string | undefined;
    readonly isCurrent?: boolean;
    readonly onFollow: () => void;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  const follow = (e: MouseEvent): void => {
    e.preventDefault();
    p.onFollow();
  };
  return (
    <a
      href="/"
      class={p.class}
      aria-label={p.name}
      aria-description={p.description}
      aria-current={p.isCurrent ? "page" : undefined}
      onClick={follow}
    >
      {p.children}
    </a>
  );
}

/** A check box that may stand between on and off. */
export function Checkbox(
  p: {
    readonly name: string;
    readonly value: boolean | "mixed";
    readonly isDisabled?: boolean;
    readonly onToggle: () => void;
  },
): JSX.Element {
  return (
    <input
      type="checkbox"
      class="checkbox"
      aria-label={p.name}
      disabled={p.isDisabled ?? false}
      checked={p.value === true}
      indeterminate={p.value === "mixed"}
      onChange={p.onToggle}
    />
  );
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
