/** Words that generated homes are described with. */
export const streets: readonly string[] = (
  "Alder Arbor Ashwood Bayview Beacon Birch Bluff Bramble Briar Brookside Canyon Cedar Chestnut Clover Copper Coral " +
  "Cottage Cypress Dogwood Eagle Elmwood Fairview Falcon Fern Foxglove Garden Glen Granite Harbor Hawthorn Hazel " +
  "Heather Hickory Hillcrest Hollow Ivy Jasmine Juniper Kestrel Lakeside Larch Laurel Lavender Linden Lupine Magnolia " +
  "Maple Marigold Meadow Mesa Mill Mulberry Myrtle Oakmont Olive Orchard Osprey Palmer Pebble Pepper Pine Poplar Prairie " +
  "Quail Quarry Raven Redwood Ridge River Rosemary Sage Sorrel Spruce Sumac Sunset Sycamore Thistle Timber Vine Walnut " +
  "Willow Windsor Wren Yarrow"
).split(" ");

export const suffixes: readonly string[] = ["Street", "Avenue", "Lane", "Court", "Drive", "Road", "Place", "Way"];

export const brokers: readonly string[] = [
  "Harbor & Pine Realty",
  "Northgate Homes",
  "Blue Door Brokers",
  "Keystone Property Group",
  "Lantern Realty",
  "Open Field Estates",
  "Cornerstone & Daughters",
  "Sunporch Realty",
  "Fairweather Homes",
  "Two Rivers Brokerage",
  "Copperline Real Estate",
  "Homestead Partners",
];

export const agents: readonly string[] = [
  "Priya Raman",
  "Tomas Keller",
  "Ingrid Solberg",
  "Marcus Adeyemi",
  "Lena Fischer",
  "Owen Gallagher",
  "Yuki Tanaka",
  "Carmen Ortega",
  "Rafael Moreau",
  "Hannah Lindqvist",
  "Dmitri Volkov",
  "Amara Nwosu",
  "Grace Holloway",
  "Felix Baumann",
  "Sofia Marchetti",
  "Elias Haddad",
];

export const openings: readonly string[] = [
  "Morning light fills the front rooms of this",
  "On a quiet street two blocks from the park stands this",
  "Lovingly kept by one family for years, this is a",
  "Behind a row of old trees waits this",
  "Freshly painted and ready to move into: a",
  "Near shops, schools and the bus, this is a",
];

export const praises: readonly string[] = [
  "The kitchen was redone with oak fronts and a gas range.",
  "A covered porch looks out on raised garden beds.",
  "Wide plank floors run through the living and dining rooms.",
  "The roof is new, and so is the heat pump.",
  "There is a workshop beside the garage and room for two cars.",
  "Tall windows and a brick fireplace make the living room the heart of the home.",
  "Solar panels on the south side keep the bills low.",
  "The bathroom has a deep tub and heated tiles.",
];

export const closings: readonly string[] = [
  "Come and see it before the weekend is over.",
  "Offers are looked at as they come in.",
  "The sellers would like to stay on for three weeks after the sale.",
  "A survey and a pest report are ready for serious buyers.",
];
