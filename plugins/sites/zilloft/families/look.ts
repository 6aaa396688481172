import { button, done, find, itemWith, lookFurther, press, shown } from "halo-agent/site";
import { orderTexts } from "../state/text.ts";
import type { Order } from "../state/state.ts";
import { family } from "./homes-types.ts";
import { ended, savedHome, searched, searchedIf, viewed } from "./milestones.ts";
import { homeAt, limited, looked } from "./wanted.ts";

/** Shows the homes of a place. */
export const search = family({
  name: "search",
  reading: { says: /^(search|find|look|show|what|which)\b.*\b(homes|place|sale)\b/i, rest: "place" },
  milestones: (wish) => [{ ...searched(wish), role: "end", value: 1 }],
  templates: [{
    name: "search", // type and Enter
    optimum: 1,
    wordings: ['Search for homes in "{place}".', 'Find homes that are for sale in "{place}".'],
    paraphrases: [
      'What homes are on offer in "{place}"?',
      'Look for a place of my own in "{place}".',
      'Show me what is for sale around "{place}".',
    ],
    scene: (draw) => ({ setup: {}, values: { place: draw.unused("places") } }),
    wanted: (start) => limited(start, {}),
  }],
});

/** Opens a home. */
export const view = family({
  name: "view",
  reading: {
    says: /\b(open|details|page of|look at|more about)\b/i,
    takes: { place: ["in #", "of #,", "for #"] },
    rest: "street",
  },
  milestones: (wish) => [...searchedIf(wish), viewed(wish)],
  templates: [
    {
      name: "view", // click it
      optimum: 1,
      wordings: ['Open the home at "{street}".', 'Open the details of the home at "{street}".'],
      paraphrases: [
        'Let me look at "{street}" more closely.',
        'I want to know more about "{street}".',
        'Bring up the page of "{street}".',
      ],
      scene(draw) {
        const place = draw.unused("places");
        return { setup: { place }, values: { street: draw.home(place).street } };
      },
      wanted: ({ values }) => opens(values["street"]!),
    },
    {
      name: "search_view", // search, click it
      optimum: 2,
      wordings: [
        'Search for homes in "{place}" and open the one at "{street}".',
        'Find homes in "{place}", then open the details of "{street}".',
      ],
      paraphrases: [
        'There is a home in "{place}" that I want to know more about: "{street}".',
        'Go to the homes in "{place}" and look at "{street}".',
        'Among what is offered in "{place}", bring up the page of "{street}".',
      ],
      scene(draw) {
        const place = draw.unused("places");
        return { setup: {}, values: { place, street: draw.home(place).street } };
      },
      wanted: ({ values }) => opens(values["street"]!),
    },
  ],
});

function opens(street: string) {
  const { id } = homeAt(street);
  return {
    done: "the home was opened",
    parts: {
      ...looked,
      view: (now: { readonly name: string; readonly id?: string }) =>
        now.name === "listing" && now.id === id ? "" : "the page of the home is not open",
    },
  };
}

/** Saves a home. */
export const save = family({
  name: "save",
  reading: { says: /\b(save|heart|keep|remember|favou?rites?)\b/i, takes: { place: ["in #"] }, rest: "street" },
  milestones: (wish) => [...searchedIf(wish), savedHome(wish)],
  templates: [
    {
      name: "save", // the heart
      optimum: 1,
      wordings: ['Save the home at "{street}".', 'Save "{street}" to my homes.'],
      paraphrases: [
        'Put a heart on "{street}".',
        'Make "{street}" one of my favourites.',
        'I like "{street}": keep it for me.',
      ],
      scene(draw) {
        const place = draw.unused("places");
        return { setup: { place }, values: { street: draw.home(place).street } };
      },
      wanted: ({ values }) => saves(values["street"]!),
    },
    {
      name: "search_save", // search, the heart
      optimum: 2,
      wordings: [
        'Search for homes in "{place}" and save the one at "{street}".',
        'Find homes in "{place}", then save "{street}".',
      ],
      paraphrases: [
        'The one I like in "{place}" is "{street}", so keep it for me.',
        'Look around in "{place}" and put a heart on "{street}".',
        'Remember "{street}" for me; it is among the homes in "{place}".',
      ],
      scene(draw) {
        const place = draw.unused("places");
        return { setup: {}, values: { place, street: draw.home(place).street } };
      },
      wanted: ({ values }) => saves(values["street"]!),
    },
  ],
});

function saves(street: string) {
  const { id } = homeAt(street);
  return { done: "the home was saved", parts: looked, items: { saved: { add: [itemWith({ id })] } } };
}

/** Takes a home out of the saved ones. */
export const unsave = family({
  name: "unsave",
  reading: { says: /\b(remove|unsave|take|drop|no longer)\b/i, rest: "street" },
  milestones({ street = "" }) {
    const remove = button(`Remove ${street} from saved homes`);
    return [
      shown({ name: "saved_homes", value: 0.3, control: remove, by: { role: "link", name: "Saved homes" } }),
      done({ name: "removed", value: 0.7, button: remove, gone: remove, notice: "Removed from saved homes" }),
    ];
  },
  templates: [{
    name: "unsave", // Saved homes, the heart
    optimum: 2,
    wordings: ['Remove the home at "{street}" from my saved homes.', 'Take "{street}" off the list of saved homes.'],
    paraphrases: [
      'I no longer want "{street}" among the homes I saved.',
      'Drop "{street}" from my saved ones.',
      'My saved homes still have "{street}"; please remove it.',
    ],
    scene(draw) {
      const [first, second] = [draw.unused("places"), draw.unused("places")];
      const [one, other] = [draw.home(first), draw.home(second)];
      const saved = draw.rng.int(2) === 0 ? [one.id, other.id] : [other.id, one.id];
      return { setup: { saved }, values: { street: one.street } };
    },
    wanted: ({ values }) => ({
      done: "the home is no longer saved",
      parts: looked,
      items: { saved: { remove: [homeAt(values["street"]!).id] } },
    }),
  }],
});

/** Saves a search. */
export const saveSearch = family({
  name: "save_search",
  reading: { says: /\b(save|keep|remember)\b.*\bsearch\b|\bsearch\b.*\b(saved|kept)\b/i, rest: "place" },
  milestones: (wish) => [
    ...searchedIf(wish),
    done({ name: "search_saved", value: 0.7, button: button("Save search"), notice: "Search saved" }),
  ],
  templates: [{
    name: "save_search", // search, Save search
    optimum: 2,
    wordings: ['Search for homes in "{place}" and save the search.', 'Save a search for homes in "{place}".'],
    paraphrases: [
      'I look for homes in "{place}" every week, so keep that search for me.',
      'A search for "{place}" should be saved.',
      'Remember my search: homes in "{place}".',
    ],
    scene: (draw) => ({ setup: {}, values: { place: draw.unused("places") } }),
    wanted: (start) => ({
      done: "the search was saved",
      parts: looked,
      items: {
        searches: {
          add: [{
            among: () => true,
            none: "no search was saved",
            problem: ({ search }) => limited(start, {}).parts!.search!(search),
          }],
        },
      },
    }),
  }],
});

/** Changes the order of the results. */
export const sort = family({
  name: "sort",
  reading: {
    says: /\b(sort|order)/i,
    takes: { choice: ["by #", "# first", "order to #"], place: ["in #", "list of #"] },
    rest: "choice",
  },
  milestones({ choice = "" }) {
    const item = { role: "menuitem", name: choice };
    return [
      {
        ...shown({ name: "menu", value: 0.3, control: item, by: button("Sort: Homes for you") }),
        towards: ({ page }) => press(page.elements.find((e) => e.name.startsWith("Sort: "))) ?? lookFurther,
      },
      ended({
        name: "sorted",
        value: 0.7,
        by: item,
        stands: (page) => find(page, button(`Sort: ${choice}`)) !== undefined,
        says: `sorted by ${choice}`,
      }),
    ];
  },
  templates: [{
    name: "sort", // the menu, the order
    optimum: 2,
    wordings: [
      'Sort the homes in "{place}" by "{choice}".',
      'Change the order of the homes in "{place}" to "{choice}".',
    ],
    paraphrases: [
      'Let the homes in "{place}" stand in another order: "{choice}".',
      'I would rather have what is offered in "{place}" sorted by "{choice}".',
      'Put the list of "{place}" into the order "{choice}".',
    ],
    scene(draw) {
      const place = draw.unused("places");
      return { setup: { place }, values: { place, choice: draw.unused("orders") } };
    },
    wanted: ({ values }) => ({
      done: "the homes were sorted",
      parts: {
        order: (now) => orderTexts[now as Order] === values["choice"] ? "" : `sorted by ${orderTexts[now as Order]}`,
      },
    }),
  }],
});
