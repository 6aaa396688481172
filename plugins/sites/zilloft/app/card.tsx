import { Button, Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Home } from "../state/homes.ts";
import { dealTexts, factsText, priceText } from "../state/text.ts";
import { Icon, type Props } from "./parts.tsx";
import { Picture } from "./picture.tsx";

/** One home of a list: its picture, what it costs and where it is, with a heart. */
export function Card({ home, state, dispatch }: Props & { readonly home: Home }): JSX.Element {
  const { id, street, city, state: code, zip, type, broker, deal } = home;
  return (
    <article class="card">
      <Link
        name={`Open ${street}`}
        class="card-link"
        href={`/homes/${id}`}
        onFollow={() => dispatch({ type: "go", view: { name: "listing", id } })}
      >
        <Picture home={home} />
        <span class="card-price">{priceText(home)}</span>
        <span class="card-facts">{factsText(home)}</span>
        <span class="card-type">{type} · {dealTexts[deal]}</span>
        <span class="card-street">{street}</span>
        <span class="card-city">{city}, {code} {zip}</span>
        <span class="card-broker">{broker}</span>
      </Link>
      <Heart id={id} street={street} state={state} dispatch={dispatch} />
    </article>
  );
}

/** The button that saves a home, or takes it out of the saved ones. */
export function Heart(
  { id, street, state, dispatch }: Props & { readonly id: string; readonly street: string },
): JSX.Element {
  const isSaved = state.saved.some((one) => one.id === id);
  return (
    <div class={`heart ${isSaved ? "full" : ""}`}>
      <Button
        name={isSaved ? `Remove ${street} from saved homes` : `Save ${street}`}
        icon={<Icon name="heart" isFull={isSaved} />}
        isIconOnly
        onClick={() => dispatch({ type: "toggle-saved", id })}
      />
    </div>
  );
}
