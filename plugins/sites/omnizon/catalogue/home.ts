/** Products in the rows of the home page. */
export const dealIds: readonly string[] = ["3", "29", "54", "70", "98", "136", "155"];
export const freshIds: readonly string[] = ["18", "44", "76", "120", "127", "175", "206"];
