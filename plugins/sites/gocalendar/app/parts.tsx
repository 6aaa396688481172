import { Button as SiteButton, Choice as SiteChoice, TextField } from "halo-agent/site/app";
import type { ButtonProps, ViewProps } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import type { Event } from "../state/event.ts";
import { calendarOf } from "../state/select.ts";
import { type CalEvent, colors, type GoCalendarState } from "../state/state.ts";
import { Icon, type IconName } from "./icon.tsx";

/** What every part of the page receives. */
export type Props = ViewProps<GoCalendarState, Event>;

/** A button with one of the site's drawings, a text or both. */
export function Button(
  { icon, ...rest }: Omit<ButtonProps, "icon"> & { readonly icon?: IconName },
): JSX.Element {
  return <SiteButton {...rest} icon={icon && <Icon name={icon} />} />;
}

/** A list of offered values that opens below its button. */
export function Choice(
  { state, dispatch, menu, ...rest }: Props & Omit<Parameters<typeof SiteChoice>[0], "isOpen" | "onToggle" | "icon"> & {
    readonly menu: string;
  },
): JSX.Element {
  const toggle = (): void => dispatch({ type: "toggle-menu", menu });
  return <SiteChoice {...rest} isOpen={state.menu === menu} onToggle={toggle} icon={<Icon name="down" />} />;
}

/** A field, what can be picked for it, and what is wrong with it. */
export function Field(
  { problem, children, ...rest }: Parameters<typeof TextField>[0] & {
    readonly problem?: string | undefined;
    readonly children?: ComponentChildren;
  },
): JSX.Element {
  return (
    <div class={`checked ${problem ? "wrong" : ""}`} role="group">
      <div class="with-pick">
        <TextField {...rest} />
        {children}
      </div>
      {problem && <p class="field-problem" role="alert">{problem}</p>}
    </div>
  );
}

/** The colour of an event: its own or its calendar's. */
export function colorOf(state: GoCalendarState, { color, calendar }: Pick<CalEvent, "color" | "calendar">): string {
  return colors[color ?? calendarOf(state, calendar)?.color ?? ""] ?? "#616161";
}

/** A property for the style sheet. */
export const tint = (color: string): { readonly "--tint": string } => ({ "--tint": color });

/** A line of a window: a drawing and what it stands for. */
export function Line(
  { icon, children }: { readonly icon: IconName; readonly children: ComponentChildren },
): JSX.Element {
  return (
    <p class="line-of">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}
