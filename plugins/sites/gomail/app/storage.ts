import type { OfficialConfig } from "halo-agent/site";
import type { Event } from "../state/event.ts";
import { initialState } from "../state/state.ts";
import type { GoMailState } from "../state/state.ts";
import { clock, stampOf } from "../state/time.ts";

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
export function configure(config: OfficialConfig): void {
  localStorage.clear();
  localStorage.setItem(keys.config, JSON.stringify(config));
}

/** The stored configuration. */
export function configuration(): OfficialConfig | undefined {
  return read<OfficialConfig>(keys.config);
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
  const act = { type: event.type, timestamp: clock.instantOf(stampOf(state.clock)) };
  localStorage.setItem(keys.history, JSON.stringify([...acts(), act]));
}

function read<T>(key: string): T | undefined {
  const text = localStorage.getItem(key);
  return text === null ? undefined : JSON.parse(text) as T;
}
