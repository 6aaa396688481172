/** Public entry: what a replica site is built from. Pure functions of its state, its tasks and what its pages show. */
export {};
