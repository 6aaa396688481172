import { weekdayAndDay, weekdayName } from "halo-agent/site";
import { PressButton, Radios, TextArea, TextInput, Tick } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Field } from "../state/event.ts";
import { buyingTimes, problemsOf } from "../state/form.ts";
import { tourDays, tourTimes } from "../state/time.ts";
import type { FormProps } from "./form.tsx";

/** Days as a strip, and the times of the chosen one. */
export function TimeStep({ form, dispatch }: FormProps): JSX.Element {
  const isTaken = (time: string): boolean => form.slots.some((one) => one.date === form.day && one.time === time);
  return (
    <div class="time-step">
      <div class="days">
        {tourDays.map((day) => (
          <PressButton
            key={day}
            name={weekdayAndDay(day)}
            class="day"
            isPressed={day === form.day}
            onPress={() => dispatch({ type: "form-day", day })}
          >
            <span>{weekdayName(day).slice(0, 3)}</span>
            <b>{Number(day.slice(8))}</b>
            <span>Jul</span>
          </PressButton>
        ))}
      </div>
      <div class="times">
        {tourTimes.map((time) => (
          <PressButton
            key={time}
            name={time}
            class="time"
            isPressed={isTaken(time)}
            onPress={() => dispatch({ type: "form-slot", date: form.day, time })}
          >
            {time}
          </PressButton>
        ))}
      </div>
    </div>
  );
}

/** Who asks, and what is asked. */
export function DetailsStep({ form, dispatch }: FormProps): JSX.Element {
  const problems = form.isChecked ? problemsOf(form) : {};
  const line = (field: Field, name: string, placeholder: string): JSX.Element => (
    <div class="detail">
      <span class="detail-name" aria-hidden="true">{name}</span>
      <TextInput
        {...(field === "name" && form.kind === "tour" && { id: "form-first" })}
        name={name}
        isWrong={problems[field] !== undefined}
        placeholder={placeholder}
        value={form[field]}
        onInput={(text) => dispatch({ type: "form-input", field, text })}
        onEnter={() => dispatch({ type: "form-next" })}
      />
      <p class="problem" role="status">{problems[field]}</p>
    </div>
  );
  return (
    <div class="details-step">
      {line("name", "Name", "First and last name")}
      {line("email", "Email", "you@example.com")}
      {line("phone", "Phone", "555-123-4567")}
      <div class="detail wide">
        <span class="detail-name" aria-hidden="true">Message</span>
        <TextArea
          class="boxed"
          name="Message"
          value={form.message}
          onInput={(text) => dispatch({ type: "form-input", field: "message", text })}
        />
        <p class="problem" role="status">{problems.message}</p>
      </div>
      <Tick
        name="I want to know about financing"
        value={form.wantsFinancing}
        onToggle={() => dispatch({ type: "form-set", change: { wantsFinancing: !form.wantsFinancing } })}
      />
    </div>
  );
}

/** When one wants to buy, and whether one has an agent. */
export function LastStep({ form, dispatch }: FormProps): JSX.Element {
  return (
    <div class="last-step">
      <h3>When would you like to move?</h3>
      <Radios
        name="Move"
        value={form.whenToBuy}
        offered={buyingTimes.map((text) => [text, text] as const)}
        onChoose={(whenToBuy) => dispatch({ type: "form-set", change: { whenToBuy } })}
      />
      <h3>Have you signed an agreement with an agent of your own?</h3>
      <Radios
        name="Own agent"
        value={form.hasAgency ? "yes" : "no"}
        offered={[["no", "No"], ["yes", "Yes"]]}
        onChoose={(value) => dispatch({ type: "form-set", change: { hasAgency: value === "yes" } })}
      />
      <h3>Please check</h3>
      <p>{form.name.trim()} · {form.email.trim()} · {form.phone.trim()}</p>
      <p class="quiet">{form.message.trim()}</p>
    </div>
  );
}
