import type { JSX } from "preact";
import type { Snackbar } from "../snackbar.ts";
import { Button } from "./button.tsx";

/** The message about what was done, with a button "Undo" where it can be put back; nothing while there is none. */
export function Notice(
  { snackbar, onUndo }: { readonly snackbar: Snackbar<unknown> | null; readonly onUndo: () => void },
): JSX.Element | null {
  if (snackbar === null) return null;
  return (
    <div class="snackbar" role="group">
      <span role="status">{snackbar.message}</span>
      {snackbar.undo !== null && <Button name="Undo" onClick={onUndo} />}
    </div>
  );
}
