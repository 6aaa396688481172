import type { JSX } from "preact";
import { hashOf, type Home, pickOf } from "../state/homes.ts";

/** Walls, roof, sky, ground and door. */
const palettes = [
  ["#e9d8b8", "#8c4b3a", "#cfe3ea", "#9db98a", "#2f5d62"],
  ["#d7dfe0", "#3f4e5a", "#f3e3cf", "#a9bf86", "#b3542f"],
  ["#c9d8c2", "#5b4636", "#dbe7f2", "#8fae78", "#7a2f2f"],
  ["#f1e6d6", "#4a5d4f", "#d8e9e6", "#b0c08d", "#d08a2d"],
  ["#c98f6f", "#4b3a37", "#e5ecef", "#98b07e", "#22443f"],
  ["#b9c8d4", "#6b3f3f", "#fbeedd", "#a3b884", "#f0e3c2"],
] as const;

/** How many pictures a home has. */
export const pictures = 5;
/** What each shows. */
export const pictureNames: readonly string[] = ["From the street", "Living room", "Kitchen", "Bedroom", "Garden"];

/** A drawn picture of a home: the outside, or one of its rooms. */
export function Picture({ home, n = 0 }: { readonly home: Home; readonly n?: number }): JSX.Element {
  const draw = [Outside, LivingRoom, Kitchen, Bedroom, Garden][n]!;
  return (
    <svg class="picture" viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      {draw(home)}
    </svg>
  );
}

const shade = (home: Home) => pickOf(palettes, home.seed);

function Tree(
  { x, y, size, fill }: { readonly x: number; readonly y: number; readonly size: number; readonly fill: string },
) {
  return (
    <g>
      <rect x={x - 3} y={y - 18} width="6" height="20" fill="#6f5138" />
      <circle cx={x} cy={y - 18 - size * 0.7} r={size} fill={fill} />
    </g>
  );
}

function Windows(
  { x, y, cols, rows, dx, dy, size = 18 }: {
    readonly x: number;
    readonly y: number;
    readonly cols: number;
    readonly rows: number;
    readonly dx: number;
    readonly dy: number;
    readonly size?: number;
  },
) {
  const all = Array.from(
    { length: cols * rows },
    (_, i) => [x + (i % cols) * dx, y + Math.floor(i / cols) * dy] as const,
  );
  return (
    <g>
      {all.map(([wx, wy]) => (
        <g key={`${wx} ${wy}`}>
          <rect x={wx} y={wy} width={size} height={size} fill="#f8f4e6" />
          <rect x={wx + 2} y={wy + 2} width={size - 4} height={size - 4} fill="#8fb4c2" />
        </g>
      ))}
    </g>
  );
}

function Outside(home: Home) {
  const [wall, roof, sky, ground, door] = shade(home);
  const roll = (what: string): number => hashOf(what, home.seed);
  const sun = roll("sun") % 2 === 0;
  const left = 30 + roll("tree") % 40;
  return (
    <g>
      <rect width="320" height="200" fill={sky} />
      {sun && <circle cx={60 + roll("x") % 200} cy="38" r="16" fill="#f6d68a" />}
      <path
        d={`M0 150 Q80 ${96 + roll("a") % 30} 170 140 T320 ${120 + roll("b") % 20} V200 H0z`}
        fill={ground}
        opacity="0.7"
      />
      <rect y="158" width="320" height="42" fill={ground} />
      <Tree x={left} y={160} size={20 + roll("size") % 10} fill="#5f7f57" />
      {building(home, { wall, roof, door })}
      <Tree x={288} y={164} size={15 + roll("other") % 9} fill="#6f9163" />
      <path d="M150 200l8-36h14l12 36z" fill="#d9cdb8" />
    </g>
  );
}

interface Paint {
  readonly wall: string;
  readonly roof: string;
  readonly door: string;
}

function building({ type, seed }: Home, { wall, roof, door }: Paint): JSX.Element {
  const entrance = <rect x="154" y="132" width="20" height="32" fill={door} />;
  switch (type) {
    case "Lots/Land":
      return (
        <g>
          <path d="M70 164h190l-24-26H100z" fill="#c8b58b" />
          <rect x="150" y="104" width="4" height="50" fill="#6f5138" />
          <rect x="128" y="98" width="50" height="22" fill={door} />
          <path d="M80 164v-12M120 164v-14M200 164v-14M244 164v-12" stroke="#6f5138" stroke-width="3" />
        </g>
      );
    case "Manufactured":
      return (
        <g>
          <rect x="84" y="116" width="170" height="44" fill={wall} />
          <path d="M78 116l10-14h162l10 14z" fill={roof} />
          <Windows x={98} y={126} cols={2} rows={1} dx={26} dy={20} />
          <Windows x={190} y={126} cols={2} rows={1} dx={28} dy={20} />
          <rect x="154" y="126" width="18" height="34" fill={door} />
          <rect x="84" y="160" width="170" height="5" fill="#8a7d6a" />
        </g>
      );
    case "Townhomes":
      return (
        <g>
          {[0, 1, 2].map((i) => (
            <g key={i}>
              <rect
                x={82 + i * 58}
                y="84"
                width="56"
                height="80"
                fill={i === 1 ? wall : roof}
              />
              <path d={`M${80 + i * 58} 84l30-28 30 28z`} fill={i === 1 ? roof : wall} />
              <Windows x={92 + i * 58} y={94} cols={2} rows={1} dx={22} dy={20} size={14} />
              <rect x={102 + i * 58} y="134" width="16" height="30" fill={door} />
            </g>
          ))}
        </g>
      );
    case "Condos/Co-ops":
    case "Apartments":
    case "Multi-family": {
      const floors = type === "Multi-family" ? 3 : 4;
      const top = 160 - floors * 28 - 8;
      return (
        <g>
          <rect x="96" y={top} width="136" height={164 - top} fill={wall} />
          <rect x="90" y={top - 8} width="148" height="10" fill={roof} />
          <Windows x={108} y={top + 10} cols={4} rows={floors - 1} dx={31} dy={27} />
          <rect x="154" y="136" width="20" height="28" fill={door} />
        </g>
      );
    }
    default:
      return seed % 2 === 0
        ? (
          <g>
            <rect x="96" y="104" width="136" height="60" fill={wall} />
            <path d="M84 106l80-54 80 54z" fill={roof} />
            <rect x="206" y="58" width="14" height="30" fill={roof} />
            <Windows x={110} y={122} cols={1} rows={1} dx={26} dy={20} size={24} />
            <Windows x={194} y={122} cols={1} rows={1} dx={26} dy={20} size={24} />
            <circle cx="164" cy="84" r="9" fill="#8fb4c2" />
            {entrance}
          </g>
        )
        : (
          <g>
            <rect x="82" y="112" width="94" height="52" fill={wall} />
            <path d="M74 114l56-38 56 38z" fill={roof} />
            <rect x="176" y="124" width="76" height="40" fill={wall} />
            <path d="M172 126l10-20h64l12 20z" fill={roof} />
            <rect x="190" y="134" width="48" height="30" fill="#efe9da" />
            <path d="M190 144h48M190 154h48" stroke="#b7ac97" stroke-width="2" />
            <Windows x={94} y={124} cols={1} rows={1} dx={26} dy={20} size={22} />
            <rect x="138" y="130" width="20" height="34" fill={door} />
          </g>
        );
  }
}

function room(home: Home, floor: string): JSX.Element {
  const [wall] = shade(home);
  return (
    <g>
      <rect width="320" height="150" fill={wall} />
      <rect y="148" width="320" height="52" fill={floor} />
      <rect y="145" width="320" height="5" fill="#fbf7ee" />
      <rect x="210" y="28" width="76" height="64" fill="#fbf7ee" />
      <rect x="215" y="33" width="66" height="54" fill="#bcd6dd" />
      <path d="M248 33v54M215 60h66" stroke="#fbf7ee" stroke-width="4" />
    </g>
  );
}

function LivingRoom(home: Home) {
  const [, roof, , , door] = shade(home);
  return (
    <g>
      {room(home, "#b98d5f")}
      <rect x="40" y="112" width="130" height="34" rx="8" fill={door} />
      <rect x="30" y="124" width="150" height="34" rx="8" fill={roof} />
      <ellipse cx="150" cy="182" rx="110" ry="14" fill="#e8dcc4" />
      <rect x="78" y="40" width="56" height="40" fill="#fbf7ee" />
      <path d="M84 74l16-20 12 12 8-8 8 16z" fill="#7f9a72" />
      <path d="M196 154v-66M186 88h20l-4-18h-12z" stroke={roof} stroke-width="3" fill="#f6e3b0" />
    </g>
  );
}

function Kitchen(home: Home) {
  const [, roof, , , door] = shade(home);
  return (
    <g>
      {room(home, "#cfc6b6")}
      <rect x="20" y="30" width="160" height="40" fill={door} />
      <path d="M73 30v40M126 30v40" stroke="#fbf7ee" stroke-width="3" />
      <rect x="20" y="104" width="280" height="8" fill="#f6f1e6" />
      <rect x="20" y="112" width="280" height="52" fill={roof} />
      <path d="M90 112v52M160 112v52M230 112v52" stroke="#fbf7ee" stroke-width="3" />
      <rect x="98" y="94" width="54" height="10" fill="#39434a" />
      <circle cx="240" cy="97" r="7" fill="#d97b4a" />
    </g>
  );
}

function Bedroom(home: Home) {
  const [, roof, , , door] = shade(home);
  return (
    <g>
      {room(home, "#a98763")}
      <rect x="40" y="84" width="150" height="40" rx="6" fill={roof} />
      <rect x="40" y="116" width="150" height="56" rx="6" fill="#f7f2e8" />
      <rect x="40" y="136" width="150" height="36" fill={door} />
      <rect x="54" y="110" width="54" height="20" rx="6" fill="#ffffff" />
      <rect x="122" y="110" width="54" height="20" rx="6" fill="#ffffff" />
      <rect x="200" y="132" width="34" height="34" fill="#7d5b3f" />
      <circle cx="217" cy="120" r="11" fill="#f3d98f" />
    </g>
  );
}

function Garden(home: Home) {
  const [wall, roof, sky, ground] = shade(home);
  return (
    <g>
      <rect width="320" height="200" fill={sky} />
      <rect y="118" width="320" height="82" fill={ground} />
      <path d="M0 92h320v32H0z" fill="#b58f66" />
      <path
        d="M20 92v32M60 92v32M100 92v32M140 92v32M180 92v32M220 92v32M260 92v32M300 92v32"
        stroke="#94714c"
        stroke-width="3"
      />
      <rect x="220" y="70" width="70" height="62" fill={wall} />
      <path d="M212 72l43-30 43 30z" fill={roof} />
      <Tree x={60} y={134} size={30} fill="#5f7f57" />
      <Tree x={150} y={128} size={20} fill="#78996a" />
      <ellipse cx="150" cy="172" rx="46" ry="12" fill="#d8cdb9" />
      {[30, 96, 206, 262, 292].map((x) => <circle key={x} cx={x} cy={160 + x % 20} r="6" fill="#d9694a" />)}
    </g>
  );
}
