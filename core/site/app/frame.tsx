import type { ComponentChildren, JSX } from "preact";
import { Button } from "./button.tsx";

/** Marks what gets the focus when a dialog opens. */
export const first = { id: "dialog-first" };

/** The window of a modal dialog over the page. */
export function ModalWindow(
  { title, size = "", children }: {
    readonly title: string;
    readonly size?: "wide" | "";
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <div class="backdrop">
      <div class={`dialog ${size}`} role="dialog" aria-modal="true" aria-label={title}>
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  );
}

/** The window of a modal dialog with Cancel and the button that ends it with effect. */
export function Frame(
  p: {
    readonly title: string;
    /** Name of the button that ends it with effect. */
    readonly confirm: string;
    /** What has to be put right; shown in red. */
    readonly problem?: string;
    readonly isReady?: boolean;
    /** Without fields: Cancel has the focus. */
    readonly isPlain?: boolean;
    readonly size?: "wide" | "";
    readonly onCancel: () => void;
    readonly onConfirm: () => void;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <ModalWindow title={p.title} {...(p.size !== undefined && { size: p.size })}>
      {p.children}
      <p class="problem" role="status">{p.problem}</p>
      <div class="dialog-foot">
        <Button name="Cancel" {...(p.isPlain && first)} onClick={p.onCancel} />
        <Button
          name={p.confirm}
          kind="primary"
          isDisabled={!(p.isReady ?? true) || (p.problem ?? "") !== ""}
          onClick={p.onConfirm}
        />
      </div>
    </ModalWindow>
  );
}
