import type { Setup } from "../state/state.ts";
import { archive } from "./archive.ts";
import { compose } from "./compose.ts";
import type { Drawer } from "./drawer.ts";
import { label } from "./label.ts";
import { reply } from "./reply.ts";
import { searchDelete } from "./search-delete.ts";
import { star } from "./star.ts";

/** A family of tasks that differ in their values only. */
export interface Template {
  readonly name: string;
  /** Fewest steps that solve it. */
  readonly optimum: number;
  /** Goal texts; `{sender}` stands for the value of that name. */
  readonly wordings: readonly [string, string];
  scene(draw: Drawer): Scene;
}

/** One task's mailbox and values. Where the goal means a mail, it is the first of `setup.mails`. */
export interface Scene {
  readonly setup: Setup;
  readonly values: Readonly<Record<string, string>>;
}

/** Every template, easiest first. */
export const templates: readonly Template[] = [star, archive, label, searchDelete, reply, compose];

/** The goal text of one wording. */
export function wording(template: Template, i: number, values: Scene["values"]): string {
  return template.wordings[i % template.wordings.length]!.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}
