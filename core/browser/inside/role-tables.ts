const words = (text: string): readonly string[] => text.split(" ");

/** What roles and tags mean for a list of controls. The page receives it as JSON. */
export const roleTables = {
  /** What takes clicks, keys or text. */
  interactive: words(
    "button link checkbox radio switch textbox searchbox combobox spinbutton slider option menuitem menuitemcheckbox " +
      "menuitemradio tab treeitem gridcell",
  ),
  /** What a region is named after. */
  landmarks: words(
    "dialog alertdialog navigation main search toolbar menu listbox banner complementary contentinfo form region " +
      "tablist menubar",
  ),
  /** What tells its text to the controls in it. */
  rows: words("row listitem option group status alert treeitem radiogroup article"),
  /** What has a value in place of a text of its own. */
  fields: words("textbox searchbox combobox spinbutton slider listbox"),
  /** Types of `input` that take no text. */
  notText: words("checkbox radio button submit reset image file color range hidden"),
  tagRoles: {
    button: "button",
    summary: "button",
    textarea: "textbox",
    option: "option",
    nav: "navigation",
    main: "main",
    header: "banner",
    footer: "contentinfo",
    aside: "complementary",
    dialog: "dialog",
    search: "search",
    tr: "row",
    li: "listitem",
    fieldset: "group",
    article: "article",
  } as Readonly<Record<string, string>>,
} as const;

export type RoleTables = typeof roleTables;
