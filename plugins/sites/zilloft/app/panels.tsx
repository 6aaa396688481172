import { Button, Option, PressButton, Radios, Tick } from "halo-agent/site/app";
import type { JSX } from "preact";
import { toggled } from "halo-agent/site";
import { pricesFor } from "../state/prices.ts";
import { type Deal, homeTypes, type Panel } from "../state/state.ts";
import { dealTexts, money } from "../state/text.ts";
import { Icon, type Props } from "./parts.tsx";

type PanelProps = Pick<Props, "dispatch"> & { readonly panel: Panel };

/** For sale, for rent or sold. */
export function DealPanel({ panel, dispatch }: PanelProps): JSX.Element {
  return (
    <Radios
      name="Status"
      value={panel.draft.deal}
      offered={Object.entries(dealTexts) as [Deal, string][]}
      onChoose={(deal) => dispatch({ type: "draft", change: { deal } })}
    />
  );
}

/** The lowest and the highest price, each from a list. */
export function PricePanel({ panel, dispatch }: PanelProps): JSX.Element {
  const { draft, list } = panel;
  const select = (which: "min" | "max", name: string, none: string): JSX.Element => {
    const text = draft[which] === null ? none : money(draft[which]);
    return (
      <div class="price-select">
        <span class="quiet" aria-hidden="true">{name}</span>
        <button
          type="button"
          class="button boxed-button"
          aria-label={`${name}: ${text}`}
          aria-haspopup="listbox"
          aria-expanded={list === which}
          onClick={() => dispatch({ type: "price-list", list: which })}
        >
          <span>{text}</span>
          <Icon name="down" />
        </button>
      </div>
    );
  };
  return (
    <>
      <div class="price-selects">
        {select("min", "Minimum price", "No Min")}
        <span class="dash" aria-hidden="true">–</span>
        {select("max", "Maximum price", "No Max")}
      </div>
      {list !== null && <Prices panel={panel} dispatch={dispatch} list={list} />}
    </>
  );
}

function Prices({ panel, list, dispatch }: PanelProps & { readonly list: "min" | "max" }): JSX.Element {
  const { draft } = panel;
  const option = (value: number | null, name: string): JSX.Element => (
    <Option
      key={name}
      class="price"
      isSelected={draft[list] === value}
      onChoose={() => dispatch({ type: "draft", change: { [list]: value } })}
    >
      {name}
    </Option>
  );
  return (
    <div class="prices" role="listbox" aria-label={list === "min" ? "Minimum price" : "Maximum price"}>
      {option(null, list === "min" ? "No Min" : "No Max")}
      {pricesFor(draft.deal).map((price) => option(price, money(price)))}
    </div>
  );
}

/** Fewest bedrooms and bathrooms, or just so many. */
export function RoomsPanel({ panel, dispatch }: PanelProps): JSX.Element {
  const { draft } = panel;
  const row = (which: "beds" | "baths", name: string, numbers: readonly (number | null)[]): JSX.Element => (
    <>
      <h3>{name}</h3>
      <div class="rooms">
        {numbers.map((n) => {
          const text = n === null ? "Any" : `${n}${draft.isExact ? "" : "+"}`;
          return (
            <PressButton
              key={n}
              name={`${name}: ${text}`}
              class="room"
              isPressed={draft[which] === n}
              onPress={() => dispatch({ type: "draft", change: { [which]: n } })}
            >
              {text}
            </PressButton>
          );
        })}
      </div>
    </>
  );
  return (
    <>
      {row("beds", "Bedrooms", [null, 1, 2, 3, 4, 5])}
      {row("baths", "Bathrooms", [null, 1, 1.5, 2, 3, 4])}
      <Tick
        name="Use exact match"
        value={draft.isExact}
        onToggle={() => dispatch({ type: "draft", change: { isExact: !draft.isExact } })}
      />
    </>
  );
}

/** The kinds of homes. */
export function TypesPanel({ panel, dispatch }: PanelProps): JSX.Element {
  const { types } = panel.draft;
  const isAll = types.length === homeTypes.length;
  return (
    <>
      <Button
        name={isAll ? "Deselect all" : "Select all"}
        onClick={() => dispatch({ type: "draft", change: { types: isAll ? [] : homeTypes } })}
      />
      {homeTypes.map((type) => (
        <Tick
          key={type}
          name={type}
          value={types.includes(type)}
          onToggle={() => dispatch({ type: "draft", change: { types: toggled(types, type) } })}
        />
      ))}
    </>
  );
}
