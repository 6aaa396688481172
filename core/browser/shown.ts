import { AsyncLocalStorage } from "node:async_hooks";

/** How a browser is launched that somebody is to look at. */
export interface Shown {
  /** With a window, on a machine that has a screen. */
  readonly isVisible: boolean;
  /** Port on 127.0.0.1 for developer tools. Whoever can reach it controls the browser. */
  readonly debugPort: number;
}

const asked = new AsyncLocalStorage<Shown>();

/** Runs something whose browsers are to be looked at; all others of the process stay hidden. */
export const withShownBrowsers = <T>(how: Shown, run: () => T): T => asked.run(how, run);

/** How browsers are to be shown where this is called; undefined where nobody looks. */
export const shownHere = (): Shown | undefined => asked.getStore();
