import { Choice as SiteChoice, Frame as SiteFrame, TextField } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./icon.tsx";
import type { Props } from "./parts.tsx";

/** The window of the open dialog. */
export function Frame(
  { dispatch, ...rest }: Pick<Props, "dispatch"> & {
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

/** A line of the open dialog to type into; Enter ends the dialog with effect. */
export function FormLine<F extends string>(
  { dispatch, form, field, ...rest }: Pick<Props, "dispatch"> & {
    readonly form: Readonly<Record<F, string>>;
    readonly field: F;
    readonly name: string;
    readonly id?: string;
    readonly placeholder?: string;
  },
): JSX.Element {
  return (
    <TextField
      {...rest}
      value={form[field]}
      onInput={(text) => dispatch({ type: "dialog-input", field, text })}
      onEnter={() => dispatch({ type: "confirm" })}
    />
  );
}

/** A line of the open dialog with offered values in a drop-down list. */
export function FormChoice<F extends string>(
  { state, dispatch, form, field, ...rest }: Props & {
    readonly form: Readonly<Record<F, string>>;
    readonly field: F;
    readonly name: string;
    readonly offered: readonly (readonly [value: string, name: string])[];
  },
): JSX.Element {
  const menu = `choice:${field}` as const;
  return (
    <SiteChoice
      {...rest}
      value={form[field]}
      icon={<Icon name="down" />}
      isOpen={state.menu === menu}
      onToggle={() => dispatch({ type: "toggle-menu", menu })}
      onChoose={(value) => dispatch({ type: "dialog-choose", field, value })}
    />
  );
}
