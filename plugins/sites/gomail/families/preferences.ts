import { button, chosen, done, exactly, textbox, written } from "halo-agent/site";
import type { Control } from "halo-agent/site";
import type { GoMailState } from "../state/state.ts";
import { family } from "./mail.ts";
import type { MailAsked, MailStart } from "./mail.ts";
import { saved, shown } from "./milestones.ts";
import { plainScene } from "./scenes.ts";

/** Sets how many mails stand on a page. */
export const pageSize = family({
  name: "page_size",
  reading: {
    says: /\b(per|on one) page\b|\bpage size\b/i,
    also: (masked) => ({ choice: /\b\d+\b/.exec(masked)?.[0] }),
  },
  milestones: ({ choice }) => {
    const option: Control = { role: "radio", name: `Page size: ${choice}` };
    return [
      shown({ name: "settings", value: 0.3, control: option, by: button("Settings") }),
      chosen({ name: "choice", value: 0.2, option }),
      saved(option),
    ];
  },
  templates: [
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
      scene: (draw) => plainScene(draw, { choice: draw.choice("pageSizes") }),
      wanted: (start) =>
        settings(start, { done: "the page size was saved", change: { pageSize: Number(start.values["choice"]) } }),
    },
  ],
});

/** Sets what stands under sent mails. */
export const signature = family({
  name: "signature",
  reading: { says: /\bsignature\b/i, rest: "text" },
  milestones: ({ text = "" }) => {
    const field = textbox("Signature");
    return [
      shown({ name: "settings", value: 0.3, control: field, by: button("Settings") }),
      written({ name: "text", value: 0.2, field, text }),
      saved(field),
    ];
  },
  templates: [
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
      scene: (draw) => plainScene(draw, { text: draw.text() }),
      wanted: (start) =>
        settings(start, { done: "the signature was saved", change: { signature: start.values["text"]! } }),
    },
  ],
});

/** Turns the vacation responder on. */
export const vacation = family({
  name: "vacation",
  reading: { says: /\bvacation\b/i, rest: "text" },
  milestones: ({ text = "" }) => {
    const tab: Control = { role: "tab", name: "Vacation responder" };
    const option: Control = { role: "radio", name: "Vacation responder: On" };
    return [
      shown({ name: "settings", value: 0.3, control: tab, by: button("Settings") }),
      shown({ name: "form", value: 0.2, control: option, by: tab }),
      chosen({ name: "on", value: 0.2, option }),
      written({ name: "text", value: 0.2, field: textbox("Vacation message"), text }),
      saved(tab),
    ];
  },
  templates: [
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
      scene: (draw) => plainScene(draw, { text: draw.text() }),
      wanted: (start) =>
        settings(start, {
          done: "the vacation responder was turned on",
          change: { vacation: "on", vacationText: start.values["text"]! },
        }),
    },
  ],
});

/** Adds a contact. */
export const contact = family({
  name: "contact",
  reading: {
    says: /\bcontacts?\b/i,
    also: (_, { sender }) => ({ name: sender, sender: undefined }),
  },
  milestones: ({ name = "", address = "" }) => {
    const field = (label: string): Control => textbox(label, "dialog:New contact");
    const add = button("Add contact");
    return [
      shown({ name: "contacts", value: 0.2, control: add, by: button("Contacts") }),
      shown({ name: "form", value: 0.2, control: field("Name"), by: add }),
      written({ name: "name", value: 0.2, field: field("Name"), text: name }),
      written({ name: "address", value: 0.2, field: field("Address"), text: address }),
      done({ name: "added", value: 0.5, button: button("Save"), gone: field("Name"), notice: "Contact added" }),
    ];
  },
  templates: [
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
      scene: (draw) => {
        const { name, address } = draw.person();
        return plainScene(draw, { name, address });
      },
      wanted: ({ state, values }) => {
        const contacts = [...state.contacts, { name: values["name"]!, address: values["address"]! }];
        contacts.sort((a, b) => a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
        return { done: `the contact ${values["name"]} was added`, parts: exactly<GoMailState>({ contacts }) };
      },
    },
  ],
});

function settings(
  { state }: MailStart,
  { done, change }: { readonly done: string; readonly change: object },
): MailAsked {
  return { done, parts: exactly<GoMailState>({ settings: { ...state.settings, ...change } }) };
}
