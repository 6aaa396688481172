/** Parts of drawings on 100 × 100: the tone of a part and its path; `line` is only stroked. */
export type Drawing = readonly (readonly [tone: "main" | "second" | "white" | "line", path: string])[];

const round = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const rect = (x: number, y: number, w: number, h: number): string => `M${x} ${y}h${w}v${h}h${-w}z`;

/** Drawings of the shop's things, by name. */
export const drawings: Readonly<Record<string, Drawing>> = {
  headphones: [
    ["line", "M22 62v-8a28 28 0 0 1 56 0v8"],
    ["main", "M16 56h14v26h-8a6 6 0 0 1-6-6zM70 56h14v20a6 6 0 0 1-6 6h-8z"],
    ["second", rect(28, 58, 6, 22) + rect(66, 58, 6, 22)],
  ],
  monitor: [["main", rect(12, 18, 76, 50)], ["second", rect(17, 23, 66, 40)], [
    "main",
    "M44 68h12l3 12h10v5H31v-5h10z",
  ]],
  tablet: [["main", "M24 14h52a4 4 0 0 1 4 4v64a4 4 0 0 1-4 4H24a4 4 0 0 1-4-4V18a4 4 0 0 1 4-4z"], [
    "second",
    rect(26, 20, 48, 56),
  ], ["white", round(50, 81, 2.5)]],
  speaker: [
    ["main", "M20 30h60a6 6 0 0 1 6 6v40a6 6 0 0 1-6 6H20a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6z"],
    ["second", round(34, 56, 15) + round(68, 56, 12)],
    ["white", round(34, 56, 5) + round(68, 56, 4)],
    ["line", "M36 30v-8h28v8"],
  ],
  controller: [["main", "M28 32h44c12 0 18 40 12 46-6 5-14-8-20-14H36c-6 6-14 19-20 14-6-6 0-46 12-46z"], [
    "second",
    round(34, 48, 7) + round(66, 48, 7),
  ], ["white", rect(46, 40, 8, 4)]],
  soundbar: [["main", rect(8, 48, 84, 20)], ["second", rect(12, 52, 60, 12)], ["white", round(82, 58, 3)]],
  camera: [["main", "M16 34h18l6-10h20l6 10h18v46H16z"], ["second", round(50, 56, 16)], ["white", round(50, 56, 7)]],
  phone: [["main", "M36 12h28a5 5 0 0 1 5 5v66a5 5 0 0 1-5 5H36a5 5 0 0 1-5-5V17a5 5 0 0 1 5-5z"], [
    "second",
    rect(35, 20, 30, 58),
  ], ["white", rect(44, 15, 12, 2)]],
  box: [["main", "M50 22l34 14v34L50 86 16 70V36z"], ["second", "M50 22l34 14-34 14-34-14z"], [
    "white",
    "M33 29l34 14v9l-6-3v-6L27 31z",
  ]],
  cable: [["line", "M22 30c40-10 60 12 30 22s-20 28 24 22"], ["main", rect(14, 24, 12, 12) + rect(74, 68, 14, 12)], [
    "second",
    rect(10, 27, 4, 6) + rect(88, 71, 4, 6),
  ]],
  disc: [["main", round(50, 54, 30)], ["second", round(50, 54, 21)], ["white", round(50, 54, 5)]],
  tripod: [["line", "M50 30v30M50 56L28 86M50 56l22 30M50 56v30"], ["main", rect(36, 16, 28, 18)], [
    "second",
    rect(41, 20, 18, 10),
  ]],
  book: [["main", "M24 16h50a4 4 0 0 1 4 4v64H28a6 6 0 0 1-6-6V18z"], [
    "second",
    rect(32, 28, 34, 8) + rect(32, 42, 24, 5),
  ], ["white", "M28 78h50v6H28z"]],
  pens: [["line", "M30 82l6-50M50 82V26M70 82l-6-50"], ["main", rect(45, 18, 10, 12)], [
    "second",
    "M32 20l10 2-2 12-9-2zM68 20l-10 2 2 12 9-2z",
  ]],
  mug: [["main", "M24 32h44v42a8 8 0 0 1-8 8H32a8 8 0 0 1-8-8z"], ["line", "M70 42c16-4 16 26 0 22"], [
    "second",
    rect(30, 40, 32, 8),
  ]],
  espresso: [["main", "M20 18h60v16H66v12h14v40H20V46h10V34H20z"], [
    "second",
    rect(34, 36, 28, 8) + rect(28, 76, 44, 6),
  ], ["white", "M42 60h16v8a6 6 0 0 1-6 6h-4a6 6 0 0 1-6-6z"]],
  kettle: [["main", "M32 36h36l8 46H24z"], ["line", "M34 34c0-16 32-16 32 0M74 48l12-6"], [
    "second",
    rect(36, 50, 26, 6),
  ]],
  watch: [["second", "M40 10h20l3 20H37zM37 70h26l-3 20H40z"], ["main", round(50, 50, 24)], [
    "white",
    round(50, 50, 18),
  ], ["line", "M50 38v12l8 6"]],
  bag: [["line", "M36 34V20h28v14"], [
    "main",
    "M14 34h72a4 4 0 0 1 4 4v42a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V38a4 4 0 0 1 4-4z",
  ], ["second", rect(26, 34, 7, 50) + rect(67, 34, 7, 50)]],
  backpack: [["line", "M38 22c0-12 24-12 24 0"], ["main", "M34 20h32c10 0 14 8 14 18v46H20V38c0-10 4-18 14-18z"], [
    "second",
    rect(30, 54, 40, 24),
  ], ["white", rect(44, 60, 12, 4)]],
  board: [["main", "M20 30h54a6 6 0 0 1 6 6v34a6 6 0 0 1-6 6H20a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6z"], [
    "second",
    rect(22, 40, 40, 4) + rect(22, 52, 40, 4) + rect(22, 64, 40, 4),
  ], ["white", round(72, 38, 4)]],
  knife: [["second", "M44 12c14 12 16 32 14 44H42z"], ["main", "M42 58h16l-2 30H44z"], [
    "white",
    round(50, 66, 2) + round(50, 78, 2),
  ]],
  bowl: [["main", "M12 42h76c0 26-16 40-38 40S12 68 12 42z"], ["second", "M12 42a38 9 0 0 1 76 0 38 9 0 0 1-76 0z"], [
    "white",
    "M22 42a28 5 0 0 1 56 0 28 5 0 0 1-56 0z",
  ]],
  pin: [["line", "M50 50v36"], ["main", "M36 14h28l4 24c0 10-8 14-18 14s-18-4-18-14z"], [
    "second",
    rect(42, 20, 4, 24) + rect(54, 20, 4, 24),
  ]],
  apron: [["line", "M36 24c0-14 28-14 28 0"], ["main", "M34 22h32l4 20 10 8v34H20V50l10-8z"], [
    "second",
    rect(36, 58, 28, 16),
  ], ["line", "M20 54L8 60M80 54l12 6"]],
  dumbbell: [["second", rect(30, 48, 40, 8)], ["main", rect(18, 32, 14, 40) + rect(68, 32, 14, 40)], [
    "second",
    rect(10, 40, 8, 24) + rect(82, 40, 8, 24),
  ]],
  mat: [["main", "M14 60h58a12 12 0 0 1 0 24H14z"], ["second", round(74, 62, 20)], ["white", round(74, 62, 11)], [
    "main",
    round(74, 62, 5),
  ]],
  ball: [["main", round(50, 52, 32)], ["second", "M50 34l16 12-6 18H40l-6-18z"], ["white", round(38, 30, 4)]],
  balls: [["main", round(34, 62, 22)], ["second", round(68, 66, 18)], ["main", round(60, 34, 16)], [
    "white",
    round(28, 54, 4) + round(62, 60, 3) + round(56, 28, 3),
  ]],
  racket: [["line", "M46 60L26 88"], ["main", "M62 14c18 4 22 24 12 38S44 66 38 52s6-42 24-38z"], [
    "second",
    "M61 20c12 3 15 18 8 29s-22 12-26 2 4-34 18-31z",
  ]],
  goggles: [["main", "M12 40h76v18c0 12-26 14-32 2-2-5-10-5-12 0-6 12-32 10-32-2z"], [
    "second",
    round(31, 52, 11) + round(69, 52, 11),
  ]],
  helmet: [["main", "M12 62c0-30 20-40 38-40s38 12 38 40z"], [
    "second",
    "M34 60c0-18 4-28 8-32h4v32zM54 60V28h4c6 6 10 16 10 32z",
  ], ["line", "M26 64l16 20h20"]],
  plant: [["main", "M30 58h40l-6 28H36z"], [
    "second",
    "M50 58C50 40 34 34 24 34c0 16 12 24 26 24zm0 0c0-22 14-30 26-32 2 18-10 32-26 32z",
  ], ["line", "M50 58V26"]],
  lamp: [["main", "M34 16h32l12 32H22z"], ["line", "M50 48v34"], ["second", rect(32, 80, 36, 6)]],
  toy: [["main", rect(14, 46, 46, 26)], ["second", "M60 30h22v42H60z"], ["white", rect(65, 36, 12, 12)], [
    "main",
    round(28, 76, 9) + round(50, 76, 9) + round(72, 76, 9),
  ]],
  bear: [["main", round(32, 26, 10) + round(68, 26, 10) + round(50, 38, 22) + round(50, 70, 20)], [
    "second",
    round(50, 46, 9) + round(50, 72, 11),
  ], ["white", round(42, 34, 3) + round(58, 34, 3)]],
  kite: [["main", "M56 10L84 40 48 66 26 30z"], ["second", "M56 10L48 66 26 30z"], ["line", "M48 66c-12 6 6 12-8 20"]],
  shelf: [["main", rect(24, 12, 52, 76)], [
    "second",
    rect(29, 18, 42, 14) + rect(29, 37, 42, 14) + rect(29, 56, 42, 14),
  ], ["white", rect(33, 22, 6, 10) + rect(41, 24, 5, 8) + rect(55, 41, 8, 10)]],
  desk: [["main", rect(8, 36, 84, 9)], ["line", "M18 46v38M82 46v38"], ["second", rect(56, 45, 24, 14)]],
  chair: [["main", "M34 12h32v36H34z"], ["second", rect(28, 50, 44, 10)], [
    "line",
    "M50 60v16M30 84l20-10 20 10M50 74v12",
  ]],
  bed: [["main", rect(10, 24, 8, 60) + rect(82, 42, 8, 42)], ["second", "M18 48h64v24H18z"], [
    "white",
    "M20 40h22a6 6 0 0 1 6 6v4H20z",
  ], ["main", rect(18, 70, 64, 6)]],
  pillow: [["main", "M14 40c10-12 62-12 72 0 6 10 6 22 0 32-10 10-62 10-72 0-6-10-6-22 0-32z"], [
    "second",
    "M26 46c10-6 38-6 48 0 2 6 2 14 0 20-10 6-38 6-48 0-2-6-2-14 0-20z",
  ]],
  mouse: [["main", "M34 40c0-30 32-30 32 0v26c0 26-32 26-32 0z"], ["second", rect(48, 26, 4, 16)], [
    "white",
    "M38 66c8 4 16 4 24 0v4c-6 10-18 10-24 0z",
  ]],
  keyboard: [["main", "M10 36h80v38H10z"], [
    "second",
    [0, 1, 2, 3, 4, 5].map((i) => rect(16 + i * 12, 42, 8, 6) + rect(16 + i * 12, 52, 8, 6)).join(""),
  ], ["white", rect(30, 63, 40, 6)]],
  pan: [["main", round(40, 52, 28)], ["second", round(40, 52, 20)], ["line", "M68 46l24-12"]],
  pot: [["second", "M18 34h64v8H18z"], ["main", "M22 42h56v34a8 8 0 0 1-8 8H30a8 8 0 0 1-8-8z"], [
    "line",
    "M20 52h-9v10h9M80 52h9v10h-9",
  ], ["white", rect(44, 26, 12, 8)]],
  cutlery: [["line", "M28 40v44M50 40v44M72 46v38"], ["main", "M20 16h4v14h2V16h4v14h2V16h4v18c0 8-16 8-16 0z"], [
    "second",
    "M50 14c10 0 10 28 0 30-10-2-10-30 0-30z",
  ], ["main", "M68 14c12 4 12 24 8 34h-8z"]],
};
