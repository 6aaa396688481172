import { Avatar } from "halo-agent/site/app";
import type { JSX } from "preact";
import { Button, TitleBar } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** The address book. */
export function Contacts({ state, dispatch }: Props): JSX.Element {
  return (
    <>
      <TitleBar dispatch={dispatch} title="Contacts">
        <span class="spring" />
        <span class="range">{`${state.contacts.length} contacts`}</span>
        <Button name="Add contact" icon="plus" onClick={() => dispatch({ type: "edit-contact", address: "" })} />
      </TitleBar>
      <ul class="pane rows" aria-label="Contact list">
        {state.contacts.map(({ name, address }) => (
          <li key={address} class="contact across" aria-label={`${name}, ${address}`}>
            <Avatar name={name} />
            <span class="contact-name clipped">{name}</span>
            <span class="contact-address clipped">{address}</span>
            <Button
              name={`Write to ${name}`}
              icon="mail"
              isIconOnly
              onClick={() =>
                dispatch({ type: "compose", to: address })}
            />
            <Button
              name={`Edit contact ${name}`}
              icon="pen"
              isIconOnly
              onClick={() =>
                dispatch({ type: "edit-contact", address })}
            />
            <Button
              name={`Delete contact ${name}`}
              icon="trash"
              isIconOnly
              onClick={() =>
                dispatch({ type: "delete-contact", address })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
