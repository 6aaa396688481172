/** Second words of product names. */
export const series = words(
  "Alder Brisk Cinder Dune Ember Fable Grove Harbor Indigo Juno Kestrel Linden Maple Nova Onyx Prairie Quarry Ridge Summit Tidal Umber Vesper Willow Yonder Zephyr Aspen Birch Coral Delta Echo Fjord Glade Haven Iris Jetty Lark Mesa",
);

/** Colours of things, in the order of the palettes that drawings have. */
export const colours = words("Graphite Terracotta Moss Plum Azure Berry Ochre Slate");

/** What the specification says of contents and care. */
export const contents = ["Product and guide", "Product, guide and spare parts", "Product and storage pouch"];
export const cares = ["Damp cloth", "Dry cloth", "Mild soap and water", "None needed"];

/** Sentences that praise a thing; `{material}` and `{department}` stand for its own. */
export const praises = lines(`
  Made of {material} that keeps its looks for years
  Ready to use out of the box, without tools
  Tested by our own {department} team for a whole month
  Parts can be bought one by one and replaced at home
  Packed without foam; the carton is its own handle
  Quiet, light and easy to put away
  Comes with a printed guide in plain words
  Wipes clean with a damp cloth
  Small enough for a shelf, strong enough for every day
  Designed together with people who use one daily
`);

/** Opinions of customers: title and text, best first. */
export const opinions: readonly (readonly [stars: number, title: string, text: string])[] = [
  [5, "Better than the one it replaced", "I use it every day and would buy it again without a second look."],
  [5, "Exactly as shown", "Colour and size are right, and it came a day early."],
  [5, "A gift that stayed in use", "My sister asked me twice where it is from."],
  [4, "Good, with one small wish", "Everything works. A longer manual would have helped at first."],
  [4, "Solid for the price", "Not the lightest, but it feels as if it will last."],
  [4, "Does what it says", "No surprises, which is what I wanted."],
  [3, "Fine for now and then", "For heavy use I would take the larger model."],
  [3, "Took a while to like", "The first week was so-so; now it has its place."],
  [2, "Smaller than I thought", "Look at the measures before you order."],
];

export const reviewers = words("Marta Devon Priya Lukas Noor Selma Tariq Wen Odette Ruben Ilse Kofi");

function words(text: string): readonly string[] {
  return text.split(" ");
}

function lines(text: string): readonly string[] {
  return text.trim().split("\n").map((line) => line.trim());
}
