import { Banner, Notice } from "halo-agent/site/app";
import type { JSX } from "preact";
import { Composer } from "./composer.tsx";
import { Contacts } from "./contacts.tsx";
import { ModalDialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";
import { MailList } from "./list.tsx";
import { Message } from "./message.tsx";
import { Navigation } from "./navigation.tsx";
import { isAway } from "../state/settings.ts";
import { Button } from "./parts.tsx";
import type { Props } from "./parts.tsx";
import { SearchBar } from "./search-bar.tsx";
import { SettingsPage } from "./settings.tsx";

/** The whole page as a function of the state. While a dialog is open nothing else can be reached. */
export function Page({ state, dispatch }: Props): JSX.Element {
  const isModal = state.dialog !== null;
  return (
    <>
      <div key="app" class={`app ${state.banner ? "bannered" : ""}`} inert={isModal} aria-hidden={isModal || undefined}>
        {state.banner && (
          <Banner
            key="banner"
            close="Close"
            icon={<Icon name="close" />}
            onClose={() => dispatch({ type: "close-banner" })}
          >
            GoMail is a practice site with invented people and mail. Nothing you do here leaves this page.
          </Banner>
        )}
        <SearchBar state={state} dispatch={dispatch} />
        <Navigation state={state} dispatch={dispatch} />
        <main aria-label="Main content">
          {isAway(state) && (
            <div key="away" class="strip across">
              The vacation responder is on.
              <Button name="End now" onClick={() => dispatch({ type: "end-vacation" })} />
            </div>
          )}
          <View state={state} dispatch={dispatch} />
        </main>
        {state.compose !== null && (
          <Composer
            key={`compose ${state.compose.draftId}`}
            state={state}
            dispatch={dispatch}
            compose={state.compose}
          />
        )}
        <Notice key="snackbar" snackbar={state.snackbar} onUndo={() => dispatch({ type: "undo" })} />
      </div>
      {state.dialog !== null && <ModalDialog key="dialog" state={state} dispatch={dispatch} dialog={state.dialog} />}
    </>
  );
}

function View({ state, dispatch }: Props): JSX.Element {
  switch (state.view.name) {
    case "list":
      return <MailList key="list" state={state} dispatch={dispatch} />;
    case "message":
      return <Message key="message" state={state} dispatch={dispatch} />;
    case "settings":
      return <SettingsPage key="settings" state={state} dispatch={dispatch} view={state.view} />;
    case "contacts":
      return <Contacts key="contacts" state={state} dispatch={dispatch} />;
  }
}
