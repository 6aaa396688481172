import { first, ModalWindow, TextInput } from "halo-agent/site/app";
import type { JSX } from "preact";
import { contactProblem } from "../state/contacts.ts";
import { renameProblem } from "../state/labels.ts";
import { readMoment } from "../state/later.ts";
import { labelProblem, nameOfFolder } from "../state/select.ts";
import { shortcutHelp } from "../state/shortcuts.ts";
import type { Dialog } from "../state/window.ts";
import { momentText } from "halo-agent/site";
import { FormLine, Frame } from "./dialog-parts.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";
import { SearchOptions } from "./search-options.tsx";

type DialogProps<N extends Dialog["name"] = Dialog["name"]> = Props & {
  readonly dialog: Extract<Dialog, { readonly name: N }>;
};

/** The open modal dialog. */
export function ModalDialog({ dialog, ...props }: DialogProps): JSX.Element {
  const { state, dispatch } = props;
  const ask = (title: string, question: string, confirm = "Delete"): JSX.Element => (
    <Frame dispatch={dispatch} title={title} confirm={confirm} isPlain>
      <p>{question}</p>
    </Frame>
  );
  switch (dialog.name) {
    case "new-label":
    case "rename-label":
      return <LabelDialog {...props} dialog={dialog} />;
    case "delete-label":
      return ask("Delete label", `Delete the label "${dialog.label}"? The mail that has it stays.`);
    case "search-options":
      return <SearchOptions {...props} form={dialog.form} />;
    case "snooze":
    case "schedule":
      return <TimeDialog {...props} dialog={dialog} />;
    case "contact":
      return <ContactDialog {...props} dialog={dialog} />;
    case "delete-contact": {
      const name = state.contacts.find((c) => c.address === dialog.address)?.name ?? dialog.address;
      return ask("Delete contact", `Delete ${name} from your contacts?`);
    }
    case "empty": {
      const n = state.emails.filter((e) => e.folder === dialog.folder).length;
      const all = n === 1 ? "1 conversation" : `All ${n} conversations`;
      const place = nameOfFolder(dialog.folder);
      return ask(`Empty ${place}`, `${all} in ${place} will be deleted forever.`, "Delete all");
    }
    case "shortcuts":
      return <Shortcuts {...props} />;
  }
}

function LabelDialog({ state, dispatch, dialog }: DialogProps<"new-label" | "rename-label">): JSX.Element {
  const isNew = dialog.name === "new-label";
  const isReady = dialog.value.trim() !== "";
  const problem = !isReady ? "" : isNew ? labelProblem(state, dialog.value) : renameProblem(state, dialog);
  return (
    <Frame
      dispatch={dispatch}
      title={isNew ? "New label" : "Rename label"}
      confirm={isNew ? "Create" : "Rename"}
      problem={problem}
      isReady={isReady}
    >
      <TextInput
        id="dialog-first"
        name="Label name"
        placeholder="Label name"
        value={dialog.value}
        onInput={(text) => dispatch({ type: "label-input", text })}
        onEnter={() => dispatch({ type: "confirm" })}
      />
    </Frame>
  );
}

function TimeDialog({ state, dispatch, dialog }: DialogProps<"snooze" | "schedule">): JSX.Element {
  const moment = readMoment(dialog.form, state.clock);
  const isSnooze = dialog.name === "snooze";
  const fields = { dispatch, form: { ...dialog.form } };
  return (
    <Frame
      dispatch={dispatch}
      title={isSnooze ? "Snooze until" : "Schedule send"}
      confirm={isSnooze ? "Snooze" : "Schedule"}
      problem={"problem" in moment ? moment.problem : ""}
    >
      <FormLine {...fields} field="date" id="dialog-first" name="Date" placeholder="2024-07-25" />
      <FormLine {...fields} field="time" id="dialog-second" name="Time" placeholder="8:00 AM" />
      <p class="quiet">{"at" in moment ? momentText(moment.at) : "—"}</p>
    </Frame>
  );
}

function ContactDialog({ state, dispatch, dialog }: DialogProps<"contact">): JSX.Element {
  const problem = contactProblem(state, dialog);
  const { fullName, email } = dialog.form;
  const isBegun = fullName.trim() !== "" && email.trim() !== "";
  const fields = { dispatch, form: { ...dialog.form } };
  return (
    <Frame
      dispatch={dispatch}
      title={dialog.address === "" ? "New contact" : "Edit contact"}
      confirm="Save"
      problem={isBegun ? problem : ""}
      isReady={problem === ""}
    >
      <FormLine {...fields} field="fullName" id="dialog-first" name="Name" />
      <FormLine {...fields} field="email" id="dialog-second" name="Address" />
    </Frame>
  );
}

function Shortcuts({ dispatch }: Props): JSX.Element {
  return (
    <ModalWindow title="Keyboard shortcuts" size="wide">
      <div class="shortcuts">
        {shortcutHelp.map(([group, keys]) => (
          <section key={group}>
            <h3>{group}</h3>
            {keys.map(([key, what]) => (
              <div key={key} class="shortcut">
                <kbd>{key}</kbd>
                {what}
              </div>
            ))}
          </section>
        ))}
      </div>
      <div class="dialog-foot">
        <Button {...first} name="Close" kind="primary" onClick={() => dispatch({ type: "confirm" })} />
      </div>
    </ModalWindow>
  );
}
