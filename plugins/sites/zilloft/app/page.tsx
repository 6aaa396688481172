import { Banner, Notice } from "halo-agent/site/app";
import type { JSX } from "preact";
import { CancelDialog } from "./cancel-dialog.tsx";
import { RequestForm } from "./form.tsx";
import { Header } from "./header.tsx";
import { HomePage } from "./home.tsx";
import { Listing } from "./listing.tsx";
import { Icon, type Props } from "./parts.tsx";
import { Requests } from "./requests.tsx";
import { Results } from "./results.tsx";
import { Saved } from "./saved.tsx";

/** The whole page as a function of the state. While a dialog is open nothing else can be reached. */
export function Page({ state, dispatch }: Props): JSX.Element {
  const { form, cancelling, banner, snackbar } = state;
  const isModal = form !== null || cancelling !== null;
  return (
    <>
      <div key="app" class="app" inert={isModal} aria-hidden={isModal || undefined}>
        {banner && (
          <Banner
            key="banner"
            close="Close banner"
            icon={<Icon name="close" />}
            onClose={() => dispatch({ type: "close-banner" })}
          >
            Zilloft is a practice site: its homes, people and prices are invented, and no request leaves this page.
          </Banner>
        )}
        <Header state={state} dispatch={dispatch} />
        <View state={state} dispatch={dispatch} />
        <Notice key="snackbar" snackbar={snackbar} onUndo={() => dispatch({ type: "undo" })} />
      </div>
      {form !== null && <RequestForm key="form" state={state} dispatch={dispatch} form={form} />}
      {cancelling !== null && <CancelDialog key="cancel" state={state} dispatch={dispatch} id={cancelling} />}
    </>
  );
}

function View({ state, dispatch }: Props): JSX.Element {
  switch (state.view.name) {
    case "home":
      return <HomePage key="home" state={state} dispatch={dispatch} />;
    case "results":
      return <Results key="results" state={state} dispatch={dispatch} />;
    case "listing":
      return <Listing key="listing" state={state} dispatch={dispatch} id={state.view.id} />;
    case "saved":
      return <Saved key="saved" state={state} dispatch={dispatch} />;
    case "requests":
      return <Requests key="requests" state={state} dispatch={dispatch} />;
  }
}
