import { Button, mount, type ViewProps } from "halo-agent/site/app";
import { type Event, router, start, type State, update } from "./state.ts";

function Page({ state: { view, item, rung }, dispatch }: ViewProps<State, Event>) {
  return view === "list"
    ? (
      <main key="list">
        <h1>All</h1>
        {["1", "2", "3"].map((n) => (
          <Button
            key={n}
            name={`Item ${n}`}
            onClick={() => dispatch({ type: "item", item: n })}
          />
        ))}
        <Button name={`Ring ${rung}`} onClick={() => dispatch({ type: "ring" })} />
      </main>
    )
    : (
      <main key="item">
        <h1>Item {item}</h1>
        <p>東京 한국어 😀👍🏽 ❤️ Zażółć</p>
        <Button name="All" onClick={() => dispatch({ type: "list" })} />
        <Button name={`Ring ${rung}`} onClick={() => dispatch({ type: "ring" })} />
        <Button name="Forget" onClick={() => dispatch({ type: "forget" })} />
      </main>
    );
}

mount<State, Event>({ start: () => start, update, View: Page, router });
