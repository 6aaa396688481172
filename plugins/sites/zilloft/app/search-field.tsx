import { Button } from "halo-agent/site/app";
import type { JSX } from "preact";
import { offersFor } from "../state/search.ts";
import { Icon, type Props } from "./parts.tsx";

/** The field for places, with the places that begin like what is typed. */
export function SearchField({ state, dispatch }: Props): JSX.Element {
  const { input, isOffering } = state;
  const offers = isOffering ? offersFor(input) : [];
  const search = (): void => dispatch({ type: "search" });
  return (
    <div class="search menu-anchor" role="search" aria-label="Homes">
      <input
        id="search"
        type="search"
        class="search-input"
        aria-label="Address, city, ZIP or state"
        placeholder="Address, city, ZIP or state"
        autocomplete="off"
        spellcheck={false}
        value={input}
        onInput={(e) => dispatch({ type: "search-input", text: e.currentTarget.value })}
        onKeyDown={(e) => e.key === "Enter" && search()}
      />
      <Button name="Search" icon={<Icon name="search" />} isIconOnly kind="primary" onClick={search} />
      {offers.length > 0 && (
        <div class="offers" role="listbox" aria-label="Places">
          {offers.map((place) => (
            <button
              key={place}
              type="button"
              role="option"
              class="offer"
              aria-selected={false}
              onClick={() => dispatch({ type: "search", place })}
            >
              {place}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
