import type { JSX } from "preact";
import { paletteOf, type Product } from "../catalogue/product.ts";
import { drawings } from "./drawings.ts";

/** Main colour, second colour and ground; their names stand in `colours`. */
const palettes: readonly (readonly [main: string, second: string, ground: string])[] = [
  ["#37474f", "#90a4ae", "#eef2f4"],
  ["#b5532c", "#f0b48c", "#fbf0e8"],
  ["#2f6b4f", "#9cc9ae", "#eef6f0"],
  ["#5b3f8c", "#b9a3dd", "#f3effa"],
  ["#1f5f8b", "#8fc1e3", "#edf5fb"],
  ["#8c2f4b", "#e3a1b5", "#fbeef2"],
  ["#7a6a2b", "#d8c77c", "#faf6e6"],
  ["#2c2a3d", "#8a86a8", "#f0eff5"],
];

/** A drawing of a product; `view` is one of three pictures: as it is, turned, and in another light. */
export function Picture({ product, view = 0 }: { readonly product: Product; readonly view?: number }): JSX.Element {
  const [main, second, ground] = palettes[paletteOf(Number(product.id))]!;
  const parts = drawings[product.drawing] ?? drawings["box"]!;
  const turned = view === 1 ? "translate(100 0) scale(-1 1)" : view === 2 ? "translate(12 14) scale(.76)" : undefined;
  return (
    <svg class="picture" viewBox="0 0 100 100" aria-hidden="true">
      <rect width="100" height="100" fill={view === 2 ? second : ground} />
      <ellipse cx="50" cy="86" rx="34" ry="4" fill="#00000014" />
      <g transform={turned}>
        {parts.map(([tone, d]) => (
          <path
            key={d}
            d={d}
            fill={tone === "line"
              ? "none"
              : tone === "main"
              ? main
              : tone === "second"
              ? view === 2 ? ground : second
              : "#fff"}
            stroke={tone === "line" ? main : "none"}
            stroke-width="4"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        ))}
      </g>
    </svg>
  );
}
