import { Button } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Deal } from "../state/state.ts";
import { Icon, type Props } from "./parts.tsx";
import { SearchField } from "./search-field.tsx";

const tiles: readonly {
  readonly deal: Deal;
  readonly icon: "door" | "key" | "flag";
  readonly title: string;
  readonly text: string;
  readonly button: string;
}[] = [
  {
    deal: "sale",
    icon: "door",
    title: "Find a place to own",
    text: "From cottages to city flats, in twenty-two states.",
    button: "Browse homes for sale",
  },
  {
    deal: "rent",
    icon: "key",
    title: "Find a place to rent",
    text: "Know the monthly price before you go and see it.",
    button: "Browse rentals",
  },
  {
    deal: "sold",
    icon: "flag",
    title: "See what sold",
    text: "Compare your street with homes that found a buyer.",
    button: "Browse sold homes",
  },
];

const popular: readonly string[] = [
  "San Francisco, CA",
  "San Jose, CA",
  "Los Angeles, CA",
  "Boston, MA",
  "Seattle, WA",
  "Austin, TX",
];

/** The page that a visit begins with. */
export function HomePage({ state, dispatch }: Props): JSX.Element {
  return (
    <main class="home pane">
      <section class="hero" aria-label="Welcome">
        <Skyline />
        <h1>A door for everyone.</h1>
        <p>Search homes by address, city, ZIP or state.</p>
        <SearchField state={state} dispatch={dispatch} />
        <div class="popular">
          <span>Popular:</span>
          {popular.map((place) => (
            <Button
              key={place}
              name={`Homes in ${place}`}
              text={place}
              onClick={() => dispatch({ type: "search", place })}
            />
          ))}
        </div>
      </section>
      <ul class="tiles">
        {tiles.map(({ deal, icon, title, text, button }) => (
          <li key={deal} class="tile">
            <Icon name={icon} />
            <h2>{title}</h2>
            <p>{text}</p>
            <Button name={button} kind="primary" onClick={() => dispatch({ type: "go-deal", deal })} />
          </li>
        ))}
      </ul>
    </main>
  );
}

function Skyline(): JSX.Element {
  const roofs = [0, 96, 178, 300, 392, 500, 618, 700, 812, 916, 1010, 1128, 1210];
  return (
    <svg class="skyline" viewBox="0 0 1280 330" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <circle cx="1060" cy="90" r="46" fill="#f3c77d" />
      <path d="M0 240Q260 150 560 222T1280 180V330H0z" fill="#356a60" />
      {roofs.map((x, i) => {
        const [w, h] = [70 + (i * 37) % 34, 56 + (i * 53) % 60];
        return (
          <g key={x} fill={i % 3 === 0 ? "#2c5850" : i % 3 === 1 ? "#e07a4b" : "#d9b98a"} opacity="0.9">
            <rect x={x} y={330 - h} width={w} height={h} />
            <path d={`M${x - 8} ${330 - h}l${w / 2 + 8}-34 ${w / 2 + 8} 34z`} />
            <rect x={x + 14} y={330 - h + 18} width="14" height="16" fill="#f8efdc" />
            <rect x={x + w - 28} y={330 - h + 18} width="14" height="16" fill="#f8efdc" />
          </g>
        );
      })}
    </svg>
  );
}
