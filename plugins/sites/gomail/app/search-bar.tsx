import { TextInput } from "halo-agent/site/app";
import type { JSX } from "preact";
import { account } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** The top bar: brand, search field, account. */
export function SearchBar({ state, dispatch }: Props): JSX.Element {
  return (
    <header class="across">
      <div class="brand across">
        <span class="logo">
          <Icon name="mail" />
        </span>
        GoMail
      </div>
      <div class="search across" role="search" aria-label="Search mail">
        <Button name="Search" icon="search" isIconOnly onClick={() => dispatch({ type: "search" })} />
        <TextInput
          id="search"
          type="search"
          class=""
          name="Search mail"
          placeholder="Search mail"
          value={state.searchInput}
          onInput={(text) => dispatch({ type: "search-input", text })}
          onEnter={() => dispatch({ type: "search" })}
        />
        {state.searchInput !== "" && (
          <Button
            name="Clear search"
            icon="close"
            isIconOnly
            onClick={() => dispatch({ type: "clear-search" })}
          />
        )}
        <Button
          name="Advanced search options"
          icon="sliders"
          isIconOnly
          onClick={() => dispatch({ type: "open-dialog", name: "search-options" })}
        />
      </div>
      <div class="account across">
        <Button
          name="Keyboard shortcuts"
          icon="help"
          isIconOnly
          onClick={() => dispatch({ type: "open-dialog", name: "shortcuts" })}
        />
        <Button name="Contacts" icon="contacts" isIconOnly onClick={() => dispatch({ type: "open-contacts" })} />
        <Button
          name="Settings"
          icon="settings"
          isIconOnly
          onClick={() => dispatch({ type: "open-settings", tab: "general" })}
        />
        <span class="account-address">{account.address}</span>
        <span class="avatar tone-1" aria-hidden="true">F</span>
      </div>
    </header>
  );
}
