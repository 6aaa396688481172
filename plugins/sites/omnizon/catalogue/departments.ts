/** A department of the shop: what it is called, who makes its things, and the things, in the order of their ids. */
export interface DepartmentData {
  readonly name: string;
  readonly brands: readonly string[];
  readonly materials: readonly string[];
  /** "What it is | price in dollars | drawing", and the department where it is another one. */
  readonly things: readonly string[];
}

/** Twelve things each; a thing's id is its place in the whole catalogue, from 1. */
export const departmentData: readonly DepartmentData[] = [
  {
    name: "Headphones",
    brands: ["Auralis", "Hushfield", "Tonwerk"],
    materials: ["Soft-touch plastic", "Anodised aluminium", "Protein leather"],
    things: lines(`
      Over-Ear Headphones | 79.99 | headphones
      Studio Monitor Headphones | 149.00 | headphones
      Noise-Cancelling Headphones | 199.95 | headphones
      Foldable Travel Headphones | 39.99 | headphones
      Bone-Conduction Headphones | 89.50 | headphones
      Kids Volume-Limited Headphones | 21.99 | headphones
      Wired Office Headphones | 29.95 | headphones
      Bass-Rich Wireless Headphones | 59.00 | headphones
      Open-Back Listening Headphones | 229.00 | headphones
      Sleep Band Headphones | 24.00 | headphones
      Swim-Proof Headphones | 99.99 | headphones
      Retro On-Ear Headphones | 44.90 | headphones`),
  },
  {
    name: "Electronics",
    brands: ["Halden", "Voltmere", "Pixelfjord"],
    materials: ["Glass and aluminium", "Recycled plastic", "Magnesium alloy"],
    things: lines(`
      Portable Monitor for Laptop | 139.99 | monitor
      Drawing Tablet | 249.00 | tablet
      Portable Bluetooth Speaker | 119.95 | speaker
      Wireless Controller for PlayStation 5 PS5 | 69.00 | controller | Gaming
      Living Room Soundbar | 189.00 | soundbar
      Waterproof Action Camera | 169.99 | camera
      Pocket E-Reader | 109.00 | tablet
      Slim Power Bank | 34.99 | box
      Budget Smartphone | 229.00 | phone
      S24 Ultra Smartphone | 899.00 | phone
      Fold 6 Smartphone | 1599.00 | phone
      Mini Smartphone | 449.00 | phone`),
  },
  {
    name: "Phone Gear",
    brands: ["Cordelio", "Graspwell", "Ampère"],
    materials: ["Braided nylon", "Silicone", "Polycarbonate"],
    things: lines(`
      Clear Phone Case | 14.99 | phone
      Leather Phone Wallet | 27.50 | phone
      Magnetic Phone Mount | 19.95 | box
      Fast Charging Cable | 11.99 | cable
      Twin Wall Charger | 23.00 | box
      Wireless Charging Pad | 31.00 | disc
      Bedside Phone Stand | 16.49 | box
      Rugged Phone Case | 28.99 | phone
      Screen Protector Pair | 9.99 | tablet
      Phone Tripod | 35.00 | tripod
      Clip-On Phone Lens | 42.00 | camera
      Car Charging Cable | 13.50 | cable`),
  },
  {
    name: "Office Supplies",
    brands: ["Ledgerly", "Paperbird", "Stapleton"],
    materials: ["Recycled paper", "Powder-coated steel", "Oak veneer"],
    things: lines(`
      Dotted Notebook | 12.90 | book
      Gel Pen Dozen | 15.00 | pens
      Brass Fountain Pen | 48.00 | pens
      Letter Tray | 22.00 | box
      Cross-Cut Shredder | 84.00 | box
      Weekly Planner | 18.50 | book
      Heavy-Duty Stapler | 26.40 | box
      Whiteboard Kit | 57.00 | monitor
      Archive Box Trio | 33.00 | box
      Label Printer | 72.00 | box
      Sticky Note Tower | 8.90 | book
      Drafting Ruler Set | 17.20 | pens`),
  },
  {
    name: "Coffee and Tea",
    brands: ["Cremavia", "Brewhart", "Koffeldorf"],
    materials: ["Stainless steel", "Borosilicate glass", "Stoneware"],
    things: lines(`
      Pour-Over Dripper | 26.00 | mug
      Automatic Espresso Machine Deluxe | 499.00 | espresso
      Automatic Espresso Machine Compact | 149.90 | espresso
      Automatic Espresso Machine Duo | 329.00 | espresso
      Burr Coffee Grinder | 94.00 | espresso
      Gooseneck Kettle | 67.50 | kettle
      Milk Frother | 29.90 | mug
      Cold Brew Jug | 32.00 | kettle
      Thermal Travel Mug | 24.50 | mug
      Porcelain Tea Set | 58.00 | mug
      Loose Leaf Infuser | 12.40 | mug
      Bean Storage Canister | 28.00 | box`),
  },
  {
    name: "Watches",
    brands: ["Meridiem", "Tickwell", "Zeitgarn"],
    materials: ["Brushed steel", "Sapphire glass", "Titanium"],
    things: lines(`
      Oversized Slim Men's Watch | 179.00 | watch
      Field Watch | 129.00 | watch
      Diving Watch | 289.00 | watch
      Moonphase Watch | 349.00 | watch
      Digital Sports Watch | 54.90 | watch
      Pocket Watch | 88.00 | watch
      Nurse Fob Watch | 23.90 | watch
      Solar Watch | 149.50 | watch
      Chronograph Watch | 219.00 | watch
      Minimal Dress Watch | 99.00 | watch
      Kids Learning Watch | 19.90 | watch
      Pilot Watch | 259.00 | watch`),
  },
  {
    name: "Luggage",
    brands: ["Wayfarer Row", "Portmanto", "Nimbuspack"],
    materials: ["Ripstop nylon", "Polycarbonate", "Waxed canvas"],
    things: lines(`
      Cabin Trolley | 134.00 | bag
      Weekend Duffel | 89.00 | bag
      Rolltop Backpack | 76.00 | backpack
      Garment Carrier | 64.00 | bag
      Packing Cube Set | 29.00 | box
      Hiking Backpack | 118.00 | backpack
      Toiletry Pouch | 24.00 | bag
      Laptop Sleeve | 32.50 | tablet
      Check-In Trolley | 189.00 | bag
      Passport Organiser | 21.90 | book
      Crossbody Sling | 41.00 | backpack
      Luggage Scale | 16.90 | box`),
  },
  {
    name: "Kitchen Tools",
    brands: ["Ladlecraft", "Sagebench", "Whiskory"],
    materials: ["Beech wood", "Stainless steel", "Washed linen"],
    things: lines(`
      Bamboo Cutting Board | 27.00 | board
      Chef Knife | 69.00 | knife
      Digital Kitchen Scale | 24.90 | box
      Salad Spinner | 33.00 | bowl
      Mixing Bowl Trio | 38.50 | bowl
      Rolling Pin | 18.90 | pin
      Linen Apron | 34.00 | apron
      Silicone Spatula Set | 16.50 | pin
      Pepper Mill | 29.90 | kettle
      Box Grater | 14.90 | box
      Measuring Cup Set | 19.40 | mug
      Stand Mixer | 279.00 | espresso`),
  },
  {
    name: "Fitness",
    brands: ["Ironvale", "Flexora", "Pulsepath"],
    materials: ["Cast iron", "Natural rubber", "Neoprene"],
    things: lines(`
      Adjustable Dumbbell | 139.00 | dumbbell
      Yoga Mat | 36.00 | mat
      Resistance Band Set | 22.50 | cable
      Foam Roller | 28.00 | mat
      Kettlebell | 49.00 | kettle
      Jump Rope | 13.90 | cable
      Pull-Up Bar | 42.00 | dumbbell
      Rowing Machine | 449.00 | box
      Balance Board | 59.00 | board
      Ankle Weights | 26.00 | dumbbell
      Exercise Bike | 379.00 | box
      Push-Up Handles | 19.00 | dumbbell`),
  },
  {
    name: "Sports",
    brands: ["Goalmark", "Courtline", "Fieldrow"],
    materials: ["Composite leather", "Polyester mesh", "Ash wood"],
    things: lines(`
      Street Basketball | 29.00 | ball
      Match Football | 35.00 | ball
      Tennis Racket | 94.00 | racket
      Badminton Net Kit | 58.00 | racket
      Shin Guards | 18.00 | box
      Sports Balls Pack | 64.90 | balls
      Baseball Glove | 47.00 | ball
      Hockey Stick | 52.00 | racket
      Swim Goggles | 21.00 | goggles
      Bike Helmet | 61.00 | helmet
      Table Tennis Paddle | 26.00 | racket
      Volleyball | 27.50 | ball`),
  },
  {
    name: "Garden",
    brands: ["Loamwright", "Petalry", "Thistledown"],
    materials: ["Forged steel", "Terracotta", "Weatherproof cedar"],
    things: lines(`
      Pruning Shears | 27.00 | knife
      Expandable Hose | 39.00 | cable
      Cedar Planter | 54.00 | plant
      Watering Can | 31.50 | kettle
      Herb Seed Kit | 14.00 | plant
      Garden Trowel | 17.00 | pin
      Solar Path Lantern | 44.00 | lamp
      Compost Bin | 79.00 | box
      Bird Feeder | 33.00 | box
      Leaf Rake | 24.00 | pin
      Patio Umbrella | 119.00 | lamp
      Rain Barrel | 98.00 | box`),
  },
  {
    name: "Toys",
    brands: ["Whimsel", "Tumblebee", "Castlekin"],
    materials: ["Beech wood", "Organic cotton", "Recycled plastic"],
    things: lines(`
      Wooden Train Set | 46.00 | toy
      Plush Bear | 22.00 | bear
      Marble Run | 37.00 | toy
      Shape Sorter | 19.90 | toy
      Puppet Theater | 58.00 | box
      Stacking Rings | 14.50 | toy
      Kite | 17.00 | kite
      Memory Game | 12.00 | book
      Dollhouse | 109.00 | box
      Balance Scooter | 69.00 | toy
      Bath Boat | 11.00 | toy
      Plush Rabbit | 23.50 | bear`),
  },
  {
    name: "Lighting",
    brands: ["Lumenoak", "Glowstead", "Wickham"],
    materials: ["Opal glass", "Brushed brass", "Woven rattan"],
    things: lines(`
      Arc Floor Lamp | 129.00 | lamp
      Banker Lamp | 74.00 | lamp
      Paper Pendant | 39.00 | disc
      Clip Reading Light | 18.50 | lamp
      Dimmable Bulb Pack | 24.00 | disc
      Salt Crystal Light | 28.00 | plant
      String Light Curtain | 21.00 | cable
      Bedside Globe Light | 46.00 | disc
      Under-Cabinet Strip | 32.00 | soundbar
      Tripod Floor Lamp | 98.00 | tripod
      Night Light Duo | 15.90 | disc
      Rattan Table Lamp | 57.00 | lamp`),
  },
  {
    name: "Furniture",
    brands: ["Oakmoor", "Stillhaus", "Plankton Row"],
    materials: ["Solid oak", "Powder-coated steel", "Bouclé fabric"],
    things: lines(`
      Five-Tier Bookcase | 119.00 | shelf
      Round Side Table | 64.00 | desk
      40-Inch Writing Desk | 139.00 | desk
      55-Inch Standing Desk | 329.00 | desk
      Mesh Office Chair | 159.00 | chair
      Leather Office Chair | 249.00 | chair
      Folding Dining Chair | 48.00 | chair
      Queen Size Bed Frame | 289.00 | bed
      Twin Size Bed Frame | 199.00 | bed
      Coat Rack | 56.00 | tripod
      Memory Foam Neck Pillow | 36.90 | pillow | Bedding
      Walnut Nightstand | 92.00 | shelf`),
  },
  {
    name: "Bedding",
    brands: ["Featherlow", "Dormiva", "Quiltham"],
    materials: ["Organic cotton", "Goose down", "Memory foam"],
    things: lines(`
      Linen Duvet Cover | 89.00 | bed
      Cervical Neck Pillow | 42.00 | pillow
      Goose Down Pillow | 68.00 | pillow
      Weighted Blanket | 79.00 | mat
      Fitted Sheet | 34.00 | bed
      Mattress Topper | 149.00 | bed
      Silk Pillowcase | 31.00 | pillow
      Knitted Throw | 52.00 | mat
      Body Pillow | 57.00 | pillow
      Quilted Bedspread | 96.00 | bed
      Wool Blanket | 84.00 | mat
      Mattress Protector | 43.00 | bed`),
  },
  {
    name: "Pets",
    brands: ["Pawsmith", "Furlong", "Whiskerly"],
    materials: ["Chew-safe nylon", "Sisal rope", "Washable fleece"],
    things: lines(`
      Orthopedic Dog Bed | 74.00 | bed
      Cat Scratching Tree | 88.00 | tripod
      Reflective Leash | 18.00 | cable
      Slow Feeder Bowl | 16.00 | bowl
      Grooming Brush | 21.00 | pin
      Travel Carrier | 53.00 | bag
      Squeaky Duck | 9.50 | toy
      Automatic Water Fountain | 38.00 | bowl
      Bird Swing | 12.50 | toy
      Aquarium Starter Kit | 114.00 | monitor
      Dog Raincoat | 29.00 | apron
      RGB Gaming Mouse | 49.00 | mouse | Gaming`),
  },
  {
    name: "Gaming",
    brands: ["Rungate", "Nocturna", "Pixelfort"],
    materials: ["Matte plastic", "Anodised aluminium", "Textured rubber"],
    things: lines(`
      Mechanical Gaming Keyboard | 84.00 | keyboard
      Gaming Headset Stand | 32.00 | tripod
      Curved Gaming Monitor | 219.00 | monitor
      Gaming Chair | 269.00 | chair
      Arcade Fight Stick | 149.00 | controller
      Gaming Mouse Mat | 24.00 | mat
      Racing Wheel | 289.00 | disc
      Stream Deck | 139.00 | keyboard
      Gaming Controller for PC | 44.00 | controller
      Capture Card | 129.00 | box
      Handheld Console | 349.00 | controller
      Retro Console | 79.00 | controller`),
  },
  {
    name: "Cookware",
    brands: ["Copperhearth", "Simmerfield", "Panterra"],
    materials: ["Tri-ply steel", "Enamelled iron", "Forged aluminium"],
    things: lines(`
      Nonstick Skillet | 39.00 | pan
      Cast Iron Griddle | 54.00 | pan
      Roasting Tin | 42.00 | box
      Silverware Set | 59.90 | cutlery
      Steak Knife Set | 64.00 | knife
      Steamer Basket | 26.00 | bowl
      Carbon Steel Wok | 61.00 | pan
      Stainless Cooking Pot | 72.00 | pot
      Pizza Stone | 37.00 | disc
      Baking Sheet Pair | 28.00 | board
      Enamel Cooking Pot | 118.00 | pot
      Ramekin Set | 23.00 | bowl`),
  },
];

function lines(text: string): readonly string[] {
  return text.trim().split("\n").map((line) => line.trim());
}
