import { Button, Link } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import { homeOf } from "../state/homes.ts";
import { addressOf } from "../state/search.ts";
import { slotText } from "../state/text.ts";
import type { Props } from "./parts.tsx";
import { Picture } from "./picture.tsx";

/** The tours that were asked for, and the messages to agents. */
export function Requests({ state, dispatch }: Props): JSX.Element {
  const { tours, contacts } = state;
  return (
    <main class="page pane">
      <section aria-label="My requests">
        <h1>My requests</h1>
        <h2>Tours</h2>
        {tours.length === 0 && <p class="quiet">No tour was asked for. The page of a home has a button for it.</p>}
        <ul class="lines">
          {tours.map(({ id, home, slots }) => (
            <Line key={id} id={home} dispatch={dispatch} text={slots.map(slotText).join(" or ")}>
              <Button
                name={`Cancel tour of ${homeOf(home)?.street ?? home}`}
                text="Cancel tour"
                onClick={() =>
                  dispatch({ type: "cancel-tour", id })}
              />
            </Line>
          ))}
        </ul>
        <h2>Messages to agents</h2>
        {contacts.length === 0 && <p class="quiet">No agent was written to.</p>}
        <ul class="lines">
          {contacts.map(({ id, home, message, slot }) => (
            <Line
              key={id}
              id={home}
              dispatch={dispatch}
              text={slot === null ? message : `${slotText(slot)} · ${message}`}
            />
          ))}
        </ul>
      </section>
    </main>
  );
}

function Line(
  { id, text, dispatch, children }: Pick<Props, "dispatch"> & {
    readonly id: string;
    readonly text: string;
    readonly children?: ComponentChildren;
  },
): JSX.Element | null {
  const home = homeOf(id);
  if (home === undefined) return null;
  return (
    <li class="line-item">
      <div class="line-picture">
        <Picture home={home} />
      </div>
      <div class="line-text">
        <Link
          name={`Open ${home.street}`}
          class="strong-link"
          href={`/homes/${id}`}
          onFollow={() => dispatch({ type: "go", view: { name: "listing", id } })}
        >
          {addressOf(home)}
        </Link>
        <p>{text}</p>
        <p class="quiet">{home.agent}, {home.broker}</p>
      </div>
      <span class="spring" />
      {children}
    </li>
  );
}
