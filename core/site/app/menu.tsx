import type { ComponentChildren, JSX } from "preact";
import { selector } from "./alias.ts";
import { Button, type ButtonProps } from "./button.tsx";
import { Drawing } from "./drawing.tsx";

type MenuProps = Pick<ButtonProps, "name" | "icon" | "isIconOnly"> & {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Where it opens; below and to the right when absent. */
  readonly opens?: "up" | "left";
  readonly children: ComponentChildren;
};

/** A button with a menu that opens at it. */
export function Menu({ name, icon, isIconOnly = false, isOpen, onToggle, opens, children }: MenuProps): JSX.Element {
  return (
    <span class="menu-anchor">
      <Button name={name} icon={icon} isIconOnly={isIconOnly} expanded={isOpen} onClick={onToggle} />
      {isOpen && (
        <div class={`menu ${opens ?? ""}`}>
          <div class="menu-items" role="menu" aria-label={name} onKeyDown={walk}>{children}</div>
        </div>
      )}
    </span>
  );
}

/** One line of a menu; `detail` stands at its end. */
export function MenuItem(
  p: {
    readonly name: string;
    readonly icon?: ComponentChildren;
    readonly detail?: string;
    readonly onClick: () => void;
  },
): JSX.Element {
  return (
    <button type="button" role="menuitem" class="menu-item" onClick={p.onClick}>
      {p.icon}
      <span class="menu-name">{p.name}</span>
      {p.detail !== undefined && <span class="quiet">{p.detail}</span>}
    </button>
  );
}

/** One line of a menu that is on or off; "mixed" where it stands for several things of which some have it. */
export function MenuCheck(
  { name, value, onToggle }: {
    readonly name: string;
    readonly value: boolean | "mixed";
    readonly onToggle: () => void;
  },
): JSX.Element {
  return (
    <button type="button" role="menuitemcheckbox" class="menu-item" aria-checked={value} onClick={onToggle}>
      <span class={`menu-tick ${value === false ? "" : "on"}`}>
        {value !== false && <Drawing path={value === true ? "M5 12.5l4.5 4.5L19 7.5" : "M6 17h12"} />}
      </span>
      {name}
    </button>
  );
}

/** The line between two groups of a menu's lines. */
export function MenuLine(): JSX.Element {
  return <div class="menu-line" role="separator" />;
}

/** Moves focus along the items of a menu with the arrow keys. */
export function walk(e: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  e.preventDefault();
  const items = [...e.currentTarget.querySelectorAll<HTMLElement>(selector(".menu-item"))];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
