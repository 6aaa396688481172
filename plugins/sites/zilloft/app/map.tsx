import type { JSX } from "preact";
import { hashOf, type Home } from "../state/homes.ts";
import { shortMoney } from "../state/text.ts";

const [width, height] = [440, 606];
/** How many homes stand on the map. */
const pins = 14;

/** A drawn map of a place with the prices of the first homes. It cannot be moved. */
export function PlaceMap({ place, homes }: { readonly place: string; readonly homes: readonly Home[] }): JSX.Element {
  const roll = (what: string, range: number): number => hashOf("map", place.toLowerCase(), what) % range;
  const shore = 60 + roll("shore", 120);
  const streets = Array.from({ length: 9 }, (_, i) => i);
  return (
    <svg class="map" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width={width} height={height} fill="#ece5d3" />
      <circle cx={220 + roll("park", 160)} cy={120 + roll("park y", 300)} r={52} fill="#c3d3a6" />
      <rect x={250 + roll("green", 100)} y={380 + roll("green y", 80)} width="96" height="60" rx="12" fill="#c3d3a6" />
      <g stroke="#faf6ec" stroke-width="5" fill="none">
        {streets.map((i) => (
          <path
            key={i}
            d={`M${shore - 10} ${30 + i * 66 + roll(`h${i}`, 26)}L${width} ${16 + i * 66 + roll(`k${i}`, 40)}`}
          />
        ))}
        {streets.slice(0, 6).map((i) => (
          <path key={i} d={`M${shore + 20 + i * 62} 0L${shore + i * 66 + roll(`v${i}`, 46)} ${height}`} />
        ))}
      </g>
      <path
        d={`M${width} ${60 + roll("road", 120)}Q${width / 2} ${220 + roll("bend", 120)} ${shore + 60} ${height}`}
        stroke="#e3b673"
        stroke-width="9"
        fill="none"
      />
      <path
        d={`M0 0H${shore + 40}Q${shore - 40} ${height / 3} ${shore + 20} ${height / 2}T${shore - 30} ${height}H0z`}
        fill="#b9d5d6"
      />
      {spotsOf(homes.slice(0, pins), shore).map(({ home, x, y }) => (
        <g key={home.id} transform={`translate(${x} ${y})`}>
          <rect x="-27" y="-12" width="54" height="23" rx="5" fill="#22443f" />
          <path d="M-5 11h10l-5 7z" fill="#22443f" />
          <text y="4" text-anchor="middle" font-size="12" font-weight="700" fill="#fff">{shortMoney(home.price)}</text>
        </g>
      ))}
    </svg>
  );
}

interface Spot {
  readonly home: Home;
  readonly x: number;
  readonly y: number;
}

/** Places on land that do not cover each other. */
function spotsOf(homes: readonly Home[], shore: number): readonly Spot[] {
  const spots: Spot[] = [];
  for (const home of homes) {
    for (let n = 0; n < 40; n++) {
      const x = shore + 76 + hashOf(home.id, "x", n) % (width - shore - 116);
      const y = 70 + hashOf(home.id, "y", n) % (height - 140);
      if (spots.some((one) => Math.abs(one.x - x) < 60 && Math.abs(one.y - y) < 34)) continue;
      spots.push({ home, x, y });
      break;
    }
  }
  return spots;
}
