import type { JSX } from "preact";
import { labelProblem } from "../state/select.ts";
import type { Dialog } from "../state/state.ts";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** The modal dialog that makes a label. */
export function LabelDialog({ state, dispatch, dialog }: Props & { readonly dialog: Dialog }): JSX.Element {
  const problem = labelProblem(state, dialog.value);
  return (
    <div class="backdrop">
      <div class="dialog" role="dialog" aria-modal="true" aria-label="New label">
        <h2>New label</h2>
        <input
          id="label-name"
          class="line"
          aria-label="Label name"
          placeholder="Label name"
          autocomplete="off"
          spellcheck={false}
          value={dialog.value}
          onInput={(e) => dispatch({ type: "label-input", text: e.currentTarget.value })}
          onKeyDown={(e) => e.key === "Enter" && dispatch({ type: "create-label" })}
        />
        <p class="problem" role="status">{problem}</p>
        <div class="dialog-foot">
          <Button name="Cancel" onClick={() => dispatch({ type: "escape", inCompose: false })} />
          <Button
            name="Create"
            kind="primary"
            isDisabled={dialog.value.trim() === "" || problem !== ""}
            onClick={() => dispatch({ type: "create-label" })}
          />
        </div>
      </div>
    </div>
  );
}
