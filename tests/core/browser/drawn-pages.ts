import { click, page, type ShapePage } from "./shape-pages.ts";

/** Squares of 40 pixels under squares that leave a few pixels of them free, or nothing. */
const pile = (name: string, x: number, covers: string): string => {
  const at = (left: number, top: number, size = 40): string =>
    `position:absolute;left:${x + left}px;top:${60 + top}px;width:${size}px;height:${size}px`;
  const cover = ([left, top]: readonly number[]): string => `<div style="${at(left!, top!)};background:#999"></div>`;
  const offsets = covers.split(" ").map((one) => one.split(",").map(Number));
  return `<button style="${at(0, 0)}" onclick="say('${name}')">${name}</button>${offsets.map(cover).join("")}`;
};

/** Pages on which what is seen of a control is not all of it, or is drawn by something else. */
export const drawnPages: Readonly<Record<string, ShapePage>> = {
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
      <div role=presentation tabindex=0 style="width:80px;height:20px;cursor:pointer">Step</div>
      <button role=none>Still here</button>
      <span id=unseen hidden><b>Nick</b> <i>name</i></span><input aria-labelledby=unseen>`,
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
    wants: ["Email", "Row one", "Wifi", "Open it", "Save", "Step", "Still here", "Nick name", "!Fine"],
    states: { Wifi: ["checked"], Email: ["editable"] },
    out: "a row wifi fine",
  },
};
