import { dealIds, freshIds } from "../catalogue/home.ts";
import { chance, departments, type Product, products } from "../catalogue/product.ts";

/** Words one split draws its values from. No two splits share a word of any list. */
export interface Pool {
  /** Titles of products that the home page does not show. */
  readonly products: readonly string[];
  /** Departments, as the strip of every page names them, and as words to search for. */
  readonly departments: readonly string[];
  readonly queries: readonly string[];
  readonly quantities: readonly string[];
  readonly sorts: readonly string[];
  readonly mins: readonly string[];
  readonly maxs: readonly string[];
  readonly days: readonly string[];
  readonly people: readonly string[];
  readonly streets: readonly string[];
  readonly cities: readonly string[];
  /** Groups of four digits of card numbers, and what else stands on a card. */
  readonly digits: readonly string[];
  readonly months: readonly string[];
  readonly years: readonly string[];
  readonly codes: readonly string[];
  readonly orders: readonly string[];
}

const onHome = new Set([...dealIds, ...freshIds]);
const isPlain = ({ id, title }: Product): boolean => !onHome.has(id) && /^[\p{L} -]+$/u.test(title);
const titles = (split: "train" | "eval"): readonly string[] =>
  products.filter((product) =>
    isPlain(product) && (chance(Number(product.id), "split", 3) === 0) === (split === "eval")
  )
    .map(({ title }) => title);
const everyOther = (names: readonly string[], from: 0 | 1): readonly string[] => names.filter((_, i) => i % 2 === from);
const strip = departments.slice(0, 12);
const queries = departments.map((name) => name.toLowerCase());

/** The word pools by split. */
export const pools: Readonly<Record<"train" | "eval", Pool>> = {
  train: {
    products: titles("train"),
    departments: everyOther(strip, 0),
    queries: everyOther(queries, 0),
    quantities: words("2 3 5 6 8"),
    sorts: ["Price: low to high", "Most reviews"],
    mins: words("20 25 35"),
    maxs: words("60 80 140"),
    days: ["Saturday, Jul 20"],
    people: lines(
      "Nora Bergstrom, Felix Okafor, Imani Calloway, Tobias Yardley, Greta Dunmore, Hassan Ibsen, Lucia Novak",
    ),
    streets: lines("12 Heron Court, 7 Millrace Lane, 90 Cypress Avenue, 33 Lantern Road, 51 Orchard Way"),
    cities: words("Fresno Modesto Salinas Redding Napa"),
    digits: words("4410 7263 9981 1537 6048 2895 3371 8126"),
    months: words("2 5 8 11"),
    years: words("2026 2029 2031"),
    codes: words("417 902 638 175"),
    orders: words("114-2208341 114-2951760 114-3347285 114-3680917 114-4011562"),
  },
  eval: {
    products: titles("eval"),
    departments: everyOther(strip, 1),
    queries: everyOther(queries, 1),
    quantities: words("4 7 9 10"),
    sorts: ["Price: high to low", "Customer rating"],
    mins: words("18 22 30"),
    maxs: words("70 90 150"),
    days: ["Sunday, Jul 21"],
    people: lines("Wanda Prescott, Bruno Falkner, Celeste Hartwell, Darius Engstrom, Amara Langley, Viktor Marchetti"),
    streets: lines("4 Thimble Street, 68 Quarry Hill, 25 Dovecote Drive, 140 Harvest Boulevard"),
    cities: words("Visalia Chico Ventura Davis"),
    digits: words("5729 1184 6650 9302 3417 7896 2043"),
    months: words("1 4 7 10"),
    years: words("2027 2030 2032"),
    codes: words("253 760 849 391"),
    orders: words("114-5126093 114-5590478 114-6034215 114-6482791"),
  },
};

function words(text: string): readonly string[] {
  return text.split(" ");
}

function lines(text: string): readonly string[] {
  return text.split(", ");
}
