import { Button, first } from "halo-agent/site/app";
import type { JSX } from "preact";
import { homeOf } from "../state/homes.ts";
import { slotText } from "../state/text.ts";
import type { Props } from "./parts.tsx";

/** Asks before a tour is cancelled. */
export function CancelDialog({ id, state, dispatch }: Props & { readonly id: string }): JSX.Element | null {
  const tour = state.tours.find((one) => one.id === id);
  const home = tour && homeOf(tour.home);
  if (tour === undefined || home === undefined) return null;
  return (
    <div class="backdrop">
      <div class="dialog" role="dialog" aria-modal="true" aria-label="Cancel tour">
        <h2>Cancel the tour?</h2>
        <p>{home.street}, {home.city}</p>
        <p class="quiet">{tour.slots.map(slotText).join(" or ")}</p>
        <div class="dialog-foot">
          <Button name="Keep tour" {...first} onClick={() => dispatch({ type: "keep-tour" })} />
          <Button name="Yes, cancel it" kind="primary" onClick={() => dispatch({ type: "drop-tour" })} />
        </div>
      </div>
    </div>
  );
}
