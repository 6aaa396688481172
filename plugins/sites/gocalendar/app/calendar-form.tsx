import { first } from "halo-agent/site/app";
import type { JSX } from "preact";
import { calendarProblem } from "../state/calendars.ts";
import { type CalendarForm as Form, colors } from "../state/state.ts";
import { Button, Field, type Props, tint } from "./parts.tsx";

/** The settings page on which a calendar is made or changed. */
export function CalendarForm({ state, dispatch, form }: Props & { readonly form: Form }): JSX.Element {
  const { id, name, color, isChecked } = form;
  const [title, button] = id === null ? ["Create new calendar", "Create calendar"] : ["Calendar settings", "Save"];
  return (
    <main aria-label={title} class="form-page form pane">
      <div class="form-bar">
        <Button name="Close" icon="close" isIconOnly onClick={() => dispatch({ type: "close" })} />
        <h2>{title}</h2>
        <span class="spring" />
        {id !== null && (
          <Button
            name="Delete calendar"
            icon="trash"
            onClick={() => dispatch({ type: "delete-calendar", id })}
          />
        )}
        <Button name={button!} kind="primary" onClick={() => dispatch({ type: "save-calendar" })} />
      </div>
      <div class="fields">
        <Field
          {...first}
          name="Name"
          value={name}
          placeholder="Name of the calendar"
          problem={isChecked ? calendarProblem(state) : ""}
          onInput={(text) => dispatch({ type: "write-name", text })}
          onEnter={() => dispatch({ type: "save-calendar" })}
        />
        <div class="field">
          <span class="field-name" aria-hidden="true">Color</span>
          <div class="swatches" role="radiogroup" aria-label="Color">
            {Object.entries(colors).map(([one, value]) => (
              <label key={one} class="swatch-choice">
                <input
                  type="radio"
                  name="color"
                  aria-label={`Color: ${one}`}
                  checked={one === color}
                  onChange={() => dispatch({ type: "choose-color", color: one })}
                />
                <span class={`swatch ${one === color ? "on" : ""}`} style={tint(value)} />
                {one}
              </label>
            ))}
          </div>
        </div>
      </div>
    </main>
  );
}
