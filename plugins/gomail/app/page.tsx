import type { JSX } from "preact";
import { Composer } from "./composer.tsx";
import { LabelDialog } from "./dialog.tsx";
import { MailList } from "./list.tsx";
import { Message } from "./message.tsx";
import { Navigation } from "./navigation.tsx";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";
import { SearchBar } from "./search-bar.tsx";

/** The whole page as a function of the state. While a dialog is open nothing else can be reached. */
export function Page({ state, dispatch }: Props): JSX.Element {
  const isModal = state.dialog !== null;
  return (
    <>
      <div key="app" class="app" inert={isModal} aria-hidden={isModal || undefined}>
        <SearchBar state={state} dispatch={dispatch} />
        <Navigation state={state} dispatch={dispatch} />
        <main aria-label="Main content">
          {state.view.name === "list"
            ? <MailList key="list" state={state} dispatch={dispatch} />
            : <Message key="message" state={state} dispatch={dispatch} />}
        </main>
        {state.compose !== null && (
          <Composer
            key={`compose ${state.compose.draftId}`}
            state={state}
            dispatch={dispatch}
            compose={state.compose}
          />
        )}
        {state.snackbar !== null && (
          <div key="snackbar" class="snackbar" role="group">
            <span role="status">{state.snackbar.message}</span>
            {state.snackbar.undo !== null && <Button name="Undo" onClick={() => dispatch({ type: "undo" })} />}
          </div>
        )}
      </div>
      {state.dialog !== null && <LabelDialog key="dialog" state={state} dispatch={dispatch} dialog={state.dialog} />}
    </>
  );
}
