import type { Milestone, MilestoneRole } from "./milestone.ts";
import { type Control, fill, find, isControl, lookFurther, type PageView, press, says } from "./page-view.ts";
import type { Element } from "../domain/observation.ts";

interface Named {
  readonly name: string;
  readonly value: number;
}

/** What a page shows by itself. */
export interface Sight<P extends PageView> extends Named {
  readonly role: MilestoneRole;
  readonly stands: (page: P) => boolean;
  /** What a step has to bring into view for the milestone, where it also stands without that; `stands` when absent. */
  readonly seen?: (page: P) => boolean;
  /** What is seen, in words. */
  readonly says: string;
  /** The control that brings it. */
  readonly by: Control | ((page: P) => Element | undefined);
}

/** A page shows it, whoever brought it there; pressing `by` does. */
export function sight<P extends PageView>(
  { name, value, role, stands, seen = stands, says, by }: Sight<P>,
): Milestone<P> {
  const control = typeof by === "function" ? by : (page: P) => find(page, by);
  return {
    name,
    value,
    role,
    stands,
    reached: ({ to }) => seen(to) && says,
    towards: ({ page }) => press(control(page)) ?? lookFurther,
  };
}

/** A control came into view; the control `by` brings it, after `before` where that is in view. */
export function shown<P extends PageView>(
  { name, value, control, by, before }: Named & {
    readonly control: Control;
    readonly by: Control;
    readonly before?: (page: P) => Element | undefined;
  },
): Milestone<P> {
  return sight({
    name,
    value,
    role: "way",
    stands: (page) => find(page, control) !== undefined,
    says: `"${control.name}" is in view`,
    by: (page) => before?.(page) ?? find(page, by),
  });
}

/** One of several options is the chosen one. */
export function chosen<P extends PageView>(
  { name, value, option }: Named & { readonly option: Control },
): Milestone<P> {
  const stands = (page: P): boolean => find(page, option)?.states.includes("checked") === true;
  return sight({ name, value, role: "content", stands, says: `"${option.name}" is chosen`, by: option });
}

/** A box was ticked, or with `on: false` no longer is. It counts by itself, and only for the step that did it. */
export function ticked<P extends PageView>(
  { name, value, box, on = true }: Named & { readonly box: Control; readonly on?: boolean },
): Milestone<P> {
  const is = (page: P, wanted: boolean): boolean => {
    const found = find(page, box);
    return found !== undefined && found.states.includes("checked") === wanted;
  };
  return {
    name,
    value,
    role: "free",
    stands: (page) => is(page, on),
    reached: ({ from, to }) => is(from, !on) && is(to, on) && `"${box.name}" is ${on ? "" : "not "}ticked`,
    towards: ({ page }) => press(find(page, box)) ?? lookFurther,
  };
}

/** A field reads exactly this text. */
export function written<P extends PageView>(
  { name, value, field, text }: Named & { readonly field: Control; readonly text: string },
): Milestone<P> {
  const stands = (page: P): boolean => find(page, field)?.value === text;
  return {
    name,
    value,
    role: "content",
    stands,
    reached: ({ to }) => stands(to) && `${field.name} reads "${text}"`,
    towards: ({ page }) => fill(find(page, field), text),
  };
}

/** All that was asked for stands, and the button that ends it is in view. */
export function ready<P extends PageView>({ name, value, button }: Named & { readonly button: Control }): Milestone<P> {
  const stands = (page: P): boolean => find(page, button) !== undefined;
  return {
    name,
    value,
    role: "ready",
    stands,
    reached: ({ to }) => stands(to) && "all fields are right",
    towards: () => lookFurther,
  };
}

/** `button` was used with everything before in place, `gone` went away and the page's message, if it has one, says so. */
export function done<P extends PageView>(
  { name, value, button, gone, notice }: Named & {
    readonly button: Control;
    readonly gone?: Control;
    readonly notice?: string;
  },
): Milestone<P> {
  const isGone = (page: P): boolean => gone === undefined || find(page, gone) === undefined;
  return {
    name,
    value,
    role: "end",
    stands: (page) => notice !== undefined && says(page, notice),
    reached({ to, acted }) {
      const isUsed = acted !== undefined && isControl(acted, button) && !acted.states.includes("checked");
      if (!isUsed || !isGone(to) || !(notice === undefined || says(to, notice))) return false;
      return to.notice || `"${acted.name}" took effect`;
    },
    towards: ({ page }) => press(find(page, button)) ?? lookFurther,
    ...(notice === undefined && gone !== undefined && { mayBeOver: isGone }),
  };
}
