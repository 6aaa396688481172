import { button, done, same, shown, sight, textbox, ticked, written } from "halo-agent/site";
import { brandsOf, type Filter, wholeList } from "../catalogue/search.ts";
import type { View } from "../state/state.ts";
import { link, opened, reachedProduct, searched } from "./milestones.ts";
import type { ShopPage } from "./page.ts";
import { family, numbersIn, type ShopAsked, type ShopDrawer, type ShopScene, titled } from "./shop.ts";

/** Asks for a list that shows just this. */
function lists(done: string, filter: Partial<Filter>): ShopAsked {
  const wanted = { ...wholeList, ...filter };
  return {
    done,
    parts: {
      view: (view: View) => view.name === "results" ? "" : "no list is shown",
      filter: (is: Filter) => same(is, wanted) ? "" : "the list shows something else",
    },
  };
}

const scene = (values: ShopScene["values"]): ShopScene => ({ setup: {}, values });

/** Shows a department. */
export const department = family({
  name: "department",
  reading: { says: /\bdepartment\b/i, rest: "department" },
  milestones: ({ department = "" }) => {
    const stands = ({ heading }: ShopPage): boolean => heading?.includes(` for ${department}`) === true;
    const says = `the department "${department}" is shown`;
    return [sight({ name: "results", value: 0.5, role: "end", stands, says, by: link(department) })];
  },
  templates: [{
    name: "department",
    optimum: 1,
    wordings: ['Go to the department "{department}".', 'Show the "{department}" department.'],
    paraphrases: [
      'I just want to browse: which things are in the department "{department}"?',
      'Take me to your "{department}" department, please.',
      'Can you open the department called "{department}" for me?',
    ],
    scene: (draw) => scene({ department: draw.unused("departments") }),
    wanted: ({ values }) => lists("the department is shown", { department: values["department"]! }),
  }],
});

/** Searches and orders what was found. */
export const sort = family({
  name: "sort",
  reading: { says: /\bsort|\border(ed)? by\b/i, takes: { sort: ["\\bby #", "#… first\\b"] }, rest: "query" },
  milestones: ({ query = "", sort = "" }) => [
    searched(query),
    opened("sort_menu", { button: button("Sort by: Featured"), option: { role: "menuitem", name: sort } }),
    {
      ...shown<ShopPage>({
        name: "sorted",
        value: 0.5,
        control: button(`Sort by: ${sort}`),
        by: { role: "menuitem", name: sort },
      }),
      role: "end",
    },
  ],
  templates: [{
    name: "sort",
    optimum: 3, // search, the menu, the order
    wordings: ['Search for "{query}" and sort the results by "{sort}".', 'Find "{query}" and sort them by "{sort}".'],
    paraphrases: [
      'Look up "{query}" for me, and I want the list sorted by "{sort}".',
      'What do you have in "{query}"? Sorted by "{sort}", please.',
      'Get me all results for "{query}", then have them sorted by "{sort}".',
    ],
    scene: (draw) => scene({ query: draw.unused("queries"), sort: draw.unused("sorts") }),
    wanted: ({ values }) =>
      lists("the list is sorted", { query: values["query"]!, sort: values["sort"] as Filter["sort"] }),
  }],
});

/** Searches and keeps one brand. */
export const brand = family({
  name: "brand",
  reading: { says: /\bbrand\b/i, takes: { brand: ["\\bbrand #", "\\bbrand… is #"] }, rest: "query" },
  milestones: ({ query = "", brand = "" }) => [
    searched(query),
    { ...ticked({ name: "brand", value: 0.5, box: { role: "checkbox", name: brand } }), role: "end" },
  ],
  templates: [{
    name: "brand_filter",
    optimum: 2, // search, the brand's box
    wordings: [
      'Search for "{query}" and show only the brand "{brand}".',
      'Find "{query}" of the brand "{brand}" only.',
    ],
    paraphrases: [
      'Look up "{query}", but hide everything that is not from the brand "{brand}".',
      'For "{query}" I only trust the brand "{brand}", so narrow the results to that.',
      'Which "{query}" are there by the brand "{brand}"? Tick the filter, please.',
    ],
    scene(draw) {
      const query = draw.unused("queries");
      const own = brandsOf({ ...wholeList, query }).filter((name) => isBrandOf(name, query));
      return scene({ query, brand: own[draw.rng.int(own.length)]! });
    },
    wanted: ({ values }) => lists("the list shows one brand", { query: values["query"]!, brands: [values["brand"]!] }),
  }],
});

const isBrandOf = (name: string, query: string): boolean =>
  brandsOf({ ...wholeList, department: query.replace(/(^|\s)(?!and\b)\w/g, (start) => start.toUpperCase()) }).includes(
    name,
  );

/** Searches and bounds the prices. */
export const prices = family({
  name: "prices",
  reading: {
    says: /\bdollars\b/i,
    rest: "query",
    also: (masked) => {
      const [min, max] = numbersIn(masked);
      return { min, max };
    },
  },
  milestones: ({ query = "", min = "", max = "" }) => [
    searched(query),
    written({ name: "min", value: 0.2, field: textbox("Lowest price"), text: min }),
    written({ name: "max", value: 0.2, field: textbox("Highest price"), text: max }),
    {
      ...done<ShopPage>({ name: "priced", value: 0.4, button: button("Go") }),
      stands: ({ heading }) => heading?.includes(` from $${min} to $${max}`) === true,
    },
  ],
  templates: [{
    name: "price_filter",
    optimum: 4, // search, lowest, highest, Go
    wordings: [
      'Search for "{query}" with the lowest price {min} and the highest price {max} dollars.',
      'Find "{query}" from {min} to {max} dollars, using the price filter.',
    ],
    paraphrases: [
      'I can spend between {min} and {max} dollars on "{query}": show me what fits.',
      'Look up "{query}" that cost at least {min} and at most {max} dollars.',
      'Anything for {min} to {max} dollars among "{query}"? Filter the list by price.',
    ],
    scene: (draw) => scene({ query: draw.unused("queries"), min: draw.unused("mins"), max: draw.unused("maxs") }),
    wanted: ({ values }) =>
      lists("the list is bounded", { query: values["query"]!, min: Number(values["min"]), max: Number(values["max"]) }),
  }],
});

/** Searches. */
export const search = family({
  name: "search",
  reading: { says: /\bsearch|\blook up\b|\bresults\b/i, rest: "query" },
  milestones: ({ query = "" }) => [{ ...searched(query, "end"), value: 0.5 }],
  templates: [{
    name: "search",
    optimum: 1,
    wordings: ['Search for "{query}".', 'Use the search field to look up "{query}".'],
    paraphrases: [
      'Show me the results for "{query}".',
      'Could you look up "{query}" in this shop?',
      'A search for "{query}" is all I need.',
    ],
    scene: (draw) => scene({ query: draw.unused("queries") }),
    wanted: ({ values }) => lists("the search was made", { query: values["query"]! }),
  }],
});

/** Opens the page of a product. */
export const open = family({
  name: "open",
  reading: { says: /\bpage\b|\bdetails\b/i, rest: "product" },
  milestones({ product = "" }) {
    const [results, page] = reachedProduct(product);
    return [results!, { ...page!, role: "end" }];
  },
  templates: [{
    name: "open_product",
    optimum: 2, // search, the product
    wordings: ['Open the page of "{product}".', 'Find "{product}" and open its page.'],
    paraphrases: [
      "Show me the details of the {product}.",
      'I would like to read the details about "{product}".',
      'Bring up the page where "{product}" is sold.',
    ],
    scene: (draw: ShopDrawer) => scene({ product: draw.unused("products") }),
    wanted: ({ values }) => ({
      done: "the page of the product is shown",
      parts: {
        view: (view: View) =>
          view.name === "product" && view.id === titled(values["product"]!).id ? "" : "another page is shown",
      },
    }),
  }],
});
