import { Radios } from "halo-agent/site/app";
import type { JSX } from "preact";
import type { Settings } from "../state/preferences.ts";
import type { SettingsTab, SettingsView } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import { Button, toneOf } from "./parts.tsx";
import type { Props } from "./parts.tsx";

type TabProps = Props & { readonly view: SettingsView };

const tabs: readonly (readonly [tab: SettingsTab, name: string])[] = [
  ["general", "General"],
  ["labels", "Labels"],
  ["vacation", "Vacation responder"],
  ["appearance", "Appearance"],
];

/** The settings; what is edited counts once it is saved. */
export function SettingsPage({ state, dispatch, view }: TabProps): JSX.Element {
  const props = { state, dispatch, view };
  return (
    <>
      <div class="toolbar">
        <Button
          name="Back to inbox"
          icon="back"
          isIconOnly
          onClick={() => dispatch({ type: "open-list", folder: "inbox" })}
        />
        <span class="title">Settings</span>
      </div>
      <div class="tabs" role="tablist" aria-label="Settings">
        {tabs.map(([tab, name]) => (
          <button
            key={tab}
            type="button"
            role="tab"
            class={`tab ${tab === view.tab ? "current" : ""}`}
            aria-selected={tab === view.tab}
            onClick={() => dispatch({ type: "open-settings", tab })}
          >
            {name}
          </button>
        ))}
      </div>
      <div key={view.tab} class="pane settings">
        {view.tab === "general" && <General {...props} />}
        {view.tab === "labels" && <Labels {...props} />}
        {view.tab === "vacation" && <Vacation {...props} />}
        {view.tab === "appearance" && <Appearance {...props} />}
      </div>
      {view.tab !== "labels" && (
        <div key="foot" class="settings-foot">
          {view.alert !== "" && <span class="problem" role="alert">{view.alert}</span>}
          <Button name="Save changes" kind="primary" onClick={() => dispatch({ type: "save-settings" })} />
          <Button name="Cancel" onClick={() => dispatch({ type: "open-list", folder: "inbox" })} />
        </div>
      )}
    </>
  );
}

function General(props: TabProps): JSX.Element {
  return (
    <>
      <Setting name="Page size" hint="Conversations on one page of a list">
        <Choose {...props} name="Page size" field="pageSize" offered={[[10, "10"], [25, "25"], [50, "50"]]} />
      </Setting>
      <Setting name="Keyboard shortcuts" hint="Press ? for the list">
        <Choose {...props} name="Keyboard shortcuts" field="shortcuts" offered={[["on", "On"], ["off", "Off"]]} />
      </Setting>
      <Setting name="Snippets" hint="The first words of a mail in its row">
        <Choose {...props} name="Snippets" field="snippets" offered={[["show", "Show"], ["hide", "Hide"]]} />
      </Setting>
      <Setting name="Signature" hint="Goes under every mail you send">
        <Area {...props} name="Signature" field="signature" />
      </Setting>
    </>
  );
}

function Vacation(props: TabProps): JSX.Element {
  return (
    <>
      <Setting name="Vacation responder" hint="Answers who writes to you while you are away">
        <Choose {...props} name="Vacation responder" field="vacation" offered={[["off", "Off"], ["on", "On"]]} />
      </Setting>
      <Setting name="First day" hint="From today when empty">
        <Line {...props} name="First day" field="vacationFrom" placeholder="2024-07-22" />
      </Setting>
      <Setting name="Last day" hint="Without an end when empty">
        <Line {...props} name="Last day" field="vacationTo" placeholder="2024-07-29" />
      </Setting>
      <Setting name="Subject">
        <Line {...props} name="Vacation subject" field="vacationSubject" />
      </Setting>
      <Setting name="Message">
        <Area {...props} name="Vacation message" field="vacationText" />
      </Setting>
    </>
  );
}

function Appearance(props: TabProps): JSX.Element {
  return (
    <>
      <Setting name="Theme">
        <Choose {...props} name="Theme" field="theme" offered={[["light", "Light"], ["dark", "Dark"]]} />
      </Setting>
      <Setting name="Density" hint="Height of the rows">
        <Choose
          {...props}
          name="Density"
          field="density"
          offered={[["comfortable", "Comfortable"], ["compact", "Compact"]]}
        />
      </Setting>
    </>
  );
}

function Labels({ state, dispatch }: TabProps): JSX.Element {
  return (
    <>
      {state.labels.map((label) => {
        const n = state.emails.filter((e) => e.labels.includes(label)).length;
        return (
          <div key={label} class="managed">
            <span class={`dot tone-${toneOf(label)}`}>
              <Icon name="label" />
            </span>
            <span class="managed-name">{label}</span>
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
      <div class="managed last">
        <Button name="New label" icon="plus" kind="primary" onClick={() => dispatch({ type: "new-label" })} />
      </div>
    </>
  );
}

function Setting(
  { name, hint, children }: { readonly name: string; readonly hint?: string; readonly children: JSX.Element },
): JSX.Element {
  return (
    <div class="setting">
      <div class="setting-name" aria-hidden="true">
        <b>{name}</b>
        {hint !== undefined && <div class="quiet">{hint}</div>}
      </div>
      {children}
    </div>
  );
}

function Choose<K extends "pageSize" | "shortcuts" | "snippets" | "theme" | "density" | "vacation">(
  { dispatch, view, name, field, offered }: TabProps & {
    readonly name: string;
    readonly field: K;
    readonly offered: readonly (readonly [value: Settings[K], name: string])[];
  },
): JSX.Element {
  return (
    <Radios
      name={name}
      value={view.draft[field]}
      offered={offered}
      onChoose={(value) => dispatch({ type: "settings-choose", field, value })}
    />
  );
}

type Text = "signature" | "vacationFrom" | "vacationTo" | "vacationSubject" | "vacationText";

function Line(
  p: TabProps & { readonly name: string; readonly field: Text; readonly placeholder?: string },
): JSX.Element {
  return (
    <input
      class="line boxed"
      aria-label={p.name}
      placeholder={p.placeholder}
      autocomplete="off"
      spellcheck={false}
      value={p.view.draft[p.field]}
      onInput={(e) => p.dispatch({ type: "settings-input", field: p.field, text: e.currentTarget.value })}
    />
  );
}

function Area(p: TabProps & { readonly name: string; readonly field: Text }): JSX.Element {
  return (
    <textarea
      class="boxed"
      aria-label={p.name}
      spellcheck={false}
      value={p.view.draft[p.field]}
      onInput={(e) => p.dispatch({ type: "settings-input", field: p.field, text: e.currentTarget.value })}
    />
  );
}
