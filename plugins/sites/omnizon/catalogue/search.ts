import { type Product, products } from "./product.ts";

/** Ways to order a list of products, by the name that the page shows. */
export const sortings = [
  "Featured",
  "Price: low to high",
  "Price: high to low",
  "Customer rating",
  "Most reviews",
] as const;
export type Sorting = (typeof sortings)[number];

/** What a list of products shows. */
export interface Filter {
  /** Words searched for; "" is everything. */
  readonly query: string;
  /** Name of a department; "" is all of them. */
  readonly department: string;
  /** Whole dollars; null is no bound. */
  readonly min: number | null;
  readonly max: number | null;
  readonly brands: readonly string[];
  /** Fewest stars, 0 is any. */
  readonly stars: number;
  readonly isFree: boolean;
  readonly sort: Sorting;
  /** From 1. */
  readonly page: number;
}

/** A list that leaves out nothing. */
export const wholeList: Filter = {
  query: "",
  department: "",
  min: null,
  max: null,
  brands: [],
  stars: 0,
  isFree: false,
  sort: "Featured",
  page: 1,
};

export const pageSize = 12;

const plainWords = new Set(["a", "an", "and", "for", "in", "me", "of", "on", "or", "size", "the", "to", "with"]);

/** The words of a text as they are compared: lower case, singular. */
function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().replaceAll("'s", "").match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !plainWords.has(word)).map((word) => {
    if (/(ch|sh|ss|x)es$/.test(word)) return word.slice(0, -2);
    return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
  });
}

const index = products.map((product) => ({
  product,
  title: new Set(wordsOf(product.title)),
  department: new Set(wordsOf(product.department)),
}));

/** Products that fit a query, best first: words of the title count double, and half of the best is the least. */
export function searched(query: string, department: string): readonly Product[] {
  const asked = [...new Set(wordsOf(query))];
  const pool = index.filter(({ product }) => department === "" || product.department === department);
  if (asked.length === 0) return query.trim() === "" ? pool.map(({ product }) => product) : [];
  const scored = pool.map((entry) => {
    const score = asked.reduce(
      (sum, word) => sum + (entry.title.has(word) ? 2 : entry.department.has(word) ? 1 : 0),
      0,
    );
    return { product: entry.product, score };
  });
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  const found = scored.filter(({ score }) => score > 0 && 2 * score >= best);
  return found.sort((a, b) => b.score - a.score).map(({ product }) => product);
}

/** What a list shows on all of its pages. */
export function listed(filter: Filter): readonly Product[] {
  const { min, max, brands, stars, isFree } = filter;
  const fit = searched(filter.query, filter.department).filter((product) =>
    (min === null || product.priceCents >= min * 100) &&
    (max === null || product.priceCents <= max * 100) &&
    (brands.length === 0 || brands.includes(product.brand)) &&
    product.rating >= stars * 10 && (!isFree || product.isFree)
  );
  return [...fit].sort(orders[filter.sort]);
}

const orders: Readonly<Record<Sorting, (a: Product, b: Product) => number>> = {
  "Featured": () => 0,
  "Price: low to high": (a, b) => a.priceCents - b.priceCents,
  "Price: high to low": (a, b) => b.priceCents - a.priceCents,
  "Customer rating": (a, b) => b.rating - a.rating,
  "Most reviews": (a, b) => b.ratings - a.ratings,
};

/** The brands a list can be narrowed to, whatever else it leaves out. */
export function brandsOf({ query, department }: Filter): readonly string[] {
  return [...new Set(searched(query, department).map(({ brand }) => brand))].sort().slice(0, 8);
}
