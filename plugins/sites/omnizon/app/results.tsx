import { Button, Menu, MenuItem, Radios, Tick } from "halo-agent/site/app";
import type { JSX } from "preact";
import { brandsOf, type Filter, listed, pageSize, sortings } from "../catalogue/search.ts";
import { priceProblem } from "../state/update.ts";
import { Icon } from "./icon.tsx";
import { Card, Empty, Now, type Props } from "./parts.tsx";

/** What a list is called: what was searched for, the department, the prices. */
function headingOf({ query, department, min, max }: Filter, count: number): string {
  const what = query === "" ? department || "all products" : `"${query}"`;
  const where = query !== "" && department !== "" ? ` in ${department}` : "";
  const from = min === null ? "" : ` from $${min}`;
  const to = max === null ? "" : ` to $${max}`;
  return `${count} ${count === 1 ? "result" : "results"} for ${what}${where}${from}${to}`;
}

/** A list of products with its filters. */
export function Results({ state, dispatch }: Props): JSX.Element {
  const { filter, menu } = state;
  const found = listed(filter);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(filter.page, pages);
  return (
    <div class="results">
      <Filters state={state} dispatch={dispatch} />
      <section class="found" aria-label="Results">
        <div class="found-head" role="group">
          <h1>{headingOf(filter, found.length)}</h1>
          <span class="chooser">
            <Menu
              name={`Sort by: ${filter.sort}`}
              icon={
                <Now
                  text={
                    <>
                      Sort by <b>{filter.sort}</b>
                    </>
                  }
                />
              }
              isIconOnly
              opens="left"
              isOpen={menu === "sort"}
              onToggle={() => dispatch({ type: "toggle-menu", menu: "sort" })}
            >
              {sortings.map((sort) => (
                <MenuItem
                  key={sort}
                  name={sort}
                  onClick={() => dispatch({ type: "filter", change: { sort } })}
                />
              ))}
            </Menu>
          </span>
        </div>
        {found.length === 0
          ? <Empty title="Nothing fits" text="Try other words, or take a filter away." dispatch={dispatch} />
          : (
            <ul class="grid">
              {found.slice((page - 1) * pageSize, page * pageSize).map((product) => (
                <Card key={product.id} product={product} dispatch={dispatch} />
              ))}
            </ul>
          )}
        {pages > 1 && <Pages page={page} pages={pages} dispatch={dispatch} />}
      </section>
    </div>
  );
}

function Filters({ state: { filter, prices }, dispatch }: Props): JSX.Element {
  const problem = priceProblem(prices);
  const brands = brandsOf(filter);
  const field = (name: string, key: "min" | "max") => (
    <input
      class="line price-field"
      aria-label={name}
      aria-invalid={problem !== ""}
      placeholder={key === "min" ? "from $" : "to $"}
      autocomplete="off"
      value={prices[key]}
      onInput={(e) => dispatch({ type: `price-${key}`, text: e.currentTarget.value })}
      onKeyDown={(e) => e.key === "Enter" && dispatch({ type: "set-prices" })}
    />
  );
  return (
    <aside class="filters" aria-label="Filters">
      <h2>Price</h2>
      <div class="prices">
        {field("Lowest price", "min")}
        {field("Highest price", "max")}
        <Button name="Go" isDisabled={problem !== ""} onClick={() => dispatch({ type: "set-prices" })} />
      </div>
      <p class="problem" role="status">{problem}</p>
      {brands.length > 0 && <h2>Brand</h2>}
      {brands.map((brand) => (
        <Tick
          key={brand}
          class="check"
          name={brand}
          value={filter.brands.includes(brand)}
          onToggle={() => dispatch({ type: "toggle-brand", brand })}
        />
      ))}
      <h2>Customer rating</h2>
      <Radios
        name="Rating"
        value={filter.stars}
        offered={[[0, "Any"], [3, "3 stars and up"], [4, "4 stars and up"]]}
        onChoose={(stars) => dispatch({ type: "filter", change: { stars } })}
      />
      <h2>Delivery</h2>
      <Tick
        class="check"
        name="Free delivery"
        value={filter.isFree}
        onToggle={() => dispatch({ type: "filter", change: { isFree: !filter.isFree } })}
      />
      <Button
        name="Clear filters"
        onClick={() => dispatch({ type: "show-list", filter: { query: filter.query, department: filter.department } })}
      />
    </aside>
  );
}

function Pages(
  { page, pages, dispatch }: { readonly page: number; readonly pages: number; readonly dispatch: Props["dispatch"] },
): JSX.Element {
  const turn = (to: number) => () => dispatch({ type: "filter", change: { page: to } });
  return (
    <nav class="pages" aria-label="Pages of results">
      <Button
        name="Previous page"
        icon={<Icon name="left" />}
        isIconOnly
        isDisabled={page === 1}
        onClick={turn(page - 1)}
      />
      <span>Page {page} of {pages}</span>
      <Button
        name="Next page"
        icon={<Icon name="right" />}
        isIconOnly
        isDisabled={page === pages}
        onClick={turn(page + 1)}
      />
    </nav>
  );
}
