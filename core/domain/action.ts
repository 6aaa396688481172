/** A place on the page in thousandths of the viewport: [x, y], integers 0..1000. */
export type Place = readonly [x: number, y: number];

/** Where a pointer action lands: an element id of the last observation, or a place. If both are given, `el` wins. */
export interface Target {
  readonly el?: string;
  readonly at?: Place;
}

/** One thing an agent does. The JSON form is this object as it stands; `core/action/schema.ts` validates it. */
export type Action =
  | (Target & { readonly action: "click" | "double_click" | "right_click" | "hover" })
  | (Target & { readonly action: "drag"; readonly to: Place })
  /** Types `text`; `clear` empties the field first, `submit` presses Enter afterwards. Without a target: into the focused field. */
  | (Target & { readonly action: "type"; readonly text: string; readonly clear?: boolean; readonly submit?: boolean })
  /** Presses keys one after another; a chord is written "Control+a". Names are Playwright's. */
  | { readonly action: "key"; readonly keys: readonly string[] }
  /** Scrolls by CSS pixels, positive is right and down; at the target, else at the viewport's centre. */
  | (Target & { readonly action: "scroll"; readonly dx?: number; readonly dy?: number })
  | (Target & { readonly action: "select"; readonly options: readonly string[] })
  | { readonly action: "goto"; readonly url: string }
  | { readonly action: "back" | "forward" | "noop" }
  | { readonly action: "wait"; readonly ms: number }
  /** Ends the episode and declares the task done, with an optional answer. */
  | { readonly action: "done"; readonly text?: string }
  /** Ends the episode and declares that the task cannot be done. */
  | { readonly action: "infeasible"; readonly text?: string };

export type Verb = Action["action"];

/** Why an action had no or only part of its effect. The episode goes on; this is an observation, not a fault. */
export interface ActionError {
  readonly code:
    | "OUT_OF_VIEW"
    | "STALE_EL"
    | "OCCLUDED"
    | "NOT_EDITABLE"
    | "NO_FOCUS"
    | "VALUE_NOT_PERSISTED"
    | "BLOCKED_URL"
    | "NAV_FAILED"
    | "UNKNOWN_KEY"
    | "UNKNOWN_OPTION"
    | "DIALOG_OPEN";
  readonly message: string;
}

/** The strict reading of a policy's output. `repairs` counts rungs of the repair ladder: 0 means valid as written. */
export type Parsed =
  | { readonly ok: true; readonly action: Action; readonly repairs: number }
  | { readonly ok: false; readonly code: string; readonly message: string };
