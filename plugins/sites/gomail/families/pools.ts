/** Words one split draws its values from. No two splits share a word of any list but plain sentence words. */
export interface Pool {
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  /** Mail domains of the people. */
  readonly domains: readonly string[];
  /** A subject is a topic and a thing: "Harvest budget". */
  readonly topics: readonly string[];
  readonly things: readonly string[];
  /** Words to search for; they occur in no other list and not in the seed mailbox. */
  readonly queries: readonly string[];
  readonly labels: readonly string[];
  /** A text to write is an opening and a closing joined by a comma; free of words the page uses for its controls. */
  readonly openings: readonly string[];
  readonly closings: readonly string[];
  /** Paragraphs of the mails a task adds. */
  readonly sentences: readonly string[];
  /** Options as the page names them: when a mail wakes, when one is sent, how many stand on a page. */
  readonly wakings: readonly string[];
  readonly sendings: readonly string[];
  readonly pageSizes: readonly string[];
}

/** The word pools by split. */
export const pools: Readonly<Record<"train" | "eval", Pool>> = {
  train: {
    firstNames: words(`
      Nora Felix Imani Tobias Greta Hassan Lucia Oskar Mei Dmitri Freya Javier Saskia Kwame Elodie Ravi Ingrid Matteo Yuki Bastien
      Talia Anders Zora Emil Farida Hugo Leona Omar Petra Quentin Rosa Stefan Ursula Viktor Wanda Xavier Amara Bruno Celeste Darius`),
    lastNames: words(`
      Abbott Bergstrom Calloway Dunmore Eastwood Fairchild Granger Holloway Ibsen Jarvis Kessler Lindqvist Mercado Novak Okafor
      Pemberton Quimby Rosales Santoro Thackeray Underhill Vasquez Whitlock Yardley Zeller Ashworth Brandt Castellan Delacroix
      Engstrom Falkner Gallagher Hartwell Iverson Kapoor Langley Marchetti Nakamura Oyelaran Prescott`),
    domains: words("fernmail.example brightpost.example northdesk.example"),
    topics: words(`
      Harvest Orchard Warehouse Payroll Translation Kitchen Stadium Insurance Furniture Marathon Museum Chemistry Freight Catering
      Vineyard Bicycle Theater Plumbing Satellite Bakery Ferry Textile Choir Robotics Hiking Aquarium Masonry Pottery Carpool Greenhouse`),
    things: words(`
      budget checklist estimate schedule contract survey itinerary proposal inventory blueprint forecast minutes guidelines roster
      summary quote brochure permit template agenda`),
    queries: words(`
      quartz marmalade lantern saffron walnut trombone velvet cobalt juniper origami paprika tundra gondola mosaic falcon hammock
      nutmeg pelican raccoon sapphire tapestry urchin violet wicker yogurt zeppelin almond biscuit caravan domino`),
    labels: words(
      "Taxes Recipes Research Clients Logistics Family Hobbies Legal Housing Studies Grants Vendors Pets Repairs",
    ),
    openings: lines(`
      Noon suits me well
      The numbers look right
      I found the missing page
      We can start on Tuesday
      The keys are at the desk
      Your plan sounds good
      The room is booked
      I will take the early shift
      The parcel came this morning
      Nobody minded the price
      The second version is better
      We have enough chairs
      My train arrives at six
      The painters are finished
      I checked both copies
      The bus leaves at nine
      Three people signed up
      The heating works again`),
    closings: lines(`
      so go ahead
      and I will bring the papers
      please tell the others
      let us talk on Friday
      no need for a call
      I will confirm tomorrow
      and the rest can wait
      thank you for the help
      please keep a copy
      see you at the office
      we should thank them
      I owe you a coffee`),
    sentences: lines(`
      Here is the version we talked about last week.
      Have a look when you find the time.
      I changed the second part and left the rest as it was.
      Nothing here is urgent, but I would like your opinion.
      The others have already agreed.
      Please tell me if a number looks wrong.
      We can go through it together on the phone.
      It took longer than planned, sorry for the wait.`),
    wakings: ["Later today", "Tomorrow"],
    sendings: ["Tomorrow morning", "Monday morning"],
    pageSizes: ["25"],
  },
  eval: {
    firstNames: words(`
      Adele Benedikt Camila Desmond Esther Fabian Gloria Harold Ivana Jonas Katrin Lionel Miriam Nikolai Odette Pascal Rhea Silas
      Teodora Ulrich Vanessa Winston Yasmin Zane`),
    lastNames: words(`
      Aldridge Beaumont Cardoso Drummond Ellsworth Fontaine Guerrero Hawthorne Ivanov Jimenez Kowalski Lockhart Montague Nyberg
      Ostrowski Pickering Ramsey Sandoval Tremblay Urbina Vandermeer Winslow Yamada Zimmerman`),
    domains: words("quillpost.example amberline.example"),
    topics: words(`
      Lighthouse Orchestra Glacier Pharmacy Trolley Planetarium Upholstery Fencing Monastery Apiary Dentistry Sculpture Railway
      Hospice Archery Botany Sailing Laundry Quarry Embassy`),
    things: words(
      "memo register questionnaire timetable dossier manual handout syllabus catalog voucher leaflet ledger",
    ),
    queries: words(`
      obsidian cinnamon accordion flamingo turquoise meadow compass lavender penguin zucchini bamboo harpoon magnolia pretzel
      sundial walrus`),
    labels: words("Finance Sports Charity Hiring Health Audits Wedding Fitness Tenants Alumni"),
    openings: lines(`
      Our guide speaks Spanish
      I repaired the printer
      Monday evening is free
      Each seat costs forty euros
      They moved the lecture upstairs
      Half of the seeds sprouted
      My cousin drives the van
      Those results surprised everybody
      Rain is expected after lunch
      You left an umbrella here
      Both engines passed inspection
      Someone should water the plants`),
    closings: lines(`
      which settles the question
      could you double that order
      nothing more is required
      with warm regards
      hopefully until Wednesday
      kindly lock up
      count me in
      more news follows soon
      ask Reception for details
      it was worth trying`),
    sentences: lines(`
      Attached you will find what the committee asked for.
      Kindly return your comments by the weekend.
      Several paragraphs are new, mainly towards the end.
      Feel free to forward this to colleagues.
      An earlier copy contained two mistakes.
      My assistant can answer further questions.
      Let me know whether anything is unclear.`),
    wakings: ["This weekend", "Next week"],
    sendings: ["Tomorrow afternoon"],
    pageSizes: ["10"],
  },
};

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

function lines(text: string): string[] {
  return text.trim().split("\n").map((line) => line.trim());
}
