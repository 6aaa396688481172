import type { ComponentChildren, JSX } from "preact";

export interface ButtonProps {
  readonly name: string;
  readonly id?: string;
  /** What is shown, where the name says more. */
  readonly text?: string;
  /** A drawing of the site's own. */
  readonly icon?: ComponentChildren;
  /** Shows the icon alone; the name stays for screen readers and as a tooltip. */
  readonly isIconOnly?: boolean;
  readonly kind?: "plain" | "primary";
  readonly isDisabled?: boolean;
  /** For a button that opens a menu: whether it is open. */
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
      {p.icon}
      {!p.isIconOnly && <span>{p.text ?? p.name}</span>}
    </button>
  );
}

/** A button that is on or off, such as one of several pictures or days. */
export function PressButton(
  p: {
    readonly name: string;
    readonly class: string;
    readonly isPressed: boolean;
    readonly onPress: () => void;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <button
      type="button"
      class={`${p.class} ${p.isPressed ? "current" : ""}`}
      aria-label={p.name}
      aria-pressed={p.isPressed}
      onClick={p.onPress}
    >
      {p.children}
    </button>
  );
}

/** A link that is followed by an event; the address, if the site has addresses, follows from the state. */
export function Link(
  p: {
    readonly name: string;
    readonly class: string;
    /** Where it leads, as the browser shows it; "/" when absent. */
    readonly href?: string;
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
      href={p.href ?? "/"}
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

/** A check box with its name beside it. */
export function Tick(
  { class: name = "tick", ...box }: Parameters<typeof Checkbox>[0] & { readonly class?: string },
): JSX.Element {
  return (
    <label class={name}>
      <Checkbox {...box} />
      {box.name}
    </label>
  );
}
