import { join } from "node:path";

/** Where an arm's own run folder stands in the folder of its run. */
export const armPath = (run: string, arm: string): string => join(run, "arms", arm);
