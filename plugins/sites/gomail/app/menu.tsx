import type { ComponentChildren, JSX } from "preact";
import type { Menu as MenuName } from "../state/state.ts";
import { selector } from "halo-agent/site/app";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";

type MenuProps = Props & {
  readonly menu: MenuName;
  readonly name: string;
  readonly icon: IconName;
  readonly isIconOnly?: boolean;
  /** Where it opens; below and to the right when absent. */
  readonly opens?: "up" | "left";
  readonly children: ComponentChildren;
};

/** A button with a menu that opens at it. */
export function Menu(
  { state, dispatch, menu, name, icon, isIconOnly = false, opens, children }: MenuProps,
): JSX.Element {
  const isOpen = state.menu === menu;
  const toggle = (): void => dispatch({ type: "toggle-menu", menu });
  return (
    <span class="menu-anchor">
      <Button name={name} icon={icon} isIconOnly={isIconOnly} expanded={isOpen} onClick={toggle} />
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
    readonly icon?: IconName;
    readonly detail?: string;
    readonly onClick: () => void;
  },
): JSX.Element {
  return (
    <button type="button" role="menuitem" class="menu-item" onClick={p.onClick}>
      {p.icon !== undefined && <Icon name={p.icon} />}
      <span class="menu-name">{p.name}</span>
      {p.detail !== undefined && <span class="quiet">{p.detail}</span>}
    </button>
  );
}

/** Moves focus along the items with the arrow keys. */
export function walk(e: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  e.preventDefault();
  const items = [...e.currentTarget.querySelectorAll<HTMLElement>(selector(".menu-item"))];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
