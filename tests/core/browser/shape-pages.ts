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

export const click: Action = { action: "click" };
const say = "const say = (text) => document.getElementById('out').textContent = text;";
export const page = (body: string, script = ""): string =>
  `<!doctype html><meta charset=utf-8><title>p</title><link rel=icon href=data:,><style>*{box-sizing:border-box}</style>
${body}<output id=out style="position:fixed;bottom:0;right:0"></output><script>${say}${script}</script>`;

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
};
