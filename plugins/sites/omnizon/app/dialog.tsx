import { first, Frame, TextInput } from "halo-agent/site/app";
import type { JSX } from "preact";
import { addressFields, cardFields, type Dialog, type FormField, isComplete, problemIn } from "../state/dialog.ts";
import type { Props } from "./parts.tsx";

/** The open window. */
export function ModalDialog({ dialog, dispatch }: Pick<Props, "dispatch"> & { readonly dialog: Dialog }): JSX.Element {
  const ends = { onCancel: () => dispatch({ type: "cancel" }), onConfirm: () => dispatch({ type: "confirm" }) };
  switch (dialog.name) {
    case "card":
      return (
        <Form
          title="Add a payment card"
          confirm="Save card"
          fields={cardFields}
          form={dialog.form}
          dispatch={dispatch}
          {...ends}
        />
      );
    case "address":
      return (
        <Form
          title="Add an address"
          confirm="Save address"
          fields={addressFields}
          form={dialog.form}
          dispatch={dispatch}
          {...ends}
        />
      );
    case "cancel-order":
      return (
        <Frame title={`Cancel order ${dialog.id}`} confirm="Cancel the order" isPlain {...ends}>
          <p>It will not be sent, and nothing is charged.</p>
        </Frame>
      );
  }
}

/** A form in a window; what is wrong with a field stands beside it. */
function Form(
  { title, confirm, fields, form, dispatch, onCancel, onConfirm }: {
    readonly title: string;
    readonly confirm: string;
    readonly fields: readonly FormField[];
    readonly form: Readonly<Record<string, string>>;
    readonly dispatch: Props["dispatch"];
    readonly onCancel: () => void;
    readonly onConfirm: () => void;
  },
): JSX.Element {
  return (
    <Frame
      title={title}
      confirm={confirm}
      size="wide"
      isReady={isComplete(fields, form)}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      {fields.map((field, i) => {
        const text = form[field.key]!;
        const problem = problemIn(field, text);
        return (
          <div key={field.key} class="field">
            <span class="field-name" aria-hidden="true">{field.name}</span>
            <TextInput
              {...(i === 0 && first)}
              class="line form-line"
              name={field.name}
              isWrong={problem !== ""}
              value={text}
              onInput={(to) => dispatch({ type: "form-input", key: field.key, text: to })}
              onEnter={onConfirm}
            />
            <span class="field-problem" role="status">{problem}</span>
          </div>
        );
      })}
    </Frame>
  );
}
