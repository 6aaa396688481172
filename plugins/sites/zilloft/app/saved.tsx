import { Button } from "halo-agent/site/app";
import type { JSX } from "preact";
import { homeOf } from "../state/homes.ts";
import { searchText } from "../state/text.ts";
import { Card } from "./card.tsx";
import type { Props } from "./parts.tsx";

/** Saved homes and saved searches. */
export function Saved({ state, dispatch }: Props): JSX.Element {
  const { saved, searches } = state;
  return (
    <main class="page pane">
      <section aria-label="Saved homes">
        <h1>Saved homes</h1>
        {saved.length === 0
          ? (
            <div class="empty">
              <h2>Nothing saved yet</h2>
              <p>A home whose heart you press waits for you here.</p>
              <Button
                name="Look for homes"
                kind="primary"
                onClick={() => dispatch({ type: "go", view: { name: "results" } })}
              />
            </div>
          )
          : (
            <ul class="cards four">
              {saved.map(({ id }) => {
                const home = homeOf(id);
                return home && (
                  <li key={id}>
                    <Card home={home} state={state} dispatch={dispatch} />
                  </li>
                );
              })}
            </ul>
          )}
      </section>
      <section aria-label="Saved searches">
        <h2>Saved searches</h2>
        {searches.length === 0 && (
          <p class="quiet">No search is saved. "Save search" stands above every list of homes.</p>
        )}
        <ul class="lines">
          {searches.map(({ id, search }) => (
            <li key={id} class="line-item">
              <b>{searchText(search)}</b>
              <span class="spring" />
              <Button
                name={`Show ${searchText(search)}`}
                text="Show homes"
                onClick={() => dispatch({ type: "open-search", id })}
              />
              <Button
                name={`Delete ${searchText(search)}`}
                text="Delete"
                onClick={() => dispatch({ type: "drop-search", id })}
              />
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}
