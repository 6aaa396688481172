import { momentText } from "halo-agent/site";
import { Menu as SiteMenu, MenuItem as SiteMenuItem, MenuLine } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import type { Menu as MenuName } from "../state/state.ts";
import type { Preset } from "../state/time.ts";
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

/** A menu of moments, with a dialog behind its last line in which any other can be written. */
export function MomentMenu(
  { menu, presets, onPick, ...rest }: Omit<MenuProps, "children"> & {
    readonly menu: "snooze" | "schedule";
    readonly presets: readonly Preset[];
    readonly onPick: (at: string) => void;
  },
): JSX.Element {
  return (
    <Menu {...rest} menu={menu}>
      {presets.map(({ name, at }) => (
        <MenuItem
          key={name}
          name={name}
          detail={momentText(at)}
          onClick={() => onPick(at)}
        />
      ))}
      <MenuLine />
      <MenuItem
        name="Pick date and time"
        icon="schedule"
        onClick={() => rest.dispatch({ type: "open-dialog", name: menu })}
      />
    </Menu>
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
