/** Numbers in words, up to ninety: "two", "twelve", "forty". */
export const numberWords: Readonly<Record<string, number>> = Object.fromEntries([
  ...("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen " +
    "nineteen").split(" ").map((word, i) => [word, i + 1]),
  ..."twenty thirty forty fifty sixty seventy eighty ninety".split(" ").map((word, i) => [word, 20 + 10 * i]),
]);
