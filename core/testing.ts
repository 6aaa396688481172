/** Helpers for plugin tests. */
export {};
