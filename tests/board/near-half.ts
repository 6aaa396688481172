import { type Curriculum, definePlugin } from "halo-agent";

/** Tasks of the families that about half of the last episodes solved come first. */
export default definePlugin({
  kind: "curriculum",
  name: "near-half",
  summary: "Prefers families that half of their episodes solve.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: { pool: { type: "integer", minimum: 1, default: 3, description: "Tasks to choose each one from." } },
  },
  create: ({ pool }): Curriculum => ({
    next({ n, drawn, split, seed, trained, tasks }) {
      const distance = (template: string): number => {
        const last = trained.filter((task) => task.template === template).slice(-4);
        const successes = last.reduce((sum, task) => sum + task.successes, 0);
        const episodes = last.reduce((sum, task) => sum + task.episodes, 0);
        return Math.abs((successes + 1) / (episodes + 2) - 0.5);
      };
      const fresh = Array.from({ length: n * pool }, (_, i) => tasks.draw({ split, seed, index: drawn * pool + i }));
      return fresh.map((task) => ({ task, off: distance(task.template) })).sort((a, b) => a.off - b.off).slice(0, n)
        .map(({ task }) => task);
    },
  }),
});
