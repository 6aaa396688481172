import type { ComponentChildren, JSX } from "preact";
import type { Snackbar } from "../snackbar.ts";
import { Button } from "./button.tsx";

/** The message about what was done, with a button "Undo" where it can be put back; nothing while there is none. */
export function Notice(
  { snackbar, onUndo, children }: {
    readonly snackbar: Snackbar<unknown> | null;
    readonly onUndo: () => void;
    /** More buttons of a site's own. */
    readonly children?: ComponentChildren;
  },
): JSX.Element | null {
  if (snackbar === null) return null;
  return (
    <div class="snackbar" role="group">
      <span role="status">{snackbar.message}</span>
      {snackbar.undo !== null && <Button name="Undo" onClick={onUndo} />}
      {children}
    </div>
  );
}
