import { Button } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import type { Panel, PanelName } from "../state/state.ts";
import { dealTexts, priceLimit, roomsLimit, typesLimit } from "../state/text.ts";
import { canApply } from "../state/update.ts";
import { DealPanel, PricePanel, RoomsPanel, TypesPanel } from "./panels.tsx";
import { Icon, type Props } from "./parts.tsx";

const titles: Readonly<Record<PanelName, string>> = {
  deal: "Listing status",
  price: "Price",
  rooms: "Beds & Baths",
  types: "Home Type",
};

/** The filters above the results. Each opens a panel, whose choices count once they are applied. */
export function FilterBar({ state, dispatch }: Props): JSX.Element {
  const { search } = state;
  const limits: Readonly<Record<PanelName, string | undefined>> = {
    deal: dealTexts[search.deal],
    price: priceLimit(search),
    rooms: roomsLimit(search),
    types: typesLimit(search),
  };
  const isLimited = search.min !== null || search.max !== null || roomsLimit(search) !== undefined ||
    limits.types !== undefined || search.deal !== "sale";
  const filter = (name: PanelName): JSX.Element => (
    <Filter state={state} dispatch={dispatch} name={name} limit={limits[name]} />
  );
  return (
    <section class="filters" aria-label="Property filters section">
      {filter("deal")}
      {filter("price")}
      {filter("rooms")}
      {filter("types")}
      {isLimited && <Button name="Remove all filters" text="Reset" onClick={() => dispatch({ type: "reset" })} />}
      <span class="spring" />
      <Button name="Save search" kind="primary" onClick={() => dispatch({ type: "save-search" })} />
    </section>
  );
}

/** "Price", or "Price: Up to $900K" with a limit. */
function nameOf(name: PanelName, limit: string | undefined): string {
  if (limit === undefined) return titles[name];
  return name === "types" ? `${titles[name]} (${limit})` : `${titles[name]}: ${limit}`;
}

function Filter(
  { name, limit, state, dispatch }: Props & { readonly name: PanelName; readonly limit: string | undefined },
): JSX.Element {
  const { panel } = state;
  const isOpen = panel?.name === name;
  const full = nameOf(name, limit);
  return (
    <span class={`menu-anchor filter ${limit === undefined || name === "deal" ? "" : "limited"}`}>
      <button
        type="button"
        class="button filter-button"
        aria-label={full}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => dispatch({ type: "panel", name })}
      >
        <span>{name === "types" ? full : limit ?? full}</span>
        <Icon name="down" />
      </button>
      {isOpen && panel !== null && (
        <PanelFrame title={titles[name]} panel={panel} dispatch={dispatch}>
          {bodyOf(panel, dispatch)}
        </PanelFrame>
      )}
    </span>
  );
}

function bodyOf(panel: Panel, dispatch: Props["dispatch"]): JSX.Element {
  switch (panel.name) {
    case "deal":
      return <DealPanel panel={panel} dispatch={dispatch} />;
    case "price":
      return <PricePanel panel={panel} dispatch={dispatch} />;
    case "rooms":
      return <RoomsPanel panel={panel} dispatch={dispatch} />;
    case "types":
      return <TypesPanel panel={panel} dispatch={dispatch} />;
  }
}

function PanelFrame(
  { title, panel, dispatch, children }: Pick<Props, "dispatch"> & {
    readonly title: string;
    readonly panel: Panel;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  const { draft, name } = panel;
  const problem = canApply(draft)
    ? ""
    : draft.types.length === 0
    ? "Choose at least one kind of home."
    : "The lowest price is above the highest.";
  return (
    <div class={`panel panel-${name}`} role="dialog" aria-label={title}>
      {children}
      <div class="panel-foot">
        <p class="problem" role="status">{problem}</p>
        <Button name="Apply" kind="primary" isDisabled={problem !== ""} onClick={() => dispatch({ type: "apply" })} />
      </div>
    </div>
  );
}
