import { Button, first } from "halo-agent/site/app";
import type { JSX } from "preact";
import { type Home, homeOf } from "../state/homes.ts";
import { addressOf } from "../state/search.ts";
import { canGoOn } from "../state/update-form.ts";
import type { Form } from "../state/state.ts";
import { slotText } from "../state/text.ts";
import { DetailsStep, LastStep, TimeStep } from "./form-steps.tsx";
import { Icon, type Props } from "./parts.tsx";
import { Picture } from "./picture.tsx";

export type FormProps = Pick<Props, "dispatch"> & { readonly form: Form };

/** The window in which a tour is asked for, or a message to the agent written. */
export function RequestForm({ form, dispatch }: Props & FormProps): JSX.Element | null {
  const home = homeOf(form.home);
  if (home === undefined) return null;
  const isTour = form.kind === "tour";
  const title = isTour ? "Request a tour" : "Contact agent";
  return (
    <div class="backdrop">
      <div class="dialog form" role="dialog" aria-modal="true" aria-label={title}>
        <div class="form-head">
          <div class="form-picture">
            <Picture home={home} />
          </div>
          <div>
            <h2>{title}</h2>
            <p class="quiet">{addressOf(home)}</p>
          </div>
          <span class="spring" />
          <Button
            name="Close"
            {...first}
            icon={<Icon name="close" />}
            isIconOnly
            onClick={() => dispatch({ type: "form-close" })}
          />
        </div>
        {form.step === "sent"
          ? <Sent form={form} home={home} dispatch={dispatch} />
          : <Steps form={form} dispatch={dispatch} />}
      </div>
    </div>
  );
}

function Steps({ form, dispatch }: FormProps): JSX.Element {
  const isTour = form.kind === "tour";
  const isLast = !isTour || form.step === 3;
  const confirm = isLast ? (isTour ? "Submit request" : "Send message") : "Continue";
  return (
    <>
      {isTour && <p class="form-steps" role="status">Step {form.step} of 3</p>}
      <Slots form={form} dispatch={dispatch} />
      <div class="form-body pane">
        {(!isTour || form.step === 1) && <TimeStep form={form} dispatch={dispatch} />}
        {(!isTour || form.step === 2) && <DetailsStep form={form} dispatch={dispatch} />}
        {isTour && form.step === 3 && <LastStep form={form} dispatch={dispatch} />}
      </div>
      <div class="form-foot">
        <p class="problem" role="alert">{form.problem}</p>
        {isTour && form.step !== 1 && <Button name="Back" onClick={() => dispatch({ type: "form-back" })} />}
        <Button
          name={confirm}
          kind="primary"
          isDisabled={!canGoOn(form)}
          onClick={() => dispatch({ type: "form-next" })}
        />
      </div>
    </>
  );
}

/** The times that were chosen; each can be taken away. */
function Slots({ form, dispatch }: FormProps): JSX.Element {
  return (
    <div class="slots">
      {form.slots.length === 0 && (
        <p class="quiet">{form.kind === "tour" ? "Choose up to three times." : "A time for a visit, if you like:"}</p>
      )}
      {form.slots.map(({ date, time }) => (
        <button
          key={`${date} ${time}`}
          type="button"
          class="slot"
          aria-label={`Remove ${slotText({ date, time })}`}
          onClick={() => dispatch({ type: "form-slot", date, time })}
        >
          {slotText({ date, time })}
          <Icon name="close" />
        </button>
      ))}
    </div>
  );
}

function Sent({ form, home, dispatch }: FormProps & { readonly home: Home }): JSX.Element {
  return (
    <div class="sent" role="status">
      <span class="sent-mark">
        <Icon name="check" />
      </span>
      <h2>{form.kind === "tour" ? "Your tour request is on its way" : "Your message is on its way"}</h2>
      <p>{home.agent} of {home.broker} will answer {form.name.trim()} at {form.email.trim()}.</p>
      <Button name="Done" id="form-first" kind="primary" onClick={() => dispatch({ type: "form-close" })} />
    </div>
  );
}
