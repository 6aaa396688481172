import type { JSX } from "preact";
import { Button, toneOf } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** The address book. */
export function Contacts({ state, dispatch }: Props): JSX.Element {
  return (
    <>
      <div class="toolbar">
        <Button
          name="Back to inbox"
          icon="back"
          isIconOnly
          onClick={() => dispatch({ type: "open-list", folder: "inbox" })}
        />
        <span class="title">Contacts</span>
        <span class="spring" />
        <span class="range">{`${state.contacts.length} contacts`}</span>
        <Button name="Add contact" icon="plus" onClick={() => dispatch({ type: "edit-contact", address: "" })} />
      </div>
      <ul class="pane rows" aria-label="Contact list">
        {state.contacts.map(({ name, address }) => (
          <li key={address} class="contact" aria-label={`${name}, ${address}`}>
            <span class={`avatar tone-${toneOf(name)}`} aria-hidden="true">{name.charAt(0)}</span>
            <span class="contact-name">{name}</span>
            <span class="contact-address">{address}</span>
            <Button
              name={`Write to ${name}`}
              icon="mail"
              isIconOnly
              onClick={() => dispatch({ type: "compose", to: address })}
            />
            <Button
              name={`Edit contact ${name}`}
              icon="pen"
              isIconOnly
              onClick={() => dispatch({ type: "edit-contact", address })}
            />
            <Button
              name={`Delete contact ${name}`}
              icon="trash"
              isIconOnly
              onClick={() => dispatch({ type: "delete-contact", address })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
