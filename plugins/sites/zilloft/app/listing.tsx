import { Button, PressButton } from "halo-agent/site/app";
import type { JSX } from "preact";
import { descriptionOf, factsOf, historyOf, phoneOf } from "../state/details.ts";
import { type Home, homeOf } from "../state/homes.ts";
import { addressOf } from "../state/search.ts";
import { dealTexts, factsText, money, priceText } from "../state/text.ts";
import { Heart } from "./card.tsx";
import { Icon, type Props } from "./parts.tsx";
import { Picture, pictureNames, pictures } from "./picture.tsx";

/** All about one home. */
export function Listing({ id, state, dispatch }: Props & { readonly id: string }): JSX.Element {
  const home = homeOf(id)!;
  const ask = (kind: "tour" | "contact") => () => dispatch({ type: "form", kind, home: id });
  return (
    <main class="listing pane">
      <div class="listing-bar">
        <Button
          name="Back to results"
          icon={<Icon name="left" />}
          onClick={() => dispatch({ type: "go", view: { name: "results" } })}
        />
        <span class="quiet">Zilloft no. {home.id}</span>
      </div>
      <section class="listing-body" aria-label={`Listing ${home.street}`}>
        <Gallery home={home} state={state} dispatch={dispatch} />
        <aside class="ask">
          <span class={`deal ${home.deal}`}>{dealTexts[home.deal]}</span>
          <p class="ask-price">{priceText(home)}</p>
          <p class="ask-facts">{factsText(home)}</p>
          <h1>{addressOf(home)}</h1>
          {home.deal === "sale" && (
            <p class="quiet">About {money(Math.round(home.price * 0.0061))} a month with a loan over 30 years</p>
          )}
          {home.deal !== "sold" && <Button name="Request a tour" kind="primary" onClick={ask("tour")} />}
          <Button name="Contact agent" onClick={ask("contact")} />
          <div class="agent">
            <span class="person" aria-hidden="true">{home.agent.split(" ").map((word) => word[0]).join("")}</span>
            <div>
              <b>{home.agent}</b>
              <p class="quiet">{home.broker}</p>
              <p class="quiet">{phoneOf(home.agent)}</p>
            </div>
          </div>
        </aside>
        <Text home={home} />
      </section>
    </main>
  );
}

function Gallery({ home, state, dispatch }: Props & { readonly home: Home }): JSX.Element {
  const { photo } = state;
  const turn = (by: number) => () => dispatch({ type: "photo", to: (photo + by + pictures) % pictures });
  return (
    <div class="gallery">
      <div class="photo">
        <Picture home={home} n={photo} />
        <span class="photo-name">{pictureNames[photo]} · {photo + 1} of {pictures}</span>
        <div class="turn previous">
          <Button name="Previous photo" icon={<Icon name="left" />} isIconOnly onClick={turn(-1)} />
        </div>
        <div class="turn next">
          <Button name="Next photo" icon={<Icon name="right" />} isIconOnly onClick={turn(1)} />
        </div>
        <Heart id={home.id} street={home.street} state={state} dispatch={dispatch} />
      </div>
      <div class="thumbs">
        {pictureNames.map((name, n) => (
          <PressButton
            key={name}
            name={`Photo: ${name}`}
            class="thumb"
            isPressed={n === photo}
            onPress={() => dispatch({ type: "photo", to: n })}
          >
            <Picture home={home} n={n} />
          </PressButton>
        ))}
      </div>
    </div>
  );
}

function Text({ home }: { readonly home: Home }): JSX.Element {
  return (
    <div class="about">
      <div class="about-text">
        <h2>What to know</h2>
        <p>{descriptionOf(home)}</p>
        <dl class="facts">
          {factsOf(home).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div class="history">
        <h2>Price history</h2>
        <table>
          <thead>
            <tr>
              <th>Day</th>
              <th>What</th>
              <th>Price</th>
            </tr>
          </thead>
          <tbody>
            {historyOf(home).map(([day, what, price]) => (
              <tr key={day}>
                <td>{day}</td>
                <td>{what}</td>
                <td>{price}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
