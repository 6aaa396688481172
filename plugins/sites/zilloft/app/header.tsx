import { Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Deal } from "../state/state.ts";
import type { Props } from "./parts.tsx";
import { SearchField } from "./search-field.tsx";

const deals: readonly (readonly [deal: Deal, name: string])[] = [["sale", "Buy"], ["rent", "Rent"], [
  "sold",
  "Sold homes",
]];

/** The line at the top of every page. The home page has its own search field. */
export function Header({ state, dispatch }: Props): JSX.Element {
  const { view, search } = state;
  const page = (name: "saved" | "requests", text: string): JSX.Element => (
    <Link
      name={text}
      class="nav"
      href={`/${name}`}
      isCurrent={view.name === name}
      onFollow={() => dispatch({ type: "go", view: { name } })}
    >
      {text}
    </Link>
  );
  return (
    <header class="header">
      <Link name="Zilloft home" class="logo" onFollow={() => dispatch({ type: "go", view: { name: "home" } })}>
        <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
          <path d="M4 16L16 5l12 11v12H4z" fill="#e07a4b" />
          <path d="M10 12h13l-11 10h11v4H9.500v-4l10.500-9H10z" fill="#fff" />
        </svg>
        <span>zilloft</span>
      </Link>
      <nav class="links" aria-label="Main">
        {deals.map(([deal, name]) => (
          <Link
            key={deal}
            name={name}
            class="nav"
            href="/homes"
            isCurrent={view.name === "results" && search.deal === deal}
            onFollow={() => dispatch({ type: "go-deal", deal })}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div class="header-search">{view.name !== "home" && <SearchField state={state} dispatch={dispatch} />}</div>
      <nav class="links" aria-label="Yours">
        {page("saved", "Saved homes")}
        {page("requests", "My requests")}
      </nav>
      <span class="person" role="img" aria-label="Signed in as Federico Lopez">FL</span>
    </header>
  );
}
