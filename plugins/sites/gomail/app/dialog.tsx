import { first, TextField } from "halo-agent/site/app";
import type { JSX } from "preact";
import { contactProblem } from "../state/contacts.ts";
import { renameProblem } from "../state/labels.ts";
import { readMoment } from "../state/later.ts";
import { labelProblem } from "../state/select.ts";
import { shortcutHelp } from "../state/shortcuts.ts";
import type { Dialog } from "../state/window.ts";
import { momentText } from "halo-agent/site";
import { Frame } from "./dialog-parts.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";
import { SearchOptions } from "./search-options.tsx";

type DialogProps<N extends Dialog["name"] = Dialog["name"]> = Props & {
  readonly dialog: Extract<Dialog, { readonly name: N }>;
};

/** The open modal dialog. */
export function ModalDialog({ state, dispatch, dialog }: DialogProps): JSX.Element {
  const props = { state, dispatch };
  switch (dialog.name) {
    case "new-label":
    case "rename-label":
      return <LabelDialog {...props} dialog={dialog} />;
    case "delete-label":
      return (
        <Frame {...props} title="Delete label" confirm="Delete" isPlain>
          <p>{`Delete the label "${dialog.label}"? The mail that has it stays.`}</p>
        </Frame>
      );
    case "search-options":
      return <SearchOptions {...props} form={dialog.form} />;
    case "snooze":
    case "schedule":
      return <TimeDialog {...props} dialog={dialog} />;
    case "contact":
      return <ContactDialog {...props} dialog={dialog} />;
    case "delete-contact": {
      const name = state.contacts.find((c) => c.address === dialog.address)?.name ?? dialog.address;
      return (
        <Frame {...props} title="Delete contact" confirm="Delete" isPlain>
          <p>{`Delete ${name} from your contacts?`}</p>
        </Frame>
      );
    }
    case "empty": {
      const n = state.emails.filter((e) => e.folder === dialog.folder).length;
      const place = dialog.folder === "trash" ? "Trash" : "Spam";
      return (
        <Frame {...props} title={`Empty ${place}`} confirm="Delete all" isPlain>
          <p>{`${n === 1 ? "1 conversation" : `All ${n} conversations`} in ${place} will be deleted forever.`}</p>
        </Frame>
      );
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
      state={state}
      dispatch={dispatch}
      title={isNew ? "New label" : "Rename label"}
      confirm={isNew ? "Create" : "Rename"}
      problem={problem}
      isReady={isReady}
    >
      <input
        id="dialog-first"
        class="line"
        aria-label="Label name"
        placeholder="Label name"
        autocomplete="off"
        spellcheck={false}
        value={dialog.value}
        onInput={(e) => dispatch({ type: "label-input", text: e.currentTarget.value })}
        onKeyDown={(e) => e.key === "Enter" && dispatch({ type: "confirm" })}
      />
    </Frame>
  );
}

function TimeDialog({ state, dispatch, dialog }: DialogProps<"snooze" | "schedule">): JSX.Element {
  const moment = readMoment(dialog.form, state.clock);
  const isSnooze = dialog.name === "snooze";
  const line = (field: "date" | "time", name: string, o: { readonly placeholder: string }): JSX.Element => (
    <TextField
      key={field}
      id={field === "date" ? "dialog-first" : "dialog-second"}
      name={name}
      placeholder={o.placeholder}
      value={dialog.form[field]}
      onInput={(text) => dispatch({ type: "dialog-input", field, text })}
      onEnter={() => dispatch({ type: "confirm" })}
    />
  );
  return (
    <Frame
      state={state}
      dispatch={dispatch}
      title={isSnooze ? "Snooze until" : "Schedule send"}
      confirm={isSnooze ? "Snooze" : "Schedule"}
      problem={"problem" in moment ? moment.problem : ""}
    >
      {line("date", "Date", { placeholder: "2024-07-25" })}
      {line("time", "Time", { placeholder: "8:00 AM" })}
      <p class="quiet">{"at" in moment ? momentText(moment.at) : "—"}</p>
    </Frame>
  );
}

function ContactDialog({ state, dispatch, dialog }: DialogProps<"contact">): JSX.Element {
  const problem = contactProblem(state, dialog);
  const { fullName, email } = dialog.form;
  const isBegun = fullName.trim() !== "" && email.trim() !== "";
  const line = (field: keyof typeof dialog.form, name: string): JSX.Element => (
    <TextField
      key={field}
      id={field === "fullName" ? "dialog-first" : "dialog-second"}
      name={name}
      value={dialog.form[field]}
      onInput={(text) => dispatch({ type: "dialog-input", field, text })}
      onEnter={() => dispatch({ type: "confirm" })}
    />
  );
  return (
    <Frame
      state={state}
      dispatch={dispatch}
      title={dialog.address === "" ? "New contact" : "Edit contact"}
      confirm="Save"
      problem={isBegun ? problem : ""}
      isReady={problem === ""}
    >
      {line("fullName", "Name")}
      {line("email", "Address")}
    </Frame>
  );
}

function Shortcuts({ dispatch }: Props): JSX.Element {
  return (
    <div class="backdrop">
      <div class="dialog wide" role="dialog" aria-modal="true" aria-label="Keyboard shortcuts">
        <h2>Keyboard shortcuts</h2>
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
      </div>
    </div>
  );
}
