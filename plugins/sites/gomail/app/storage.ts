import type { SiteConfig } from "../official.ts";
import type { Event } from "../state/event.ts";
import { initialState } from "../state/state.ts";
import type { GoMailState } from "../state/state.ts";
import { stampOf } from "../state/time.ts";

/** One thing that was done, with the site's time. */
export interface Act {
  readonly type: string;
  readonly timestamp: string;
}

const keys = { config: "gomail.config", state: "gomail.state", history: "gomail.history" } as const;

/** True once `/config` was asked for in this browser context: from then on the mailbox outlives its page. */
export function isConfigured(): boolean {
  return localStorage.getItem(keys.config) !== null;
}

/** Stores a configuration and starts the mailbox anew. */
export function configure(config: SiteConfig): void {
  localStorage.clear();
  localStorage.setItem(keys.config, JSON.stringify(config));
}

/** The stored configuration. */
export function configuration(): SiteConfig | undefined {
  return read<SiteConfig>(keys.config);
}

/** The mailbox a configuration begins with. */
export function started(): GoMailState {
  return { ...initialState({ mails: [] }), banner: configuration()?.removePopup === false };
}

/** The stored mailbox, or the one it begins with. */
export function kept(): GoMailState {
  return read<GoMailState>(keys.state) ?? started();
}

/** What was done so far, oldest first. */
export function acts(): readonly Act[] {
  return read<readonly Act[]>(keys.history) ?? [];
}

/** Stores the mailbox and what led to it. */
export function keep(state: GoMailState, event: Event): void {
  localStorage.setItem(keys.state, JSON.stringify(state));
  // Pacific summer time is seven hours behind.
  const at = new Date(Date.parse(`${stampOf(state.clock)}Z`) + 7 * 3_600_000);
  const act = { type: event.type, timestamp: at.toISOString() };
  localStorage.setItem(keys.history, JSON.stringify([...acts(), act]));
}

function read<T>(key: string): T | undefined {
  const text = localStorage.getItem(key);
  return text === null ? undefined : JSON.parse(text) as T;
}
