import type { Drawer } from "./drawer.ts";
import type { Scene, Start, Template, Values, Wanted } from "./template.ts";

/** Goals about the settings and the address book. */
export const preferences: readonly Template[] = [
  {
    name: "page_size", // Settings, the number, Save changes
    optimum: 3,
    wordings: [
      "Set the page size to {choice} in the settings.",
      "Please show {choice} conversations per page, it is in the settings.",
    ],
    paraphrases: [
      "In the settings, change the page size: {choice} is what I need.",
      "I want {choice} mails on one page, save that in the settings.",
    ],
    scene: (draw) => plain(draw, { choice: draw.choice("pageSizes") }),
    wanted: (start) =>
      settings(start, { done: "the page size was saved", change: { pageSize: Number(start.values["choice"]) } }),
  },
  {
    name: "signature", // Settings, type it, Save changes
    optimum: 3,
    wordings: [
      'Set the signature to "{text}" in the settings.',
      'Please use "{text}" as my signature, it is in the settings.',
    ],
    paraphrases: [
      'From now on my mails should end with the signature "{text}", save that in the settings.',
      'Open the settings and change my signature: "{text}" is the new one.',
    ],
    scene: (draw) => plain(draw, { text: draw.text() }),
    wanted: (start) =>
      settings(start, { done: "the signature was saved", change: { signature: start.values["text"]! } }),
  },
  {
    name: "vacation", // Settings, Vacation responder, On, the message, Save changes
    optimum: 5,
    wordings: [
      'Turn on the vacation responder in the settings with the message "{text}".',
      'Please switch the vacation responder on in the settings, its message is "{text}".',
    ],
    paraphrases: [
      'I am away: in the settings, let the vacation responder send the message "{text}".',
      'While I am on vacation the responder should say "{text}", so turn it on in the settings.',
    ],
    scene: (draw) => plain(draw, { text: draw.text() }),
    wanted: (start) =>
      settings(start, {
        done: "the vacation responder was turned on",
        change: { vacation: "on", vacationText: start.values["text"]! },
      }),
  },
  {
    name: "add_contact", // Contacts, Add contact, name, address, Save
    optimum: 5,
    wordings: [
      "Add a contact with the name {name} and the address {address}.",
      "Please save {name} with the address {address} in the contacts.",
    ],
    paraphrases: [
      "I met {name}, so add a contact; the address is {address}.",
      "My contacts lack {name} with the address {address}, add that.",
    ],
    scene(draw) {
      const { name, address } = draw.person();
      return plain(draw, { name, address });
    },
    wanted({ state, values }) {
      const contacts = [...state.contacts, { name: values["name"]!, address: values["address"]! }];
      contacts.sort((a, b) => a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
      return { done: `the contact ${values["name"]} was added`, state: { contacts } };
    },
  },
];

function plain(draw: Drawer, values: Values): Scene {
  return { setup: { mails: draw.distractors(3) }, values };
}

function settings({ state }: Start, { done, change }: { readonly done: string; readonly change: object }): Wanted {
  return { done, state: { settings: { ...state.settings, ...change } } };
}
