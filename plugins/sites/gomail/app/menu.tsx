import { Menu as SiteMenu, MenuItem as SiteMenuItem } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import type { Menu as MenuName } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";
import type { Props } from "./parts.tsx";

type MenuProps = Props & {
  readonly menu: MenuName;
  readonly name: string;
  readonly icon: IconName;
  readonly isIconOnly?: boolean;
  readonly opens?: "up" | "left";
  readonly children: ComponentChildren;
};

/** A button with one of the site's menus. */
export function Menu({ state, dispatch, menu, icon, ...rest }: MenuProps): JSX.Element {
  return (
    <SiteMenu
      {...rest}
      icon={<Icon name={icon} />}
      isOpen={state.menu === menu}
      onToggle={() => dispatch({ type: "toggle-menu", menu })}
    />
  );
}

/** One line of a menu. */
export function MenuItem(
  { icon, ...rest }: {
    readonly name: string;
    readonly icon?: IconName;
    readonly detail?: string;
    readonly onClick: () => void;
  },
): JSX.Element {
  return <SiteMenuItem {...rest} icon={icon && <Icon name={icon} />} />;
}
