import { Radios, Tabs, TextArea, TextInput } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Settings } from "../state/preferences.ts";
import type { SettingsTab, SettingsView } from "../state/state.ts";
import { Button, LabelSign, TitleBar } from "./parts.tsx";
import type { Props } from "./parts.tsx";

type TabProps = Props & { readonly view: SettingsView };

const tabs: readonly (readonly [tab: SettingsTab, name: string])[] = [
  ["general", "General"],
  ["labels", "Labels"],
  ["vacation", "Vacation responder"],
  ["appearance", "Appearance"],
];

/** One setting with what edits it; what edits it is called `label`, as the setting itself when absent. */
interface Setting {
  readonly name: string;
  readonly label?: string;
  readonly hint?: string;
  readonly control: (props: TabProps, label: string) => JSX.Element;
}

const settings: Readonly<Record<Exclude<SettingsTab, "labels">, readonly Setting[]>> = {
  general: [
    {
      name: "Page size",
      hint: "Conversations on one page of a list",
      control: oneOf("pageSize", [[10, "10"], [25, "25"], [50, "50"]]),
    },
    {
      name: "Keyboard shortcuts",
      hint: "Press ? for the list",
      control: oneOf("shortcuts", [["on", "On"], ["off", "Off"]]),
    },
    {
      name: "Snippets",
      hint: "The first words of a mail in its row",
      control: oneOf("snippets", [["show", "Show"], ["hide", "Hide"]]),
    },
    { name: "Signature", hint: "Goes under every mail you send", control: area("signature") },
  ],
  vacation: [
    {
      name: "Vacation responder",
      hint: "Answers who writes to you while you are away",
      control: oneOf("vacation", [["off", "Off"], ["on", "On"]]),
    },
    { name: "First day", hint: "From today when empty", control: line("vacationFrom", "2024-07-22") },
    { name: "Last day", hint: "Without an end when empty", control: line("vacationTo", "2024-07-29") },
    { name: "Subject", label: "Vacation subject", control: line("vacationSubject") },
    { name: "Message", label: "Vacation message", control: area("vacationText") },
  ],
  appearance: [
    { name: "Theme", control: oneOf("theme", [["light", "Light"], ["dark", "Dark"]]) },
    {
      name: "Density",
      hint: "Height of the rows",
      control: oneOf("density", [["comfortable", "Comfortable"], ["compact", "Compact"]]),
    },
  ],
};

/** The settings; what is edited counts once it is saved. */
export function SettingsPage(props: TabProps): JSX.Element {
  const { dispatch, view } = props;
  return (
    <>
      <TitleBar dispatch={dispatch} title="Settings" />
      <Tabs
        name="Settings"
        value={view.tab}
        offered={tabs}
        onChoose={(tab) => dispatch({ type: "open-settings", tab })}
      />
      <div key={view.tab} class="pane settings">
        {view.tab === "labels"
          ? <Labels {...props} />
          : settings[view.tab].map((setting) => (
            <div key={setting.name} class="setting">
              <div class="setting-name" aria-hidden="true">
                <b>{setting.name}</b>
                {setting.hint !== undefined && <div class="quiet">{setting.hint}</div>}
              </div>
              {setting.control(props, setting.label ?? setting.name)}
            </div>
          ))}
      </div>
      {view.tab !== "labels" && (
        <div key="foot" class="settings-foot across">
          {view.alert !== "" && <span class="problem" role="alert">{view.alert}</span>}
          <Button name="Save changes" kind="primary" onClick={() => dispatch({ type: "save-settings" })} />
          <Button name="Cancel" onClick={() => dispatch({ type: "open-list", folder: "inbox" })} />
        </div>
      )}
    </>
  );
}

function Labels({ state, dispatch }: TabProps): JSX.Element {
  return (
    <>
      {state.labels.map((label) => {
        const n = state.emails.filter((e) => e.labels.includes(label)).length;
        return (
          <div key={label} class="managed across">
            <LabelSign label={label} />
            <span class="spring">{label}</span>
            <span class="quiet">{n === 1 ? "1 conversation" : `${n} conversations`}</span>
            <Button
              name={`Rename label ${label}`}
              text="Rename"
              icon="pen"
              onClick={() => dispatch({ type: "edit-label", label, to: "rename" })}
            />
            <Button
              name={`Delete label ${label}`}
              text="Delete"
              icon="trash"
              onClick={() => dispatch({ type: "edit-label", label, to: "delete" })}
            />
          </div>
        );
      })}
      <div class="managed across last">
        <Button name="New label" icon="plus" kind="primary" onClick={() => dispatch({ type: "new-label" })} />
      </div>
    </>
  );
}

function oneOf<K extends "pageSize" | "shortcuts" | "snippets" | "theme" | "density" | "vacation">(
  field: K,
  offered: readonly (readonly [value: Settings[K], name: string])[],
): Setting["control"] {
  return ({ dispatch, view }, name) => (
    <Radios
      name={name}
      value={view.draft[field]}
      offered={offered}
      onChoose={(value) => dispatch({ type: "settings-choose", field, value })}
    />
  );
}

type Text = "signature" | "vacationFrom" | "vacationTo" | "vacationSubject" | "vacationText";

function line(field: Text, placeholder?: string): Setting["control"] {
  return (props, name) => (
    <TextInput class="line boxed" {...textOf(props, name, field)} {...(placeholder !== undefined && { placeholder })} />
  );
}

function area(field: Text): Setting["control"] {
  return (props, name) => <TextArea class="boxed" {...textOf(props, name, field)} />;
}

function textOf({ dispatch, view }: TabProps, name: string, field: Text) {
  const onInput = (text: string): void => dispatch({ type: "settings-input", field, text });
  return { name, value: view.draft[field], onInput };
}
