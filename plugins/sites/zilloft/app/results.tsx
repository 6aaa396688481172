import { Button, Menu, MenuItem } from "halo-agent/site/app";
import type { JSX } from "preact";
import { resultsOf } from "../state/search.ts";
import type { Order } from "../state/state.ts";
import { dealTexts, orderTexts, placeText } from "../state/text.ts";
import { Card } from "./card.tsx";
import { FilterBar } from "./filters.tsx";
import { PlaceMap } from "./map.tsx";
import { Icon, type Props } from "./parts.tsx";

const orders = Object.entries(orderTexts) as [Order, string][];

/** The homes that a search finds, beside a map. */
export function Results({ state, dispatch }: Props): JSX.Element {
  const { search, order, shown, menu, faults } = state;
  const found = faults.results ? [] : resultsOf(search, order);
  const n = `${found.length} ${found.length === 1 ? "result" : "results"}`;
  const place = placeText(search.place);
  return (
    <main class="results">
      <FilterBar state={state} dispatch={dispatch} />
      <div class="results-body">
        <div class="map-frame">
          <PlaceMap place={place} homes={found} />
        </div>
        <section id="grid-search-results" class="list pane" aria-label={`Homes in ${place}`}>
          <div class="list-head">
            <div>
              <h1 id="results-title">{place} Real Estate &amp; Homes {dealTexts[search.deal]}</h1>
              <p class="quiet" role="status">{n}</p>
            </div>
            <Menu
              name={`Sort: ${orderTexts[order]}`}
              icon={<Icon name="down" />}
              isOpen={menu === "order"}
              opens="left"
              onToggle={() => dispatch({ type: "menu" })}
            >
              {orders.map(([value, text]) => (
                <MenuItem
                  key={value}
                  name={text}
                  onClick={() => dispatch({ type: "order", order: value })}
                />
              ))}
            </Menu>
          </div>
          {found.length === 0
            ? <NoHomes state={state} dispatch={dispatch} />
            : (
              <ul class="cards" aria-label="List of properties">
                {found.slice(0, shown).map((home) => (
                  <li key={home.id}>
                    <Card home={home} state={state} dispatch={dispatch} />
                  </li>
                ))}
              </ul>
            )}
          <div class="list-foot">
            {found.length > shown && <Button name="Show more homes" onClick={() => dispatch({ type: "more" })} />}
            <p class="quiet">
              {found.length > 0 && `${Math.min(shown, found.length)} of ${n} · `}
              Keep this search and come back to it later.
            </p>
          </div>
        </section>
      </div>
    </main>
  );
}

function NoHomes({ state, dispatch }: Props): JSX.Element {
  if (state.faults.results) {
    return (
      <div class="empty" role="alert">
        <h2>The homes could not be loaded</h2>
        <p>Please try again later.</p>
      </div>
    );
  }
  return (
    <div class="empty">
      <h2>No homes match</h2>
      <p>Look in another place, or allow more kinds of homes and a wider range of prices.</p>
      <Button name="Remove all filters" kind="primary" onClick={() => dispatch({ type: "reset" })} />
    </div>
  );
}
