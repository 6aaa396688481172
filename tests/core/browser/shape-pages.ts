import type { Action } from "../../../core/domain/action.ts";
import type { PageCase } from "./page-server.ts";

/** A page of a shape that component libraries give, with what a few steps bring about on it. */
export interface ShapePage extends PageCase {
  /** Name of the element to act on, or null, and the action. */
  readonly steps: readonly (readonly [name: string | null, action: Action])[];
  /** Names that must be listed at the end; with "!" those that must not. */
  readonly wants: readonly string[];
  /** States of elements at the end, by name. */
  readonly states?: Readonly<Record<string, readonly string[]>>;
  /** What the page says at the end. */
  readonly out: string;
}

const click: Action = { action: "click" };
const say = "const say = (text) => document.getElementById('out').textContent = text;";
const page = (body: string, script = ""): string =>
  `<!doctype html><meta charset=utf-8><title>p</title><link rel=icon href=data:,><style>*{box-sizing:border-box}</style>
${body}<output id=out style="position:fixed;bottom:0;right:0"></output><script>${say}${script}</script>`;

/** Squares of 40 pixels under squares that leave a few pixels of them free, or nothing. */
const pile = (name: string, x: number, covers: string): string => {
  const at = (left: number, top: number, size = 40): string =>
    `position:absolute;left:${x + left}px;top:${60 + top}px;width:${size}px;height:${size}px`;
  const cover = ([left, top]: readonly number[]): string => `<div style="${at(left!, top!)};background:#999"></div>`;
  const offsets = covers.split(" ").map((one) => one.split(",").map(Number));
  return `<button style="${at(0, 0)}" onclick="say('${name}')">${name}</button>${offsets.map(cover).join("")}`;
};

export const shapePages: Readonly<Record<string, ShapePage>> = {
  date_picker: {
    html: page(
      `<button id=open aria-haspopup=dialog>Choose date</button><div id=root></div>`,
      `let month = new Date(2026, 6, 1), isOpen = false;
      const root = document.getElementById("root");
      const name = (d) => d.getDate() + " " + d.toLocaleString("en", { month: "long" }) + " " + d.getFullYear();
      function draw() {
        const days = Array.from({ length: 31 }, (_, i) => new Date(month.getFullYear(), month.getMonth(), i + 1));
        root.innerHTML = !isOpen ? "" : "<div role=dialog aria-label=Calendar><button data-by=1 aria-label='Next month'>›</button>" +
          "<table role=grid><tbody><tr>" + days.map((d, i) => (i % 7 ? "" : "</tr><tr>") +
          "<td role=gridcell tabindex=-1 aria-label='" + name(d) + "' data-day=" + d.getDate() + "><span>" + d.getDate() + "</span></td>").join("") +
          "</tr></tbody></table></div>";
      }
      document.getElementById("open").onclick = () => { isOpen = true; draw(); };
      root.onclick = (e) => {
        const by = e.target.closest("[data-by]"), day = e.target.closest("[data-day]");
        if (by) month = new Date(month.getFullYear(), month.getMonth() + 1, 1);
        if (day) { say(day.getAttribute("aria-label")); isOpen = false; }
        draw();
      };`,
    ),
    steps: [["Choose date", click], ["Next month", click], ["14 August 2026", click]],
    wants: ["Choose date", "!14 August 2026"],
    out: "14 August 2026",
  },
  virtual_list: {
    html: page(
      `<div id=list style="height:320px;width:300px;overflow:auto"><div id=inner style="height:40000px;position:relative"></div></div>`,
      `const list = document.getElementById("list"), inner = document.getElementById("inner");
      function draw() {
        const first = Math.floor(list.scrollTop / 40);
        inner.innerHTML = Array.from({ length: 9 }, (_, i) => first + i).map((n) =>
          "<button style='position:absolute;height:40px;width:100%;top:" + n * 40 + "px'>Row " + n + "</button>").join("");
      }
      let queued = false;
      list.onscroll = () => { if (!queued) { queued = true; requestAnimationFrame(() => { queued = false; draw(); }); } };
      inner.onclick = (e) => say(e.target.textContent);
      draw();`,
    ),
    steps: [[null, { action: "scroll", at: [100, 200], dy: 20_000 }], ["Row 503", click]],
    wants: ["Row 500", "Row 503", "!Row 3"],
    out: "Row 503",
  },
  rich_editor: {
    html: page(
      `<div role=toolbar aria-label=Format><button id=bold>Bold</button></div>
      <div id=editor contenteditable role=textbox aria-multiline=true aria-label=Body style="min-height:80px;border:1px solid"></div>`,
      `let text = "", isBold = false;
      const editor = document.getElementById("editor");
      const draw = () => {
        editor.innerHTML = isBold ? "<b>" + text + "</b>" : text;
        getSelection().selectAllChildren(editor); getSelection().collapseToEnd();
        say(editor.innerHTML);
      };
      editor.addEventListener("beforeinput", (e) => {
        e.preventDefault();
        if (e.inputType.startsWith("insert")) text += e.data ?? "";
        else text = text.slice(0, -1);
        Promise.resolve().then(draw);
      });
      const bold = document.getElementById("bold");
      bold.onmousedown = (e) => e.preventDefault();
      bold.onclick = () => { if (document.activeElement === editor) { isBold = true; draw(); } };`,
    ),
    steps: [
      ["Body", { action: "type", text: "Hello you" }],
      [null, { action: "key", keys: ["Backspace"] }],
      ["Bold", click],
    ],
    wants: ["Body", "Bold"],
    out: "<b>Hello yo</b>",
  },
  drag_handle: {
    html: page(
      `<ul id=list style="margin:0;padding:0;width:300px"></ul>`,
      `let names = ["Alpha", "Beta", "Gamma"], held = null;
      const list = document.getElementById("list");
      const draw = () => list.innerHTML = names.map((n) => "<li style='height:60px;list-style:none'>" +
        "<button data-n=" + n + " style='touch-action:none;cursor:grab;height:40px' aria-label='Move " + n + "'>⠿</button> " + n + "</li>").join("");
      draw();
      list.addEventListener("pointerdown", (e) => { held = e.target.dataset.n; list.setPointerCapture(e.pointerId); });
      list.addEventListener("pointermove", (e) => {
        if (!held) return;
        const to = Math.max(0, Math.min(2, Math.floor((e.clientY - list.getBoundingClientRect().top) / 60)));
        const rest = names.filter((n) => n !== held);
        rest.splice(to, 0, held); names = rest; draw();
      });
      list.addEventListener("pointerup", () => { held = null; say(names.join()); });`,
    ),
    steps: [["Move Alpha", { action: "drag", to: [30, 210] }]],
    wants: ["Move Alpha", "Move Gamma"],
    out: "Beta,Gamma,Alpha",
  },
  native_drag: {
    html: page(
      `<div draggable=true tabindex=0 id=card style="width:120px;height:40px;background:#ccc">Card</div>
      <div role=group aria-label=Done id=done style="margin-top:40px;width:300px;height:120px;border:1px solid"></div>`,
      `const done = document.getElementById("done"), card = document.getElementById("card");
      card.ondragstart = (e) => e.dataTransfer.setData("text/plain", "card");
      done.ondragover = (e) => e.preventDefault();
      done.ondrop = (e) => { e.preventDefault(); done.append(card); say("dropped " + e.dataTransfer.getData("text/plain")); };`,
    ),
    steps: [[null, { action: "drag", at: [30, 35], to: [100, 200] }]],
    wants: [],
    out: "dropped card",
  },
  nested_scrollers: {
    html: page(
      `<div id=outer style="height:400px;overflow:auto"><div style="height:60px"></div>
      <div id=inner style="height:200px;overflow:auto;overscroll-behavior:contain"><div style="height:500px"></div><button>Last inside</button></div>
      <div style="height:900px"></div><button>Last outside</button></div>`,
      `const tell = () => say(Math.round(document.getElementById("outer").scrollTop) + " " + (document.getElementById("inner").scrollTop > 250));
      for (const id of ["outer", "inner"]) document.getElementById(id).onscroll = tell;`,
    ),
    steps: [
      [null, { action: "scroll", at: [100, 200], dy: 5_000 }],
      [null, { action: "scroll", at: [100, 200], dy: 5_000 }],
    ],
    wants: ["Last inside", "!Last outside"],
    out: "0 true",
  },
  sticky_header: {
    html: page(
      `<div id=box style="height:300px;width:400px;overflow:auto"><div style="position:sticky;top:0;height:60px;background:#fff;z-index:1">Names</div>
      <div id=rows></div></div>`,
      `const rows = document.getElementById("rows");
      rows.innerHTML = ["Ada", "Ben", "Cid", "Dot", "Eve", "Fay", "Gus"].map((n) => "<button style='display:block;height:60px;width:200px'>" + n + "</button>").join("");
      rows.onclick = (e) => say(e.target.textContent);
      document.getElementById("box").scrollTop = 95;`,
    ),
    steps: [["Ben", click]],
    wants: ["!Ada", "Ben", "Cid"],
    out: "Ben",
  },
  custom_select: {
    html: page(
      `<span id=label>Colour</span><div id=box role=combobox tabindex=0 aria-labelledby=label aria-haspopup=listbox aria-expanded=false
      style="width:120px;height:30px;border:1px solid">Red</div>`,
      `const box = document.getElementById("box");
      let list = null;
      function close() { list?.remove(); list = null; box.setAttribute("aria-expanded", "false"); }
      box.onclick = () => {
        if (list) return close();
        box.setAttribute("aria-expanded", "true");
        list = document.createElement("ul");
        list.setAttribute("role", "listbox");
        list.style.cssText = "position:absolute;left:8px;top:40px;margin:0;padding:0;background:#eee";
        list.innerHTML = ["Red", "Green"].map((c) => "<li role=option>" + c + "</li>").join("");
        list.onpointerdown = (e) => e.preventDefault();
        list.onclick = (e) => { box.textContent = e.target.textContent; say(box.textContent); close(); };
        document.body.append(list);
      };
      box.onblur = () => setTimeout(close, 0);`,
    ),
    steps: [["Colour", click], ["Green", click]],
    wants: ["Colour", "!Green"],
    states: { Colour: ["collapsed", "focused"] },
    out: "Green",
  },
  shadow_fields: {
    html: page(
      `<form id=form><label for=full>Full name</label><x-field id=full name=full></x-field>
      <x-field name=town aria-label=Town></x-field><label for=wifi>Wi-Fi</label><x-switch id=wifi name=wifi></x-switch><button>Save</button></form>`,
      `customElements.define("x-field", class extends HTMLElement {
        static formAssociated = true;
        #internals = this.attachInternals();
        connectedCallback() {
          this.attachShadow({ mode: "open", delegatesFocus: true }).innerHTML = "<input>";
          const input = this.shadowRoot.firstChild;
          input.oninput = () => this.#internals.setFormValue(input.value);
        }
      });
      customElements.define("x-switch", class extends HTMLElement {
        static formAssociated = true;
        #internals = this.attachInternals();
        connectedCallback() {
          this.attachShadow({ mode: "closed" }).innerHTML = "<div style='width:40px;height:20px;background:#888'></div>";
          this.#internals.role = "switch";
          this.addEventListener("click", () => this.#internals.setFormValue("on"));
        }
      });
      document.getElementById("form").onsubmit = (e) => {
        e.preventDefault();
        say([...new FormData(e.target)].map(([k, v]) => k + "=" + v).join(" "));
      };`,
    ),
    steps: [
      ["Full name", { action: "type", text: "Ada" }],
      ["Town", { action: "type", text: "Rome" }],
      ["Wi-Fi", click],
      ["Save", click],
    ],
    wants: ["Full name", "Town", "Wi-Fi", "Save"],
    out: "full=Ada town=Rome wifi=on",
  },
  frame_srcdoc: {
    html: page(
      `<iframe width=400 height=200 srcdoc="<input aria-label=Comment><iframe width=300 height=80
      srcdoc='<button onclick=&quot;top.say(parent.document.body.firstChild.value)&quot;>Send</button>'></iframe>"></iframe>`,
      "top.say = say;",
    ),
    steps: [["Comment", { action: "type", text: "Fine" }], ["Send", click]],
    wants: ["Comment", "Send"],
    out: "Fine",
  },
  inert_behind: {
    html: page(
      `<main id=main inert><button id=behind>Behind</button><input aria-label=Search></main>
      <div id=ask role=dialog aria-label=Sure style="position:fixed;left:300px;top:200px"><button id=yes>Yes</button></div>`,
      `document.getElementById("yes").onclick = () => { document.getElementById("ask").remove(); document.getElementById("main").inert = false; };
      document.getElementById("behind").onclick = () => say("behind");`,
    ),
    steps: [["Yes", click], ["Behind", click]],
    wants: ["Behind", "Search", "!Yes"],
    out: "behind",
  },
  inert_at_first: {
    html: page(
      `<main inert><button>Behind</button></main><div style="position:fixed;left:300px;top:200px"><button>Yes</button></div>`,
    ),
    steps: [],
    wants: ["Yes", "!Behind"],
    out: "",
  },
  popover: {
    html: page(
      `<button popovertarget=menu>More</button><button id=other style="margin-left:600px">Other</button>
      <div popover id=menu style="left:20px;top:80px;margin:0"><button id=copy>Copy</button><button popovertarget=sub>Share</button></div>
      <div popover id=sub style="left:200px;top:80px;margin:0"><button id=mail>By mail</button></div>`,
      `for (const id of ["copy", "mail"]) document.getElementById(id).onclick = (e) => say(e.target.textContent);`,
    ),
    steps: [["More", click], ["Share", click], ["By mail", click]],
    wants: ["Copy", "By mail"],
    states: { More: ["expanded"], Share: ["expanded"] },
    out: "By mail",
  },
  popover_closed: {
    html: page(
      `<button popovertarget=menu>More</button><div popover id=menu><button>Copy</button></div><button id=o>Other</button>`,
      `document.getElementById("o").onclick = () => say("other");`,
    ),
    steps: [["More", click], ["Other", click]],
    wants: ["More", "!Copy"],
    states: { More: ["collapsed"] },
    out: "other",
  },
  disclosures: {
    html: page(
      `<details name=one><summary>Shipping</summary><button id=x>Express</button></details>
      <details name=one open><summary>Payment</summary><button>Card</button></details>`,
      `document.getElementById("x").onclick = () => say("express");`,
    ),
    steps: [["Shipping", click], ["Express", click]],
    wants: ["Shipping", "Payment", "Express", "!Card"],
    states: { Shipping: ["expanded"], Payment: ["collapsed"] },
    out: "express",
  },
  disabled_group: {
    html: page(
      `<fieldset id=set disabled><legend>Card</legend><input aria-label=Number><button>Pay</button></fieldset><button id=on>Allow</button>`,
      `const set = document.getElementById("set");
      document.getElementById("on").onclick = () => say(String(set.matches(":disabled")));`,
    ),
    steps: [["Allow", click]],
    wants: ["Number", "Pay"],
    states: { Number: ["disabled"], Pay: ["disabled"] },
    out: "true",
  },
  slivers: {
    html: page(
      pile("Above", 20, "0,3") + pile("Left", 80, "3,0") + pile("Below", 140, "0,-3") + pile("Right", 200, "-2,0") +
        pile("Corner", 260, "0,-3 -3,0") + pile("Between", 340, "-22,0 21,0") + pile("Gone", 440, "-20,0 20,0") +
        pile("Hairline", 520, "0,1") +
        `<div style="position:absolute;top:150px;left:20px;width:200px;height:43px;overflow:auto"><div style="height:40px">Top</div>
          <button style="display:block;height:40px;width:100px" onclick="say('Edge')">Edge</button><button>Away</button></div>`,
    ),
    steps: ["Above", "Left", "Below", "Right", "Corner", "Between", "Edge"].map((name) => [name, click] as const),
    wants: ["Above", "Left", "Below", "Right", "Corner", "Between", "Edge", "!Gone", "!Hairline"],
    out: "Edge",
  },
  list_boxes: {
    html: page(
      `<label>Countries<br><select id=many multiple size=4>${
        ["Chad", "Fiji", "Iran", "Laos", "Mali", "Peru"].map((name) => `<option>${name}</option>`).join("")
      }</select></label>
      <label>Size<br><select id=one size=3><option>Small<option selected>Medium<option disabled>Large</select></label>
      <label>Colour <select><option>Red<option>Green</select></label>`,
      `document.addEventListener("change", () => {
        const chosen = (id) => Array.from(document.getElementById(id).selectedOptions, (o) => o.text).join("+");
        say(chosen("many") + " " + chosen("one"));
      });`,
    ),
    steps: [
      ["Fiji", click],
      ["Chad", click],
      ["Countries", { action: "select", options: ["Iran", "Peru"] }],
      ["Small", click],
    ],
    wants: ["Countries", "Chad", "Laos", "!Peru", "Size", "Medium", "Large", "Colour", "!Red", "!Green"],
    states: { Iran: ["selected"], Small: ["selected"], Medium: [], Large: ["disabled"] },
    out: "Iran+Peru Small",
  },
  controls_under_drawings: {
    html: page(
      `<style>.sr{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0 0 0 0)}</style>
      <span id=rail style="display:inline-block;position:relative;width:100px;height:20px;background:#ccc;cursor:pointer"><span
        style="position:absolute;left:0;width:20px;height:20px;background:#666"></span><input class=sr type=range aria-label=Volume
        min=0 max=100 value=0></span>
      <div id=box style="position:relative;width:200px;height:30px;border:1px solid"><input id=shown role=combobox
        aria-expanded=false aria-label=Many style="position:absolute;z-index:-1;inset:0;opacity:0"><span>two chosen</span><input
        aria-hidden=true tabindex=-1 style="position:absolute;z-index:-1;inset:0;opacity:0;pointer-events:none"></div>
      <div id=card style="cursor:pointer;width:200px;height:40px;border:1px solid">Pro plan<input class=sr type=checkbox></div>
      <div id=loose style="cursor:pointer;width:200px;height:40px;border:1px solid">Two in one<input class=sr type=checkbox
        aria-label=A><input class=sr type=checkbox aria-label=B></div>`,
      `const range = document.querySelector("input[type=range]");
      rail.onmousedown = (e) => range.value = Math.round(e.offsetX);
      box.onmousedown = () => shown.setAttribute("aria-expanded", "true");
      card.onclick = () => {
        const tick = card.querySelector("input");
        tick.checked = !tick.checked;
        say([range.value, shown.getAttribute("aria-expanded"), tick.checked].join(" "));
      };`,
    ),
    steps: [["Volume", click], ["Many", click], ["Pro plan", click]],
    wants: ["Volume", "Many", "Pro plan", "Two in one", "!A", "!B"],
    states: { "Pro plan": ["checked"], Many: ["editable", "expanded"] },
    out: "50 true true",
  },
  parts_with_a_hand: {
    html: page(
      `<ul id=menu tabindex=0 style="width:200px">${
        ["Ada", "Java", "Perl"].map((name) => `<li style="cursor:pointer"><div tabindex=-1>${name}</div></li>`).join("")
      }</ul>
      <div role=button tabindex=0 id=tag style="display:inline-block;cursor:default;padding:4px">Tag one<svg id=cross
        aria-label="Take off" style="cursor:pointer" width=16 height=16><rect width=16 height=16 /></svg></div>
      <button id=save>Save<i style="display:inline-block;width:10px;height:10px"></i></button>
      <div role=radiogroup>${
        [1, 2, 3].map((n) =>
          `<div role=radio aria-checked=false aria-posinset=${n} aria-setsize=3 tabindex=-1
            style="display:inline-block;width:20px;height:20px;background:gold" onclick="rate = ${n}"></div>`
        ).join("")
      }</div>
      <div role=combobox aria-label=Speed aria-expanded=false tabindex=0 style="width:90px">Slow</div>`,
      `let rate = 0, off = 0;
      menu.onclick = (e) => say([e.target.textContent, rate, off].join(" "));
      cross.onclick = () => off++;`,
    ),
    steps: [["2 of 3", click], ["Take off", click], ["Java", click]],
    wants: ["Ada", "Perl", "Tag one", "Take off", "Save", "1 of 3", "Speed"],
    out: "Java 2 1",
  },
  components_in_shadow_trees: {
    html: page(
      `<x-field aria-label=Email></x-field><x-row>Row one</x-row><x-switch></x-switch><x-opener></x-opener>
      <button>Save<span style="visibility:hidden">Saving</span><span style="display:none">Saved</span></button>
      <div role=presentation tabindex=0 style="width:80px;height:20px;cursor:pointer">Step</div>`,
      `const define = (name, html, made = () => {}) => customElements.define(name, class extends HTMLElement {
        connectedCallback() {
          const root = this.attachShadow({ mode: "open" });
          root.innerHTML = "<style>:host{display:inline-block}</style>" + html;
          made(root, this);
        }
      });
      let said = [];
      const add = (text) => say((said = [...said, text]).join(" "));
      define("x-field", "<div style='border:1px solid;padding:4px'><span style='position:absolute'>Email</span>" +
        "<div style='opacity:0'><input></div></div>", (root) => root.querySelector("input").oninput = (e) => add(e.target.value));
      define("x-row", "<style>:host{cursor:pointer}</style><div tabindex=0><slot></slot></div>",
        (root) => root.querySelector("div").onclick = () => add("row"));
      define("x-switch", "<div><input type=checkbox role=switch aria-label=Wifi style='position:absolute;width:0;height:0;opacity:0'>" +
        "<span style='display:inline-block;width:40px;height:20px;background:#999;cursor:pointer'></span></div>", (root) => {
          const input = root.querySelector("input");
          root.querySelector("div").onclick = () => { input.checked = !input.checked; add("wifi"); };
        });
      define("x-opener", "<button>Open it</button><dialog style='width:300px'><button>Fine</button></dialog>", (root) => {
        const dialog = root.querySelector("dialog");
        root.querySelector("button").onclick = () => {
          dialog.showModal();
          dialog.animate([{ transform: "translateY(-300px)" }, { transform: "none" }], { duration: 700 });
        };
        dialog.querySelector("button").onclick = () => { add("fine"); dialog.close(); };
      });`,
    ),
    steps: [
      ["Email", { action: "type", text: "a" }],
      ["Row one", click],
      ["Wifi", click],
      ["Open it", click],
      ["Fine", click],
    ],
    wants: ["Email", "Row one", "Wifi", "Open it", "Save", "Step", "!Fine"],
    states: { Wifi: ["checked"], Email: ["editable"] },
    out: "a row wifi fine",
  },
};
