import { Checkbox, TextField } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { SearchForm } from "../state/window.ts";
import { searchPlaces, searchProblem, spans } from "../state/search-form.ts";
import { Choice, Frame } from "./dialog-parts.tsx";
import type { Props } from "./parts.tsx";

/** The dialog of the advanced search. */
export function SearchOptions({ state, dispatch, form }: Props & { readonly form: SearchForm }): JSX.Element {
  const line = (field: keyof typeof form, name: string, id?: string): JSX.Element => (
    <TextField
      key={field}
      {...(id !== undefined && { id })}
      name={name}
      value={form[field]}
      onInput={(text) => dispatch({ type: "dialog-input", field, text })}
      onEnter={() => dispatch({ type: "confirm" })}
    />
  );
  const choice = (field: "within" | "folder", name: string, offered: typeof spans): JSX.Element => (
    <Choice
      key={field}
      state={state}
      dispatch={dispatch}
      field={field}
      name={name}
      value={form[field]}
      offered={offered}
      onChoose={(value) => dispatch({ type: "dialog-choose", field, value })}
    />
  );
  const problem = searchProblem(form);
  const isDated = form.within !== "";
  return (
    <Frame
      state={state}
      dispatch={dispatch}
      title="Search options"
      confirm="Search mail"
      problem={isDated ? problem : ""}
      isReady={problem === ""}
      size="wide"
    >
      {line("from", "From", "dialog-first")}
      {line("to", "To")}
      {line("subject", "Subject")}
      {line("hasWords", "Has the words")}
      {line("without", "Doesn't have")}
      {choice("within", "Date within", spans)}
      {isDated && line("date", "of the day")}
      {choice("folder", "Search in", searchPlaces)}
      <label class="field">
        <span class="field-name" />
        <Checkbox
          name="Has attachment"
          value={form.attachment === "yes"}
          onToggle={() =>
            dispatch({ type: "dialog-choose", field: "attachment", value: form.attachment === "" ? "yes" : "" })}
        />
        Has attachment
      </label>
    </Frame>
  );
}
