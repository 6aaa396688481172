import type { ComponentChildren, JSX } from "preact";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** What gets the focus when a dialog opens. */
export const first = { id: "dialog-first" };

/** The window of a modal dialog with Cancel and the button that ends it with effect. */
export function Frame(
  { dispatch, title, confirm, problem, isReady = true, isPlain = false, size = "", children }: Props & {
    readonly title: string;
    readonly confirm: string;
    /** What has to be put right; shown in red. */
    readonly problem?: string;
    readonly isReady?: boolean;
    /** Without fields: Cancel has the focus. */
    readonly isPlain?: boolean;
    readonly size?: "wide" | "";
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <div class="backdrop">
      <div class={`dialog ${size}`} role="dialog" aria-modal="true" aria-label={title}>
        <h2>{title}</h2>
        {children}
        <p class="problem" role="status">{problem}</p>
        <div class="dialog-foot">
          <Button
            name="Cancel"
            {...(isPlain && first)}
            onClick={() => dispatch({ type: "escape", inCompose: false })}
          />
          <Button
            name={confirm}
            kind="primary"
            isDisabled={!isReady || (problem ?? "") !== ""}
            onClick={() => dispatch({ type: "confirm" })}
          />
        </div>
      </div>
    </div>
  );
}
