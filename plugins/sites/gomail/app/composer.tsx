import { Avatar, TextArea, TextInput } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { ComposeField } from "../state/event.ts";
import { suggestionsFor } from "../state/select.ts";
import type { Compose } from "../state/state.ts";
import { sendPresets } from "../state/time.ts";
import { MomentMenu } from "./menu.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";

type ComposerProps = Props & { readonly compose: Compose };

/** The window for a new mail, at the bottom right. */
export function Composer({ state, dispatch, compose }: ComposerProps): JSX.Element {
  const input = (field: ComposeField) => (text: string) => dispatch({ type: "compose-input", field, text });
  const line = (field: "cc" | "bcc" | "subject", name: string): JSX.Element => (
    <TextInput
      key={field}
      id={`compose-${field}`}
      name={name}
      placeholder={name}
      value={compose[field]}
      onInput={input(field)}
    />
  );
  return (
    <div class={`composer ${compose.minimized ? "minimized" : ""}`} role="dialog" aria-label="New message">
      <div class="composer-head across">
        <span class="clipped">{compose.minimized && compose.subject !== "" ? compose.subject : "New message"}</span>
        <Button
          name={compose.minimized ? "Expand" : "Minimize"}
          icon={compose.minimized ? "expand" : "minimize"}
          isIconOnly
          onClick={() => dispatch({ type: "minimize" })}
        />
        <Button name="Close" icon="close" isIconOnly onClick={() => dispatch({ type: "close-compose" })} />
      </div>
      {!compose.minimized && (
        <>
          {compose.alert !== "" && <div key="alert" class="alert" role="alert">{compose.alert}</div>}
          <Recipients key="to" state={state} dispatch={dispatch} compose={compose} />
          {compose.showCc && [line("cc", "Cc"), line("bcc", "Bcc")]}
          {line("subject", "Subject")}
          <TextArea key="body" name="Message" placeholder="Message" value={compose.body} onInput={input("body")} />
          {state.settings.signature.trim() !== "" && (
            <div key="signature" class="signature quiet">{state.settings.signature.trim()}</div>
          )}
          <div key="foot" class="composer-foot across">
            <Button name="Send" icon="send" kind="primary" onClick={() => dispatch({ type: "send" })} />
            <MomentMenu
              state={state}
              dispatch={dispatch}
              menu="schedule"
              name="Schedule send"
              icon="schedule"
              isIconOnly
              opens="up"
              presets={sendPresets(state.clock)}
              onPick={(at) => dispatch({ type: "schedule-send", at })}
            />
            <span class="spring" />
            <Button name="Discard draft" icon="trash" onClick={() => dispatch({ type: "discard-draft" })} />
          </div>
        </>
      )}
    </div>
  );
}

function Recipients({ state, dispatch, compose }: ComposerProps): JSX.Element {
  const suggestions = suggestionsFor(state, compose);
  const onKeyDown = (e: KeyboardEvent): void => {
    const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    const last = compose.to.at(-1);
    if (step !== 0 && suggestions.length > 0) {
      e.preventDefault();
      dispatch({ type: "move-suggestion", by: step });
    } else if (e.key === "Enter") {
      e.preventDefault();
      dispatch({ type: "commit-recipient", by: "enter" });
    } else if (e.key === "Backspace" && compose.toInput === "" && last !== undefined) {
      dispatch({ type: "remove-recipient", address: last });
    }
  };
  return (
    <div class="recipients across">
      <span class="quiet" aria-hidden="true">To</span>
      {compose.to.map((address) => (
        <span key={address} class="recipient across">
          {address}
          <Button
            name={`Remove ${address}`}
            icon="close"
            isIconOnly
            onClick={() => dispatch({ type: "remove-recipient", address })}
          />
        </span>
      ))}
      <input
        key="input"
        id="compose-to"
        role="combobox"
        aria-label="To"
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls="suggestions"
        aria-activedescendant={suggestions[compose.suggestion] && `suggestion-${compose.suggestion}`}
        autocomplete="off"
        spellcheck={false}
        value={compose.toInput}
        onInput={(e) => dispatch({ type: "compose-input", field: "toInput", text: e.currentTarget.value })}
        onKeyDown={onKeyDown}
        onBlur={() => dispatch({ type: "commit-recipient", by: "blur" })}
      />
      {!compose.showCc && <Button key="cc" name="Add Cc and Bcc" onClick={() => dispatch({ type: "show-cc" })} />}
      {suggestions.length > 0 && (
        <div
          key="suggestions"
          id="suggestions"
          class="suggestions"
          role="listbox"
          aria-label="Contacts"
          onMouseDown={(e) => e.preventDefault()}
        >
          {suggestions.map(({ name, address }, i) => (
            <div
              key={address}
              id={`suggestion-${i}`}
              class={`suggestion across ${i === compose.suggestion ? "active" : ""}`}
              role="option"
              aria-label={`${name} ${address}`}
              aria-selected={i === compose.suggestion}
              onClick={() => dispatch({ type: "pick-recipient", address })}
            >
              <Avatar name={name} />
              <span>
                {name}
                <br />
                <span class="quiet">{address}</span>
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
