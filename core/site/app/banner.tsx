import type { ComponentChildren, JSX } from "preact";
import { Button } from "./button.tsx";

/** What stands above a page from the start, with the button that takes it away. */
export function Banner(
  p: {
    /** Name of the button. */
    readonly close: string;
    /** The button's drawing, of the site's own. */
    readonly icon: ComponentChildren;
    readonly onClose: () => void;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <div class="banner across" role="alert">
      <span>{p.children}</span>
      <Button name={p.close} icon={p.icon} isIconOnly onClick={p.onClose} />
    </div>
  );
}
