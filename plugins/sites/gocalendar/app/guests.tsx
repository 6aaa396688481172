import { Option } from "halo-agent/site/app";
import type { JSX } from "preact";
import { addressOf, suggestions } from "../state/people.ts";
import { Icon } from "./icon.tsx";
import type { FormProps } from "./form.tsx";

/** The people of an event: those there, and a field that offers others. */
export function Guests({ dispatch, form }: FormProps): JSX.Element {
  const { guests, text: { guest } } = form;
  const offered = suggestions(guest, guests);
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key !== "Enter") return;
    e.preventDefault();
    dispatch({ type: "commit-guest" });
  };
  return (
    <div class="guests">
      <div class="field">
        <span class="field-name" aria-hidden="true">Guests</span>
        <span class="menu-anchor guest-field">
          <input
            class="line"
            role="combobox"
            aria-label="Add guests"
            aria-expanded={offered.length > 0}
            placeholder="Add people by name"
            autocomplete="off"
            spellcheck={false}
            value={guest}
            onInput={(e) => dispatch({ type: "write", field: "guest", text: e.currentTarget.value })}
            onKeyDown={onKeyDown}
          />
          {offered.length > 0 && (
            <div class="menu wide">
              <div class="menu-items" role="listbox" aria-label="People">
                {offered.map((name) => (
                  <Option
                    key={name}
                    name={name}
                    class="menu-item"
                    isSelected={false}
                    onChoose={() => dispatch({ type: "add-guest", name })}
                  >
                    <span class="menu-name">{name}</span>
                    <span class="quiet">{addressOf(name)}</span>
                  </Option>
                ))}
              </div>
            </div>
          )}
        </span>
      </div>
      {guests.length > 0 && (
        <ul class="guest-chips">
          {guests.map((name) => (
            <li key={name}>
              <span>{name}</span>
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={() => dispatch({ type: "remove-guest", name })}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
