import { Banner, Button, Notice } from "halo-agent/site/app";
import type { JSX } from "preact";
import { productAt } from "../catalogue/product.ts";
import { Cart } from "./cart.tsx";
import { Checkout, Confirmation } from "./checkout.tsx";
import { ModalDialog } from "./dialog.tsx";
import { Header } from "./header.tsx";
import { Home } from "./home.tsx";
import { Icon } from "./icon.tsx";
import { Lists, Orders } from "./orders.tsx";
import type { Props } from "./parts.tsx";
import { ProductPage } from "./product.tsx";
import { Results } from "./results.tsx";

/** The whole page as a function of the state. While a window is open nothing else can be reached. */
export function Page({ state, dispatch }: Props): JSX.Element {
  const isModal = state.dialog !== null;
  return (
    <>
      <div key="app" class="app" inert={isModal} aria-hidden={isModal || undefined}>
        {state.banner && (
          <Banner
            key="banner"
            close="Close"
            icon={<Icon name="close" />}
            onClose={() => dispatch({ type: "close-banner" })}
          >
            This is a practice shop. No money moves and nothing is sent.
          </Banner>
        )}
        <Header state={state} dispatch={dispatch} />
        <main class="pane body" aria-label="Main content">
          <View state={state} dispatch={dispatch} />
        </main>
        <Notice key="notice" snackbar={state.snackbar} onUndo={() => dispatch({ type: "undo" })}>
          <Button
            name="Close message"
            icon={<Icon name="close" />}
            isIconOnly
            onClick={() => dispatch({ type: "close-message" })}
          />
        </Notice>
      </div>
      {state.dialog !== null && <ModalDialog key="dialog" dialog={state.dialog} dispatch={dispatch} />}
    </>
  );
}

function View(props: Props): JSX.Element {
  const { view } = props.state;
  switch (view.name) {
    case "home":
      return <Home {...props} />;
    case "results":
      return <Results {...props} />;
    case "product":
      return <ProductPage key={view.id} product={productAt(view.id)!} {...props} />;
    case "cart":
      return <Cart {...props} />;
    case "checkout":
      return <Checkout {...props} />;
    case "confirmation":
      return <Confirmation {...props} />;
    case "orders":
      return <Orders {...props} />;
    case "lists":
      return <Lists {...props} />;
  }
}
