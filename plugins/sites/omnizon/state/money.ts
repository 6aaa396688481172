import { grouped } from "halo-agent/site";
import { productAt } from "../catalogue/product.ts";
import type { Item, Line } from "./state.ts";

/** "$1,299.00" from cents. */
export function money(cents: number): string {
  return `$${grouped(Math.floor(cents / 100))}.${String(cents % 100).padStart(2, "0")}`;
}

/** What lines of products cost together, in cents. */
export function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { id, quantity }) => sum + quantity * (productAt(id)?.priceCents ?? 0), 0);
}

/** How many things lines hold together. */
export function countOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Lines with what one of each costs, in dollars. */
export function pricedItems(lines: readonly Line[]): readonly Item[] {
  return lines.map(({ id, quantity }) => ({ id, quantity, price: (productAt(id)?.priceCents ?? 0) / 100 }));
}
