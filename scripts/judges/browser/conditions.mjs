// The conditions under which a page is looked at, and what is asked under each.

const EVERYWHERE = ["sight", "order", "overlaps", "reflow"];
const COLOURS = ["generated", "states", "strokes", "focus"];
const SMALL = { width: 320, height: 256 }; // 1280 by 1024 at 400 %
const PAPER = { width: 597, height: 941 }; // A4 with the margins of the style sheet
const WIDE = { width: 1280, height: 1024 };

/** WCAG 2.2, 1.4.12. */
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

// Reading systems lay their own colours under those of the book: any rule of the book has more weight than these.
const NIGHT = ":where(html) { background: #121212; color: #e8e6e3 } :where(:any-link) { color: #8ab4f8 }";

const light = { name: "light", window: WIDE, features: { "prefers-color-scheme": "light" } };
const dark = { ...light, name: "dark", features: { "prefers-color-scheme": "dark" } };
const narrow = { ...light, name: "narrow", window: SMALL };
const more = (base) => ({
  ...base,
  name: `${base.name} with more contrast`,
  features: { ...base.features, "prefers-contrast": "more" },
});

const shared = [
  {
    ...light,
    name: "forced colours",
    features: { "forced-colors": "active" },
    glance: true,
    asks: ["sight", "generated", "focus"],
  },
  { ...light, name: "wide spacing", wears: SPACING, asks: EVERYWHERE },
  { ...light, name: "large letters", asks: [...EVERYWHERE, "growth"], enlarged: true },
  { ...narrow, asks: [...EVERYWHERE, "targets", "clicks", "focus"] },
  { ...narrow, name: "narrow with wide spacing", wears: SPACING, asks: EVERYWHERE },
];

/** By kind of page. Where only colours differ, a glance at each text is enough. */
export const CONDITIONS = {
  web: [
    { ...light, asks: ["structure", ...EVERYWHERE, "targets", "clicks", ...COLOURS] },
    { ...dark, glance: true, asks: ["sight", "clicks", ...COLOURS] },
    { ...more(light), glance: true, asks: ["sight", "generated"] },
    { ...more(dark), glance: true, asks: ["sight", "generated"] },
    ...shared,
    { ...light, name: "print", media: "print", window: PAPER, asks: [...EVERYWHERE, "generated"] },
  ],
  book: [
    { ...light, asks: ["structure", ...EVERYWHERE, "targets", "clicks", ...COLOURS] },
    { ...light, name: "night", grounded: NIGHT, glance: true, asks: ["sight", "generated", "states", "strokes"] },
    ...shared,
  ],
};
