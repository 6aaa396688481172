import { first, Option, TextArea, Tick } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import { endDayText, endText, problemsOf } from "../state/form.ts";
import { repeatName, repeats } from "../state/repeat.ts";
import { colors, type Form, type FormChoice, type FormField, taskLists } from "../state/state.ts";
import { fullDay, hourText, later, readDate, today } from "../state/time.ts";
import { Guests } from "./guests.tsx";
import { MiniMonth } from "./mini-month.tsx";
import { Button, Choice, Field, type Props } from "./parts.tsx";

/** What every part of a form receives. */
export type FormProps = Props & { readonly form: Form };

/** Half hours, from seven in the morning round the clock. */
const times = Array.from({ length: 48 }, (_, i) => hourText(later("2024-07-18T07:00", 30 * i)));

/** The window for something new, or for a task that is there. */
export function QuickForm({ state, dispatch, form }: FormProps): JSX.Element {
  const isNew = form.id === null;
  const what = form.kind === "event" ? "event" : "task";
  const tab = (kind: Form["kind"], name: string): JSX.Element => (
    <button
      type="button"
      role="tab"
      class="tab"
      aria-selected={form.kind === kind}
      onClick={() => dispatch({ type: "set-kind", kind })}
    >
      {name}
    </button>
  );
  return (
    <div class="window form" role="dialog" aria-label={`${isNew ? "New" : "Edit"} ${what}`}>
      <div class="window-bar">
        {isNew
          ? <div class="tabs" role="tablist" aria-label="Kind">{tab("event", "Event")}{tab("task", "Task")}</div>
          : <b>Edit task</b>}
        <span class="spring" />
        <Button name="Close" icon="close" isIconOnly onClick={() => dispatch({ type: "close" })} />
      </div>
      <Fields state={state} dispatch={dispatch} form={form} />
      <div class="window-foot">
        {form.kind === "event" && <Button name="More options" onClick={() => dispatch({ type: "more-options" })} />}
        <span class="spring" />
        <Button name="Save" kind="primary" onClick={() => dispatch({ type: "save" })} />
      </div>
    </div>
  );
}

/** The whole page on which an event is written. */
export function FormPage({ state, dispatch, form }: FormProps): JSX.Element {
  const savedTitle = state.events.find(({ id }) => id === form.id)?.title ?? "";
  return (
    <main aria-label={form.id === null ? "New event" : `Edit event ${savedTitle}`} class="form-page form pane">
      <div class="form-bar">
        <Button name="Close" icon="close" isIconOnly onClick={() => dispatch({ type: "close" })} />
        <h2>{form.id === null ? "New event" : "Edit event"}</h2>
        <span class="spring" />
        {form.id !== null && (
          <Button
            name="Delete"
            icon="trash"
            onClick={() => dispatch({ type: "delete", kind: "event", id: form.id! })}
          />
        )}
        <Button name="Save" kind="primary" onClick={() => dispatch({ type: "save" })} />
      </div>
      <Fields state={state} dispatch={dispatch} form={form} />
    </main>
  );
}

/** The fields of an event or a task. */
function Fields(p: FormProps): JSX.Element {
  const { dispatch, form } = p;
  const problems = form.isChecked ? problemsOf(form) : {};
  const field = (name: FormField, label: string, value: string): Parameters<typeof Field>[0] => ({
    name: label,
    value,
    problem: problems[name],
    onInput: (text) => dispatch({ type: "write", field: name, text }),
    onEnter: () => dispatch({ type: "save" }),
  });
  const isEvent = form.kind === "event";
  return (
    <div class="fields">
      <Field
        {...field("title", "Title", form.text.title)}
        {...first}
        placeholder={isEvent ? "Add a title" : "What is to be done"}
      />
      <div class="pair">
        <Field {...field("day", isEvent ? "Date" : "Due date", form.text.day)}>
          <DayPick {...p} field="day" />
        </Field>
        {isEvent && form.allDay && (
          <Field {...field("endDay", "End date", endDayText(form))}>
            <DayPick {...p} field="endDay" />
          </Field>
        )}
        {!form.allDay && (
          <Field {...field("from", isEvent ? "Start" : "Time", form.text.from)}>
            <TimePick {...p} field="from" />
          </Field>
        )}
        {isEvent && !form.allDay && (
          <Field {...field("to", "End", endText(form))}>
            <TimePick {...p} field="to" />
          </Field>
        )}
      </div>
      <div class="pair">
        <Tick name="All day" value={form.allDay} onToggle={() => dispatch({ type: "toggle-all-day" })} />
        {isEvent && (
          <Tick
            name="Add video meeting"
            value={form.hasMeeting}
            onToggle={() => dispatch({ type: "toggle-meeting" })}
          />
        )}
      </div>
      {isEvent && form.id === null && <Pick {...p} field="repeat" label="Repeat" offered={repeatsOn(form)} />}
      {!isEvent && <Pick {...p} field="list" label="List" offered={taskLists.map((name) => [name, name])} />}
      {isEvent && <Guests {...p} />}
      {isEvent && <Field {...field("location", "Location", form.text.location)} placeholder="Add a place" />}
      <Description {...p} />
      {isEvent && <Options {...p} />}
    </div>
  );
}

function Description({ dispatch, form }: FormProps): JSX.Element {
  return (
    <div class="field tall">
      <span class="field-name" aria-hidden="true">Description</span>
      <TextArea
        class="line"
        name="Description"
        value={form.text.description}
        onInput={(text) => dispatch({ type: "write", field: "description", text })}
      />
    </div>
  );
}

/** Calendar, colour and what others see. */
function Options(p: FormProps): JSX.Element {
  const { state } = p;
  return (
    <>
      <div class="pair">
        <Pick {...p} field="calendar" label="Calendar" offered={state.calendars.map(({ id, name }) => [id, name])} />
        <Pick
          {...p}
          field="color"
          label="Color"
          offered={[["", "As the calendar"], ...Object.keys(colors).map((c) => [c, c] as const)]}
        />
      </div>
      <div class="pair">
        <Pick {...p} field="availability" label="Show as" offered={[["busy", "Busy"], ["free", "Free"]]} />
        <Pick
          {...p}
          field="visibility"
          label="Seen by"
          offered={[["default", "Default"], ["public", "Public"], ["private", "Private"]]}
        />
        <Pick
          {...p}
          field="notification"
          label="Remind"
          offered={["0", "10", "30", "60"].map((n) => [n, n === "0" ? "At start" : `${n} min`])}
        />
      </div>
    </>
  );
}

const repeatsOn = (form: Form): [string, string][] =>
  repeats.map((repeat) => [repeat, repeatName(repeat, readDate(form.text.day) ?? today)]);

/** One of the form's lists of choices. */
function Pick(
  { state, dispatch, form, field, label, offered }: FormProps & {
    readonly field: FormChoice;
    readonly label: string;
    readonly offered: readonly (readonly [value: string, name: string])[];
  },
): JSX.Element {
  return (
    <Choice
      state={state}
      dispatch={dispatch}
      menu={field}
      name={label}
      value={form.choices[field]}
      offered={offered}
      onChoose={(value) => dispatch({ type: "choose", field, value })}
    />
  );
}

/** The button beside a field and what opens at it. */
function Opened(
  { state, dispatch, menu, name, icon, children }: Props & {
    readonly menu: string;
    readonly name: string;
    readonly icon: "day" | "clock";
    readonly children: ComponentChildren;
  },
): JSX.Element {
  const isOpen = state.menu === menu;
  return (
    <span class="menu-anchor pick">
      <Button
        name={name}
        icon={icon}
        isIconOnly
        expanded={isOpen}
        onClick={() => dispatch({ type: "toggle-menu", menu })}
      />
      {isOpen && <div class="menu left" role="dialog" aria-label={name}>{children}</div>}
    </span>
  );
}

function DayPick({ state, dispatch, form, field }: FormProps & { readonly field: "day" | "endDay" }): JSX.Element {
  const day = readDate(field === "day" ? form.text.day : endDayText(form));
  return (
    <Opened
      state={state}
      dispatch={dispatch}
      menu={field}
      name={field === "day" ? "Choose date" : "Choose end date"}
      icon="day"
    >
      <MiniMonth
        state={state}
        dispatch={dispatch}
        chosen={day === undefined ? [] : [day]}
        verb="Choose"
        onChoose={(chosen) => dispatch({ type: "pick", field, text: fullDay(chosen) })}
      />
    </Opened>
  );
}

function TimePick({ state, dispatch, form, field }: FormProps & { readonly field: "from" | "to" }): JSX.Element {
  const is = field === "from" ? form.text.from : endText(form);
  const name = field === "from" ? "Choose start" : "Choose end";
  return (
    <Opened state={state} dispatch={dispatch} menu={field} name={name} icon="clock">
      <div class="menu-items" role="listbox" aria-label={name}>
        {times.map((time) => (
          <Option
            key={time}
            class="menu-item"
            isSelected={time === is}
            onChoose={() => dispatch({ type: "pick", field, text: time })}
          >
            {time}
          </Option>
        ))}
      </div>
    </Opened>
  );
}
