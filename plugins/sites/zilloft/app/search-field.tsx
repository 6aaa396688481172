import { Button, Option, TextInput } from "halo-agent/site/app";
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
      <TextInput
        id="search"
        type="search"
        name="Address, city, ZIP or state"
        class="search-input"
        placeholder="Address, city, ZIP or state"
        value={input}
        onInput={(text) => dispatch({ type: "search-input", text })}
        onEnter={search}
      />
      <Button name="Search" icon={<Icon name="search" />} isIconOnly kind="primary" onClick={search} />
      {offers.length > 0 && (
        <div class="offers" role="listbox" aria-label="Places">
          {offers.map((place) => (
            <Option
              key={place}
              class="offer"
              isSelected={false}
              onChoose={() => dispatch({ type: "search", place })}
            >
              {place}
            </Option>
          ))}
        </div>
      )}
    </div>
  );
}
