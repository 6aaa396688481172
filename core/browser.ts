/** The browser layer, for environments. */
export {};
