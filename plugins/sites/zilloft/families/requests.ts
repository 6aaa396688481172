import { button, dayText, done, find, same, shown, weekdayAndDay } from "halo-agent/site";
import type { Contact, Slot, Tour } from "../state/state.ts";
import { slotText } from "../state/text.ts";
import { tourDays } from "../state/time.ts";
import type { HomesDrawer } from "./drawer.ts";
import { family, type HomesPage, type HomesWish } from "./homes-types.ts";
import { detailed, ended, made, searchedIf, sent, viewedFirst } from "./milestones.ts";
import { homeAt, looked, onlySlot, request } from "./wanted.ts";

/** A home whose page is open, and who asks about it. */
function openHome(draw: HomesDrawer, more: Readonly<Record<string, string>> = {}) {
  const { id, street } = draw.home(draw.unused("places"));
  return { setup: { home: id }, values: { street, ...personOf(draw), ...more } };
}

function personOf(draw: HomesDrawer) {
  return { name: draw.unused("names"), email: draw.unused("emails"), phone: draw.unused("phones") };
}

/** Where a goal names a phone number. */
const phone = ["phone #", "call #", "number #", "number is #"];

/** Writes to the agent of a home. */
export const contact = family({
  name: "contact",
  reading: {
    // Who is written to or asked and is no agent has nothing to do with the site.
    says:
      /^(?!.*\b(message|write to|ask|tell|contact) (my|our|his|her|their) (?!agent)).*\b(contact|message|write|agent|ask)\b/is,
    takes: { phone, place: ["in #"] },
    rest: "street",
  },
  milestones: (wish) => [
    ...searchedIf(wish),
    viewedFirst(wish),
    shown({ name: "form", value: 0.3, control: { role: "textbox", name: "Name" }, by: button("Contact agent") }),
    ...detailed(wish),
    sent("Send message"),
  ],
  templates: [
    {
      name: "contact", // Contact agent, three fields, Send
      optimum: 5,
      wordings: [
        'Contact the agent of "{street}" as {name}, email {email}, phone "{phone}".',
        'Send a message to the agent of "{street}": name {name}, email {email}, phone "{phone}".',
      ],
      paraphrases: [
        'Ask about "{street}" for {name}; the number is "{phone}" and the email {email}.',
        'The agent of "{street}" should write to {name} at {email} or call "{phone}".',
        'For {name} ({email}, phone "{phone}"), write to whoever sells "{street}".',
      ],
      scene: (draw) => openHome(draw),
      wanted: (start) => contacts(start),
    },
    {
      name: "search_contact", // search, the home, Contact agent, three fields, Send
      optimum: 7,
      wordings: [
        'Find "{street}" in "{place}" and contact its agent as {name}, email {email}, phone "{phone}".',
        'Search for homes in "{place}" and contact the agent of "{street}" as {name}, email {email}, phone "{phone}".',
      ],
      paraphrases: [
        'In "{place}" there is "{street}": ask its agent for {name}, number "{phone}", email {email}.',
        'The agent of "{street}" in "{place}" should call "{phone}" or write to {name} at {email}.',
        'For {name} ({email}, phone "{phone}"), write to whoever sells "{street}" in "{place}".',
      ],
      scene(draw) {
        const place = draw.unused("places");
        return { setup: {}, values: { place, street: draw.home(place).street, ...personOf(draw) } };
      },
      wanted: (start) => contacts(start),
    },
  ],
});

function contacts(start: Parameters<typeof request>[0], right: Slot | null = null) {
  const { id } = homeAt(start.values["street"]!);
  const slots = ({ slot }: Contact): string =>
    same(slot, right) ? "" : slot === null ? "no time was asked for" : `the time is ${slotText(slot)}`;
  return {
    done: "the agent was written to",
    parts: looked,
    items: { contacts: { add: [request<Contact>(start, { id, slots })] } },
  };
}

/** The chosen time is the only one. */
function timed({ time = "", day }: HomesWish, region: string) {
  const slot = { date: dateOf(day), time };
  const chosen = ({ elements }: HomesPage): readonly string[] =>
    elements.filter((e) => e.region === region && e.name.startsWith("Remove ")).map(({ name }) => name.slice(7));
  return made({
    name: "time",
    stands: (page) => chosen(page).join() === slotText(slot),
    by: (page) => find(page, button(chosen(page).length > 0 ? `Remove ${chosen(page)[0]}` : time, region)),
    says: `the time is ${time}`,
  });
}

/** The times of the goal's day are shown. */
function dayed({ day = "" }: HomesWish, region: string) {
  const control = button(weekdayAndDay(dateOf(day)), region);
  return made({
    name: "day",
    stands: (page) => find(page, control)?.states.includes("pressed") === true,
    by: control,
    says: `the day is ${day}`,
  });
}

/** The day "2024-07-20" of "Jul 20"; without one the first on which tours are given. */
function dateOf(day: string | undefined): string {
  return tourDays.find((one) => dayText(one) === day) ?? tourDays[0]!;
}

/** Asks the agent of a home for a visit at a time. */
export const visit = family({
  name: "visit",
  reading: { says: /\bJul \d/, takes: { phone }, rest: "street" },
  milestones(wish) {
    const region = "dialog:Contact agent";
    return [
      viewedFirst(wish),
      shown({ name: "form", value: 0.3, control: { role: "textbox", name: "Name" }, by: button("Contact agent") }),
      dayed(wish, region),
      timed(wish, region),
      ...detailed(wish),
      sent("Send message"),
    ];
  },
  templates: [{
    name: "visit", // Contact agent, the day, the time, three fields, Send
    optimum: 7,
    wordings: [
      'Contact the agent of "{street}" for a visit on {day} at {time}, as {name}, email {email}, phone "{phone}".',
      'Message the agent of "{street}" about {day}, {time}: name {name}, email {email}, phone "{phone}".',
    ],
    paraphrases: [
      '{name} could come to "{street}" on {day} at {time}; tell its agent, with {email} and the number "{phone}".',
      'Write to whoever sells "{street}" that {name} ({email}, phone "{phone}") would come on {day} at {time}.',
      'The agent of "{street}" should expect {name} on {day} at {time}; email {email}, number "{phone}".',
    ],
    scene: (draw) => openHome(draw, { day: draw.unused("days"), time: draw.unused("times") }),
    wanted: (start) => contacts(start, { date: dateOf(start.values["day"]), time: start.values["time"]! }),
  }],
});

const region = "dialog:Request a tour";
const nameField = { role: "textbox", name: "Name", region } as const;
const [next, submit] = [button("Continue", region), button("Submit request", region)];
const isLast = (page: HomesPage): boolean => find(page, submit) !== undefined;
const isAsked = (page: HomesPage): boolean => find(page, nameField) !== undefined || isLast(page);

/** Asks for a tour of a home. */
export const tour = family({
  name: "tour",
  reading: { says: /\b(tour|visit|see)\b/i, takes: { phone }, rest: "street" },
  milestones: (wish) => [
    viewedFirst(wish),
    shown({
      name: "form",
      value: 0.3,
      control: { role: "button", name: weekdayAndDay(tourDays[0]!), region },
      by: button("Request a tour"),
    }),
    timed(wish, region),
    ended({ name: "details", value: 0.2, by: next, stands: isAsked, says: "the details are asked for" }),
    ...detailed(wish),
    ended({ name: "questions", value: 0.2, by: next, stands: isLast, says: "the last questions are asked" }),
    sent("Submit request"),
  ],
  templates: [
    {
      name: "tour", // Request a tour, the time, Continue, three fields, Continue, Submit
      optimum: 8,
      wordings: [
        'Request a tour of "{street}" at {time} on the first day there is, as {name}, email {email}, phone "{phone}".',
        'Ask for a tour of "{street}", first day, {time}: name {name}, email {email}, phone "{phone}".',
      ],
      paraphrases: [
        '{name} would like to see "{street}" on the first possible day at {time}; email {email}, number "{phone}".',
        'Could {name} visit "{street}" as soon as it goes, at {time}? The number is "{phone}", the email {email}.',
        'Book a visit to "{street}" at {time}, as early as can be, for {name} ({email}, phone "{phone}").',
      ],
      scene: (draw) => openHome(draw, { time: draw.unused("times") }),
      wanted: (start) => tours(start, tourDays[0]!),
    },
  ],
});

function tours(start: Parameters<typeof request>[0], date: string) {
  const { values } = start;
  const { id } = homeAt(values["street"]!);
  const slots = (one: Tour): string => onlySlot(one.slots, { date, time: values["time"]! });
  return {
    done: "the tour was asked for",
    parts: looked,
    items: { tours: { add: [request<Tour>(start, { id, slots })] } },
  };
}

/** Cancels a tour. */
export const cancel = family({
  name: "cancel",
  reading: { says: /\b(cancel|call off|cannot|can't)/i, rest: "street" },
  milestones({ street = "" }) {
    const ask = button(`Cancel tour of ${street}`);
    const yes = button("Yes, cancel it");
    return [
      shown({ name: "requests", value: 0.3, control: ask, by: { role: "link", name: "My requests" } }),
      shown({ name: "asked", value: 0.3, control: yes, by: ask }),
      done({ name: "cancelled", value: 0.4, button: yes, gone: yes, notice: "Tour cancelled" }),
    ];
  },
  templates: [{
    name: "cancel", // My requests, Cancel tour, Yes
    optimum: 3,
    wordings: ['Cancel my tour of "{street}".', 'Cancel the tour that I requested for "{street}".'],
    paraphrases: [
      'I cannot come to "{street}", so call off that tour.',
      'Call off the visit to "{street}".',
      'We can\'t make it to "{street}": no tour, please.',
    ],
    scene(draw) {
      const [one, other] = [draw.home(draw.unused("places")), draw.home(draw.unused("places"))];
      const tours = draw.rng.int(2) === 0 ? [one.id, other.id] : [other.id, one.id];
      return { setup: { tours }, values: { street: one.street } };
    },
    wanted: ({ values, state }) => {
      const { id } = homeAt(values["street"]!);
      const asked = state.tours.find(({ home }) => home === id)!;
      return { done: "the tour was cancelled", parts: looked, items: { tours: { remove: [asked.id] } } };
    },
  }],
});
