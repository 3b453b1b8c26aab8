// Colours as [red, green, blue, alpha], 0 to 255 and 0 to 1, and what WCAG 2.2 makes of them.

const paint = Object.assign(document.createElementNS("http://www.w3.org/1999/xhtml", "canvas"), {
  width: 1,
  height: 1,
});
const brush = paint.getContext("2d", { willReadFrequently: true });
const known = new Map();

/** The colour that a computed value stands for. */
function colour(text) {
  if (!known.has(text)) known.set(text, parsed(text));
  return known.get(text);
}

function parsed(text) {
  const plain = text.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
  if (plain) return [Number(plain[1]), Number(plain[2]), Number(plain[3]), Number(plain[4] ?? 1)];
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = text;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

/** One colour laid over another that lets nothing through. */
function over([red, green, blue, alpha], ground) {
  const mix = (top, bottom) => top * alpha + bottom * (1 - alpha);
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
}

/** Relative luminance, 0 to 1. */
function luminance([red, green, blue]) {
  const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** The contrast ratio of two colours, 1 to 21. */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** A colour as #rrggbb. */
function hex(value) {
  return `#${value
    .slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** A ratio for people, rounded down so that 4.499 does not read as 4.5. */
function ratio(value) {
  return (Math.floor(value * 100) / 100).toFixed(2);
}
