import { Checkbox } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { SearchForm } from "../state/window.ts";
import { searchPlaces, searchProblem, spans } from "../state/search-form.ts";
import { FormChoice, FormLine, Frame } from "./dialog-parts.tsx";
import type { Props } from "./parts.tsx";

/** The dialog of the advanced search. */
export function SearchOptions({ form, ...props }: Props & { readonly form: SearchForm }): JSX.Element {
  const { dispatch } = props;
  const fields = { dispatch, form: { ...form } };
  const problem = searchProblem(form);
  const isDated = form.within !== "";
  return (
    <Frame
      dispatch={dispatch}
      title="Search options"
      confirm="Search mail"
      problem={isDated ? problem : ""}
      isReady={problem === ""}
      size="wide"
    >
      <FormLine {...fields} field="from" name="From" id="dialog-first" />
      <FormLine {...fields} field="to" name="To" />
      <FormLine {...fields} field="subject" name="Subject" />
      <FormLine {...fields} field="hasWords" name="Has the words" />
      <FormLine {...fields} field="without" name="Doesn't have" />
      <FormChoice {...props} form={fields.form} field="within" name="Date within" offered={spans} />
      {isDated && <FormLine {...fields} field="date" name="of the day" />}
      <FormChoice {...props} form={fields.form} field="folder" name="Search in" offered={searchPlaces} />
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
