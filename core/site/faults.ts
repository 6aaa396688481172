import type { OfficialConfig } from "./official.ts";

/** What a site can be told to let fail although a user does everything right, by the names that `/config` takes. */
export interface SiteFaults<S> {
  /** Names of the switches; each is off unless somebody turns it on. */
  readonly switches: readonly string[];
  /** The state of a page on which these switches are on. Pure. */
  turned(state: S, isOn: (name: string) => boolean): S;
}

/** The switches of a site as settings of its `/config`, all off. */
export function switchesOff({ switches }: Pick<SiteFaults<never>, "switches">): Readonly<Record<string, false>> {
  return Object.fromEntries(switches.map((name) => [name, false]));
}

/** The state of a page as `/config` asks for it: its banner, and what fails. Pure. */
export function configured<S extends object>(
  state: S,
  { config, faults }: { readonly config: OfficialConfig | undefined; readonly faults: SiteFaults<S> },
): S {
  return faults.turned({ ...state, banner: config?.removePopup === false }, (name) => config?.[name] === true);
}
