/** Building blocks that built-in plugins use and third parties may: statistics, action parsing, hashing, files. */
export {};
