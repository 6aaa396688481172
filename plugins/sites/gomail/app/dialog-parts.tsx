import { Choice as SiteChoice, Frame as SiteFrame } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./icon.tsx";
import type { Props } from "./parts.tsx";

/** The window of the open dialog. */
export function Frame(
  { dispatch, state: _, ...rest }: Props & {
    readonly title: string;
    readonly confirm: string;
    readonly problem?: string;
    readonly isReady?: boolean;
    readonly isPlain?: boolean;
    readonly size?: "wide" | "";
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <SiteFrame
      {...rest}
      onCancel={() => dispatch({ type: "escape", inCompose: false })}
      onConfirm={() => dispatch({ type: "confirm" })}
    />
  );
}

/** A line of a dialog with offered values in a drop-down list. */
export function Choice(
  { state, dispatch, field, ...rest }: Props & {
    /** Name of the field in the state. */
    readonly field: string;
    readonly name: string;
    readonly value: string;
    readonly offered: readonly (readonly [value: string, name: string])[];
    readonly onChoose: (value: string) => void;
  },
): JSX.Element {
  const menu = `choice:${field}` as const;
  return (
    <SiteChoice
      {...rest}
      icon={<Icon name="down" />}
      isOpen={state.menu === menu}
      onToggle={() => dispatch({ type: "toggle-menu", menu })}
    />
  );
}
