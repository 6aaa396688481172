import { departmentData } from "./departments.ts";
import { cares, colours, contents, opinions, praises, reviewers, series } from "./words.ts";

/** A thing the shop sells. Prices are in cents. */
export interface Product {
  /** Its place in the catalogue, "1" to "216". */
  readonly id: string;
  readonly title: string;
  readonly brand: string;
  readonly department: string;
  /** Name of its drawing. */
  readonly drawing: string;
  readonly priceCents: number;
  /** Price before a reduction; undefined without one. */
  readonly listCents: number | undefined;
  /** Stars of 5 in tenths, 32 to 49. */
  readonly rating: number;
  readonly ratings: number;
  /** Days until it comes. */
  readonly days: number;
  readonly isFree: boolean;
}

/** What only the product's own page tells. */
export interface Details {
  readonly bullets: readonly string[];
  readonly specs: readonly (readonly [name: string, value: string])[];
  readonly reviews: readonly Review[];
}

export interface Review {
  readonly by: string;
  readonly stars: number;
  readonly title: string;
  readonly text: string;
}

/** A whole number below `n` that depends on the product and on what it is for. */
export function chance(id: number, what: string, n: number): number {
  let hash = 0x811c9dc5;
  for (const char of `${what} ${id}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % n;
}

/** The colour of a product, one of eight, as a name. */
const colourOf = (id: number): string => colours[paletteOf(id)]!;

/** Which of the palettes of drawings a product has. */
export function paletteOf(id: number): number {
  return chance(id, "palette", colours.length);
}

function productOf(line: string, id: number, department: (typeof departmentData)[number]): Product {
  const [thing = "", price = "", drawing = "", elsewhere = department.name] = line.split("|").map((part) =>
    part.trim()
  );
  const home = departmentData.find(({ name }) => name === elsewhere)!;
  const brand = home.brands[chance(id, "brand", home.brands.length)]!;
  const priceCents = Math.round(Number(price) * 100);
  const raised = Math.round(priceCents * (110 + chance(id, "list", 35)) / 10_000) * 100 + 99;
  const days = 1 + chance(id, "days", 3);
  return {
    id: String(id),
    title: `${brand} ${series[id * 7 % series.length]} ${thing}`,
    brand,
    department: home.name,
    drawing,
    priceCents,
    listCents: chance(id, "reduced", 5) < 3 ? raised : undefined,
    rating: 32 + chance(id, "rating", 18),
    ratings: 12 + chance(id, "ratings", 900) * (1 + chance(id, "fame", 12)),
    days,
    isFree: days > 1 || priceCents >= 5000,
  };
}

/** Everything the shop sells, in the order of ids. */
export const products: readonly Product[] = departmentData.flatMap((department, d) =>
  department.things.map((line, i) => productOf(line, d * 12 + i + 1, department))
);

export const departments: readonly string[] = departmentData.map(({ name }) => name);

const byId = new Map(products.map((product) => [product.id, product]));

/** The product with an id; undefined when the shop has none. */
export function productAt(id: string): Product | undefined {
  return byId.get(id);
}

/** What the page of a product tells besides. */
export function detailsOf({ id, brand, department, title }: Product): Details {
  const n = Number(id);
  const { materials } = departmentData.find(({ name }) => name === department)!;
  const material = materials[chance(n, "material", materials.length)]!;
  const said = (text: string): string =>
    text.replace("{material}", material.toLowerCase()).replace("{department}", department.toLowerCase());
  const from = chance(n, "praise", praises.length);
  const opinion = chance(n, "opinion", opinions.length);
  return {
    bullets: [0, 3, 7, 4].map((step) => said(praises[(from + step) % praises.length]!)),
    specs: [
      ["Brand", brand],
      ["Model", `${brand.slice(0, 2).toUpperCase()}-${1000 + n * 37 % 9000}`],
      ["Colour", colourOf(n)],
      ["Material", material],
      ["In the box", contents[chance(n, "contents", contents.length)]!],
      ["Care", cares[chance(n, "care", cares.length)]!],
      ["Warranty", `${2 + chance(n, "years", 4)} years`],
      ["Series", title.slice(brand.length + 1).split(" ")[0]!],
    ],
    reviews: [0, 2, 5].map((step) => {
      const [stars, heading, text] = opinions[(opinion + step) % opinions.length]!;
      return { by: reviewers[(n + step * 3) % reviewers.length]!, stars, title: heading, text };
    }),
  };
}
