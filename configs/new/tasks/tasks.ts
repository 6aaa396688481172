import { definePlugin, type Task, type TaskSource } from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";

/** Values by split; what is tested shares none with what is trained on. */
const people: Readonly<Record<string, readonly string[]>> = {
  train: ["Ada Byron", "Max Born", "Lise Meitner", "Emmy Noether", "Paul Erdos", "Maria Agnesi", "Carl Gauss"],
  eval: ["Rosa Parks", "Alan Turing", "Grace Hopper", "Kurt Goedel", "Hedy Lamarr", "Ida Rhodes", "John Tukey"],
};
const topics: Readonly<Record<string, readonly string[]>> = {
  train: ["Tide tables", "Loose ends", "Spare keys", "Garden plan", "Train times"],
  eval: ["Bus passes", "Paint samples", "Lost scarf", "Chess club", "Roof repair"],
};

/** Mail tasks with names of your own, on the GoMail site, which judges `star` tasks by its own strict rule. */
export default definePlugin({
  kind: "tasks",
  name: "my-tasks",
  summary: "Star the mail of a sender.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      mails: { type: "integer", default: 4, minimum: 1, maximum: 6, description: "Mails added to the mailbox." },
    },
  },
  create({ mails }): TaskSource {
    const draw: TaskSource["draw"] = ({ split, index, seed }) => {
      // Keyed, never a stream: equal arguments give equal tasks, in any order.
      const rng = keyedRng("star", split, index, seed);
      const senders = shuffle(rng.derive("people"), people[split]!).slice(0, mails);
      const about = shuffle(rng.derive("topics"), topics[split]!);
      const rows = shuffle(rng.derive("rows"), [...senders.keys()]);
      const added = senders.map((from, i) => ({
        from,
        fromAddress: `${from.toLowerCase().replace(" ", ".")}@example.test`,
        subject: about[i % about.length]!,
        content: "See you soon.",
        position: rows[i]!, // 0 is the top of the inbox
      }));
      const [{ from: sender, subject }] = [added[0]!];
      const id = `my-tasks/star/${split}/${index}@${seed}`;
      return {
        id,
        key: id,
        goal: { id, text: `Star the email from ${sender}.`, startUrl: "http://gomail.halo.test/", maxSteps: 6 },
        site: "gomail",
        template: "star",
        split,
        optimum: 1,
        params: { setup: { mails: added }, sender, subject },
      } satisfies Task;
    };
    return {
      splits: Object.keys(people),
      draw,
      list: ({ split, match = "*" }) =>
        Promise.resolve(
          (split === undefined ? Object.keys(people) : [split])
            .flatMap((name) => Array.from({ length: 16 }, (_, index) => draw({ split: name, index, seed: 0 })))
            .filter((task) => isLike(task.key, match)),
        ),
    };
  },
});

/** True when the glob fits, `*` stands for anything. */
function isLike(key: string, glob: string): boolean {
  const parts = glob.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "u").test(key);
}
