import { first, ModalWindow, Radios } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Question } from "../state/state.ts";
import { Button, type Props } from "./parts.tsx";

/** The question that stands over the page. */
export function Asked({ state, dispatch, question }: Props & { readonly question: Question }): JSX.Element {
  const back = (name: string, isFirst = false): JSX.Element => (
    <Button
      name={name}
      {...(isFirst && first)}
      onClick={() => dispatch({ type: "close" })}
    />
  );
  const confirm = (name: string): JSX.Element => (
    <Button
      name={name}
      kind="primary"
      onClick={() => dispatch({ type: "confirm" })}
    />
  );
  switch (question.about) {
    case "invite":
      return (
        <Box
          title={`Invite ${invitedTo(state).join(", ")} to ${state.form?.text.title.trim()}`}
          text="Send invitations to the new guests of this event?"
        >
          {back("Back to editing")}
          <Button name="Don't send" onClick={() => dispatch({ type: "save" })} />
          <Button name="Send" kind="primary" {...first} onClick={() => dispatch({ type: "invite" })} />
        </Box>
      );
    case "series": {
      const offered = [["one", "This event"], ["all", "All events of the series"]] as const;
      const choose = (scope: "one" | "all"): void => dispatch({ type: "set-scope", scope });
      return (
        <Box title="Delete repeating event" text="Which events are to be deleted?">
          <Radios name="Delete" value={question.scope} offered={offered} onChoose={choose} />
          <span class="spring" />
          {back("Cancel", true)}
          {confirm("Delete now")}
        </Box>
      );
    }
    case "calendar": {
      const { name = "" } = state.calendars.find(({ id }) => id === question.id) ?? {};
      const n = state.events.filter((event) => event.calendar === question.id).length;
      return (
        <Box title="Delete calendar" text={`“${name}” and its ${n} ${n === 1 ? "event" : "events"} will be deleted.`}>
          {back("Cancel", true)}
          {confirm("Delete now")}
        </Box>
      );
    }
  }
}

/** The guests who are not among those of the saved event. */
function invitedTo({ form, events }: Props["state"]): readonly string[] {
  const known = events.find(({ id }) => id === form?.id)?.guests ?? [];
  return (form?.guests ?? []).filter((name) => !known.includes(name));
}

function Box(
  { title, text, children }: {
    readonly title: string;
    readonly text: string;
    readonly children: JSX.Element | JSX.Element[];
  },
): JSX.Element {
  return (
    <ModalWindow title={title}>
      <p>{text}</p>
      <div class="dialog-foot">{children}</div>
    </ModalWindow>
  );
}
