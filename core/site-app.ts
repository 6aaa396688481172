/** Public entry: the page side of a replica site. Runs in the browser, bundled into the site's script. */
export { asksBut } from "./site/app/answers.ts";
export { mount } from "./site/app/mount.tsx";
export type { App, ViewProps } from "./site/app/mount.tsx";
export type { Router } from "./site/app/router.ts";
export { selector } from "./site/app/alias.ts";
export { find, scrollPanes } from "./site/app/focus.ts";

export { Banner } from "./site/app/banner.tsx";
export { Button, Checkbox, Link, PressButton, Tick } from "./site/app/button.tsx";
export type { ButtonProps } from "./site/app/button.tsx";
export { Drawing } from "./site/app/drawing.tsx";
export { Menu, MenuCheck, MenuItem, MenuLine } from "./site/app/menu.tsx";
export { Choice, Option, Radios, TextArea, TextField, TextInput } from "./site/app/fields.tsx";
export type { TextProps } from "./site/app/fields.tsx";
export { first, Frame, ModalWindow } from "./site/app/frame.tsx";
export { Notice } from "./site/app/notice.tsx";
export { Tabs } from "./site/app/tabs.tsx";
export { Avatar, toneOf } from "./site/app/tone.tsx";

export { siteStorage } from "./site/app/storage.ts";
export type { Act } from "./site/acts.ts";
export type { SiteStorage, StorageOptions } from "./site/app/storage.ts";
export { showRoute } from "./site/app/routes.ts";
