import { Banner, Notice } from "halo-agent/site/app";
import type { JSX } from "preact";
import { CalendarForm } from "./calendar-form.tsx";
import { Details } from "./details.tsx";
import { FormPage, QuickForm } from "./form.tsx";
import { Head } from "./head.tsx";
import { Icon } from "./icon.tsx";
import { Results, Tasks } from "./lists.tsx";
import { Month } from "./month.tsx";
import { Button, type Props } from "./parts.tsx";
import { Asked } from "./question.tsx";
import { Side } from "./side.tsx";
import { Week } from "./week.tsx";

/** The whole page as a function of the state. What lies under a window cannot be reached. */
export function Page({ state, dispatch }: Props): JSX.Element {
  const { form, details, question, failure } = state;
  const isQuick = form !== null && state.view.name !== "form";
  const isUnder = isQuick || details !== null;
  const leave = (): void => {
    if (!form?.isTouched) dispatch({ type: "close" });
  };
  return (
    <>
      <div key="app" class={`app ${state.banner ? "bannered" : ""}`} inert={isUnder || question !== null}>
        {state.banner && (
          <Banner
            key="banner"
            close="Close banner"
            icon={<Icon name="close" />}
            onClose={() => dispatch({ type: "close-banner" })}
          >
            GoCalendar is a practice site with invented people and plans. Nothing leaves this page.
          </Banner>
        )}
        <Head key="head" state={state} dispatch={dispatch} />
        <Side key="side" state={state} dispatch={dispatch} />
        <View key="view" state={state} dispatch={dispatch} />
        <Notice key="notice" snackbar={state.snackbar} onUndo={() => dispatch({ type: "undo" })} />
      </div>
      {isUnder && (
        <div key="over" class="over" inert={question !== null}>
          <div class="outside" onClick={leave} />
          {isQuick
            ? <QuickForm state={state} dispatch={dispatch} form={form} />
            : <Details state={state} dispatch={dispatch} />}
        </div>
      )}
      {question !== null && <Asked key="question" state={state} dispatch={dispatch} question={question} />}
      {failure !== "" && (
        <div key="failure" class="failure" role="alert">
          <span>{failure}</span>
          <Button name="Dismiss" onClick={() => dispatch({ type: "close-failure" })} />
        </div>
      )}
    </>
  );
}

function View({ state, dispatch }: Props): JSX.Element {
  const { view, form, calendarForm } = state;
  if (view.name === "form" && form !== null) {
    return <FormPage key="form" state={state} dispatch={dispatch} form={form} />;
  }
  if (view.name === "calendar-form" && calendarForm !== null) {
    return <CalendarForm key="calendar-form" state={state} dispatch={dispatch} form={calendarForm} />;
  }
  if (view.name === "tasks") return <Tasks key="tasks" state={state} dispatch={dispatch} list={view.list} />;
  if (view.name === "search") return <Results key="search" state={state} dispatch={dispatch} query={view.query} />;
  return state.span === "month"
    ? <Month key="month" state={state} dispatch={dispatch} />
    : <Week key={`week ${state.span} ${state.date}`} state={state} dispatch={dispatch} />;
}
