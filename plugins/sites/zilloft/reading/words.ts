/** Words that hold nothing by themselves, and words of goals about homes that go with any kind of errand. */
const plain = `
  a an the this that these those it its they them their he him his she her hers i me my mine myself we us our ours
  ourselves you your yours who whom whose which what where when how why there here and or but so then also too plus as
  than if else of in on at to from by for with within into onto up down out off over under above below about around near
  between among through until till since before after during per via along across beside next like
  is are was were be been being am has have had having do does did can could will would shall should may might must ought
  's 're 've 'll 'd 'm let lets need needs want wants wish like love prefer rather would'd
  asap please kindly thanks thank cheers hey hi hello ok okay well yes yeah right sure just only simply really very quite
  pretty much more most less least few many some any all every each both either one two three four five six seven eight
  nine ten first second third last final single another other others else same own new old again now soon today still yet
  ever even maybe perhaps possibly probably definitely actually exactly already too once twice first afterwards afterward
  finally instead otherwise together back away possible available quickly quick carefully directly immediately
  go goes going come comes get gets got give gives take takes make makes made put puts set keep keeps use try tries
  start begin look looks looking see sees seen show find found open view search bring pull check click tap press hit
  help ask think feel hope know would-be bit little lot kind sort way thing things stuff something anything everything
  someone somebody anyone anybody people person part favor favour glad happy grateful great nice good lovely fine perfect
  best better ideal super wonderful beautiful pretty cute cosy cozy tiny small big large huge charming quiet bright sunny
  blue red white yellow green brown grey gray wooden modern cheap expensive affordable fancy decent proper real
  home homes house place places apartment condo townhome lot bungalow cottage villa cabin loft studio building address
  unit pad spot option options offer offers offered result results selection market estate area region city town
  neighborhood county state zip code downtown side street avenue page site website app screen button menu box field
  family families kids children son daughter baby parents client clients team household
  time times moment minute day days week weekend month year morning afternoon evening noon tonight tomorrow earliest
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april june
  july august september october november december jul aug
  number numbers name names called named entry item thank ready able chance interested interest idea go-ahead done
  question plan change changed mind mean meant say says said saying
  absolutely totally completely entirely strictly literally basically preferably ideally currently presently right-away
  straight dear folks guys buddy pal sir madam mr mrs ms
  list lists listing listed ones whatever um uh er hmm erm oh ah aha man dude bro yo half date date.day icon using use apply applied single multiple multi-family single-family
  manufactured arrange arranged thinking needed buyer renter user investor couple wealthy vacant empty bare raw user
  across throughout overall besides additionally especially particularly honestly frankly basically anyway anyhow
  later hunting househunting goes
  care cares caring fall summer winter autumn season spring range form panel salary income job boss
  hence therefore thus invest window dot sharp reason story mistake elsewhere curious wish short watch dream peek
  hand eye eyes close closer closely further full whole entire complete total
  room rooms space roof living live lives liv move moving moved relocate relocating settle buy buying bought purchase
  purchasing hunting hunt browse browsing explore exploring pick choose select selected chosen
  preferred desired following
  must-have thats whats lemme gimme wanna gonna gotta
`;

/** Words by what they belong to; an errand has those of its own and none of another. */
const groups = {
  list:
    "save saved favorite heart bookmark bookmarks collection keepers shortlist star likes liked picks keep kept store stored",
  tour: "tour visit appointment booking reservation",
  agent:
    "agent contact message write writing wrote tell ask email e-mail mail note letter inquire enquire inquiry enquiry word touch line reply answer hear notify inform ping whoever sells selling",
  search: "search query searched",
  sort: "sort sorted order top ascending descending",
  rooms: "bed bath exact match exactly precisely",
  money: "§money dollars price budget limit afford spend pay money",
  deal: "rent sold",
  filter: "filter filters setting settings",
} as const;

export type Group = keyof typeof groups;

/** Further words that an errand of a kind may have, and the groups of words that it has. */
const kinds: Readonly<Record<string, readonly [groups: string, words: string]>> = {
  save: [
    "list search",
    "§money dollars add remember hold place mark bookmark include stick pop throw drop slip among favorites give deserves belongs forget lose later safe want count catches caught tick page in with",
  ],
  unsave: [
    "list",
    "business right unsave delete removed take drop forget strike kick throw toss cross pull clear wipe scratch lose ditch dump boot chuck purge rid gone go disappear vanish leave come longer anymore any more among contain contains include includes stay remain belong belongs part sit appear hold interested strike struck want wanted undo lift ours us after all not no never",
  ],
  cancel: [
    "tour",
    "asked cancel cancelled call off scrap delete removed drop withdraw revoke abort request requests take back undo rid stop forget longer needed needed anymore want not no any axe kill strike book booked scheduled schedule planned arranged attend make requested upcoming struck plug",
  ],
  save_search: [
    "search list filter",
    "retain run memorize log keep come return remember hold note record preserve bookmark later create add file save current saved remembered kept stored bookmarked these those set criteria exact making run repeat again",
  ],
  sort: [
    "sort rooms filter search",
    "sale market newest latest recent recently largest biggest roomiest most square feet footage foot size area date by beginning start head put rank lead leading come first listed listings number highest lowest descending ascending from greatest decide decides determine determines ranking floor living fresh freshest arrange display change switch set age added posted criterion bigger larger roomier to according based",
  ],
  tour: [
    "tour",
    "book arrange schedule request ask organize organise reserve sign join fix inside person walk through look around inspect come stop drop swing soon early earliest slot slots first available opening visitor phone email e-mail mail number reach at as attend make line pencil order secure own shown guided live submit fill requests ask contact",
  ],
  visit: [
    "tour agent",
    "propose proposing suggest suggesting expect expecting visitor available free arrive arrives arriving phone as under attend slot meeting meet confirm details listing send drop shoot introduce",
  ],
  contact: [
    "agent",
    "send sends drop shoot introduce listing phone call calls respond reached get as under on behalf form use selling request requesting information info details inform interest speak talk text ring add approach via through signed sign hold quick short friendly polite forward pass leave property",
  ],
  deal: [
    "deal filter search",
    "status listing tick select switch change set flip to for sale listed recently lately already just lease tenant renter rents leases instead homes sold went turn buying owning sell sells",
  ],
  filter: [
    "rooms money filter search",
    "begins ends savings wallet cash funds means stretch bigger larger smaller keep stay stays shown hidden gone out appear gave gives give require required cap ruins listed minimum maximum min max least most fewer less than more up plus or cap ceiling floor budget range anywhere somewhere starting start starts upwards upward higher lower cheaper pricier expensive set limit restrict narrow filter hide leave exclude cost highest lowest top tops total fit fits spend afford pay bank asking can go list save roughly count counts type types kind kinds nothing no not neither nor never never without alone exclusively solely except hide excluded uncheck tick check select deselect build share dollars thousand under over square listed sell sells sale category style sorts sort display come comes property land between through anything everything low high end outside inside worth",
  ],
  view: [
    "search",
    "§money dollars description details more information info page read learn description know tell display photo photos click go visit closer closely about look peek glance wonder says load write wrote pictures",
  ],
  search: [
    "search filter",
    "list run punch key input box wonder up sale available type enter scout scan exist exists map bar surroundings around vicinity hunt stock inventory come comes out on browse browsing see what's located location relocating move moves moving job based nearby check listed show everything",
  ],
};

const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);
const neutral: ReadonlySet<string> = new Set(wordsOf(plain));
const owner = new Map(
  Object.entries(groups).flatMap(([group, words]) => wordsOf(words).map((word) => [word, group as Group] as const)),
);
const allowed = new Map(
  Object.entries(kinds).map(([kind, [own, words]]) =>
    [kind, { own: new Set(wordsOf(own)), words: new Set(wordsOf(words)) }] as const
  ),
);

const odd: ReadonlyMap<string, string> = new Map(Object.entries({
  taken: "take",
  thrown: "throw",
  struck: "strike",
  left: "leave",
  gone: "go",
}));
/** What a form of a verb may be a form of: "appears", "dropped", "arranging". */
const stemsOf = (word: string): readonly string[] => {
  const [, stem, end] = /^(\p{L}{3,}?)(s|es|ed|ing)$/u.exec(word) ?? [];
  return stem === undefined
    ? [odd.get(word) ?? word]
    : [stem, ...(end === "s" ? [] : [`${stem}e`, stem.replace(/(.)\1$/, "$1")])];
};

/** True for a word of the errand itself. */
export const isOwnWord = (kind: string, word: string): boolean =>
  owner.has(word) || (allowed.get(kind) ?? allowed.get("filter")!).words.has(word);

/** The first word that an errand of a kind does not account for. */
export function strangeTo(kind: string, words: readonly string[]): string | undefined {
  const { own, words: further } = allowed.get(kind) ?? allowed.get("filter")!;
  return words.find((word) => {
    if (further.has(word) || stemsOf(word).some((one) => further.has(one))) return false;
    const group = owner.get(word);
    if (group !== undefined) return !own.has(group);
    return !neutral.has(word) && !/^[§\d]|^\P{L}+$/u.test(word);
  });
}
