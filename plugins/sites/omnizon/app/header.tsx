import { Button, Link, Menu, MenuItem, TextInput } from "halo-agent/site/app";
import type { JSX } from "preact";
import { departments } from "../catalogue/product.ts";
import { countOf } from "../state/money.ts";
import type { Address } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import { Now, type Props, To } from "./parts.tsx";

/** What every page begins with: logo, address, search, account, cart, and the strip of departments. */
export function Header({ state, dispatch }: Props): JSX.Element {
  const { menu, cart, view } = state;
  const count = countOf(cart);
  const menuOf = (name: string) => ({
    isOpen: menu === name,
    onToggle: () => dispatch({ type: "toggle-menu", menu: name } as const),
  });
  return (
    <header class="head">
      <div class="head-row">
        <To name="Omnizon" view={{ name: "home" }} href="/" class="logo" dispatch={dispatch}>
          <svg viewBox="0 0 30 30" width="30" height="30" aria-hidden="true">
            <path class="logo-ring" d="M15 3a12 12 0 1 0 0 24 12 12 0 0 0 0-24zm0 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12z" />
            <path class="logo-dot" d="M22 20h7v7h-7z" />
          </svg>
          <span>omnizon</span>
        </To>
        <Delivery state={state} dispatch={dispatch} />
        <Search state={state} dispatch={dispatch} />
        <Menu name="Account" icon={<Icon name="person" />} opens="left" {...menuOf("account")}>
          <MenuItem name="Your orders" onClick={() => dispatch({ type: "go", view: { name: "orders" } })} />
          <MenuItem name="Your wish list" onClick={() => dispatch({ type: "go", view: { name: "lists" } })} />
          <MenuItem name="Add a payment card" onClick={() => dispatch({ type: "new-card" })} />
          <MenuItem name="Add an address" onClick={() => dispatch({ type: "new-address" })} />
        </Menu>
        <To
          name="Orders"
          view={{ name: "orders" }}
          href="/orders"
          class="head-link"
          isCurrent={view.name === "orders"}
          dispatch={dispatch}
        >
          Orders
        </To>
        <To
          name={`Cart, ${count} ${count === 1 ? "item" : "items"}`}
          view={{ name: "cart" }}
          href="/cart"
          class="head-link cart-link"
          isCurrent={view.name === "cart"}
          dispatch={dispatch}
        >
          <Icon name="cart" />
          <span class="cart-count">{count}</span>
          Cart
        </To>
      </div>
      <nav class="strip" aria-label="Main Navigation">
        <To
          name="Home"
          view={{ name: "home" }}
          href="/"
          class="strip-link"
          isCurrent={view.name === "home"}
          dispatch={dispatch}
        >
          Home
        </To>
        {departments.slice(0, 14).map((name) => (
          <Department
            key={name}
            name={name}
            isCurrent={view.name === "results" && state.filter.department === name}
            dispatch={dispatch}
          />
        ))}
      </nav>
    </header>
  );
}

function Department(
  { name, isCurrent, dispatch }: {
    readonly name: string;
    readonly isCurrent: boolean;
    readonly dispatch: Props["dispatch"];
  },
): JSX.Element {
  const follow = () => dispatch({ type: "show-list", filter: { department: name } });
  return (
    <Link
      name={name}
      class="strip-link"
      href={`/search?dept=${encodeURIComponent(name)}`}
      isCurrent={isCurrent}
      onFollow={follow}
    >
      {name}
    </Link>
  );
}

function Delivery({ state: { addresses, chosen, menu }, dispatch }: Props): JSX.Element {
  const now = addresses.find(({ id }) => id === chosen.address)!;
  const toggle = () => dispatch({ type: "toggle-menu", menu: "deliver" });
  return (
    <span class="deliver">
      <Menu name="Deliver to" icon={<Place address={now} />} isIconOnly isOpen={menu === "deliver"} onToggle={toggle}>
        {addresses.map((one) => (
          <MenuItem
            key={one.id}
            name={one.name}
            detail={placeOf(one)}
            onClick={() => dispatch({ type: "choose", change: { address: one.id } })}
          />
        ))}
        <MenuItem name="Add an address" onClick={() => dispatch({ type: "new-address" })} />
      </Menu>
    </span>
  );
}

function Place({ address }: { readonly address: Address }): JSX.Element {
  return (
    <span class="deliver-now" aria-hidden="true">
      <Icon name="pin" />
      <span>
        Deliver to <b>{placeOf(address)}</b>
      </span>
    </span>
  );
}

const placeOf = ({ city, zip }: Address): string => `${city} ${zip}`;

function Search({ state: { searchIn, searchInput, menu }, dispatch }: Props): JSX.Element {
  const pick = (department: string) => () => dispatch({ type: "search-in", department });
  const toggle = () => dispatch({ type: "toggle-menu", menu: "search-in" });
  const send = () => dispatch({ type: "search" });
  return (
    <div class="search" role="search" aria-label="Search Omnizon">
      <span class="chooser">
        <Menu
          name="Search in department"
          icon={<Now text={searchIn === "" ? "All" : searchIn} />}
          isIconOnly
          isOpen={menu === "search-in"}
          onToggle={toggle}
        >
          <MenuItem name="All departments" onClick={pick("")} />
          {departments.map((name) => <MenuItem key={name} name={name} onClick={pick(name)} />)}
        </Menu>
      </span>
      <TextInput
        id="search"
        type="search"
        name="Search the shop"
        class="search-field"
        placeholder="What are you looking for?"
        value={searchInput}
        onInput={(text) => dispatch({ type: "search-input", text })}
        onEnter={send}
      />
      <Button name="Search" icon={<Icon name="search" />} isIconOnly onClick={send} />
    </div>
  );
}
