import { type Action, definePlugin, type Element, type Policy, type Sample } from "halo-agent";

/** A step on the control of this name: typed into when there is a text, else clicked; null declares the end. */
type Move = readonly [name: string, role?: string, text?: string] | null;

const mail = (to: string, subject: string, text: string): readonly Move[] => [
  ["Compose"],
  ["To", "combobox", to],
  ["Subject", "textbox", subject],
  ["Message", "textbox", text],
  ["Send", "button"],
  null,
];
const john = "Select email from John Doe, Recap of the Monday meeting";

/** What is done for each task: right work, wrong work, work without a declared end, and ends without work. */
const scripts: Readonly<Record<string, readonly Move[]>> = {
  "v2.gomail-8": mail("kevin.moore@example.com", "Project", "Could you send me the project details?"),
  "v2.gomail-11": [null],
  "v2.gomail-13": mail("charles.davis@example.com", "Moved", 'The meeting is now at 8:30 AM. "Ok"? \\n it\'s\ttrue'),
  "v2.gomail-14": [["Select all"], ["Delete"], null],
  "v2.gomail-16": [["Create new label"], ["Label name", "textbox", "Support Emails"], ["Create"], null],
  "v2.gomail-18": mail("brian.king@example.com", "Notes", "Please send me the meeting notes."),
  "v2.gomail-20": [["Select all"], ["Select all 54 conversations"], ["Delete"], null],
  "v2.gomail-21": [[john], ["Search mail", "searchbox", "support"], ["No such control"], null],
  "v2.gomail-24": [[john], ["Delete"], null],
  "v2.gomail-26": [["Search mail", "searchbox", "noreply"], ["Select all"], ["Delete"], null],
};

/** Follows a script for each task of the mail site; a control that is not there is an output that cannot be read. */
export default definePlugin({
  kind: "policy",
  name: "bench-agisdk",
  summary: "Scripts for some of REAL's mail tasks, right and wrong.",
  options: { type: "object", additionalProperties: false, properties: {} },
  create(): Policy {
    return {
      need: {},
      can: { trace: "none", maxN: 1, deterministic: true },
      sample({ at: { task, depth, observation }, temperature }) {
        const move = scripts[task.id.split("/")[0]!]?.[depth] ?? null;
        const action = actionOf(move, observation.elements);
        const sample: Sample = action === undefined
          ? { text: "?", parsed: { ok: false, code: "NO_ACTION", message: "no such control" }, trace: { kind: "none" } }
          : { text: JSON.stringify(action), parsed: { ok: true, action, repairs: 0 }, trace: { kind: "none" } };
        return Promise.resolve({ prompt: { kind: "none" }, samples: [sample], policyVersion: 0, temperature });
      },
      close: () => Promise.resolve(),
    };
  },
});

function actionOf(move: Move, elements: readonly Element[]): Action | undefined {
  if (move === null) return { action: "done" };
  const [name, role, text] = move;
  const el = elements.find((e) => e.name === name && (role === undefined || e.role === role))?.id;
  if (el === undefined) return undefined;
  return text === undefined
    ? { action: "click", el }
    : { action: "type", el, text, clear: true, submit: role === "searchbox" };
}
