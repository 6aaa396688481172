import { snackbarAt } from "halo-agent/site";
import type { Event } from "./event.ts";
import { contactOf, emptyForm, isComplete, tourOf, withSlot } from "./form.ts";
import { homeOf } from "./homes.ts";
import type { Form, ZilloftState } from "./state.ts";

type FormEvent = Extract<Event, { type: `form${string}` }>;

/** The state after something was done on a request. */
export function updateForm(state: ZilloftState, event: FormEvent): ZilloftState {
  if (event.type === "form") {
    const home = homeOf(event.home);
    return home === undefined ? state : { ...state, panel: null, form: emptyForm(event.kind, home) };
  }
  const { form } = state;
  if (form === null) return state;
  const changed = (change: Partial<Form>): ZilloftState => ({ ...state, form: { ...form, ...change, problem: "" } });
  switch (event.type) {
    case "form-day":
      return changed({ day: event.day });
    case "form-slot":
      return changed({ slots: withSlot(form, { date: event.date, time: event.time }) });
    case "form-input":
      return changed({ [event.field]: event.text });
    case "form-set":
      return changed(event.change);
    case "form-back":
      return changed({ step: form.step === 3 ? 2 : 1 });
    case "form-close":
      return { ...state, form: null };
    case "form-next":
      return next(state, form);
  }
}

/** Goes on to the next step, or sends the request after the last one. */
function next(state: ZilloftState, form: Form): ZilloftState {
  const isTour = form.kind === "tour";
  if (isTour && form.step === 1) return form.slots.length === 0 ? state : { ...state, form: { ...form, step: 2 } };
  if (!isComplete(form)) return form.isChecked ? state : { ...state, form: { ...form, isChecked: true } };
  if (isTour && form.step === 2) return { ...state, form: { ...form, step: 3, isChecked: false } };
  if (form.step === "sent") return state;
  if (isTour ? state.faults.tour : state.faults.contact) {
    return { ...state, form: { ...form, problem: "The request could not be sent. Please try again." } };
  }
  const id = `${isTour ? "tour" : "contact"}-${state.nextId}`;
  return {
    ...state,
    nextId: state.nextId + 1,
    form: { ...form, step: "sent" },
    ...(isTour
      ? { tours: [...state.tours, tourOf(form, id)] }
      : { contacts: [...state.contacts, contactOf(form, id)] }),
    snackbar: snackbarAt(state.clock, isTour ? "Tour request sent" : "Message sent"),
  };
}

/** Whether the button that goes on can be used. */
export function canGoOn({ kind, step, slots }: Form): boolean {
  return kind === "contact" || step !== 1 || slots.length > 0;
}
