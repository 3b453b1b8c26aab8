// Whether words are met in the order of the document, each line in its place and none upon another.

/** Neighbouring texts of one block, with the box that they fill together. */
function runs(all) {
  const found = [];
  for (const text of all.filter(({ rects }) => rects.length)) {
    const last = found.at(-1);
    if (last?.block === text.block) last.texts.push(text);
    else found.push({ block: text.block, texts: [text] });
  }
  return found.map((run) => ({ ...run, box: around(run.texts.flatMap(({ rects }) => rects)) }));
}

function around(rects) {
  const [left, top] = [Math.min(...rects.map(({ x }) => x)), Math.min(...rects.map(({ y }) => y))];
  return new DOMRect(
    left,
    top,
    Math.max(...rects.map(({ right }) => right)) - left,
    Math.max(...rects.map(({ bottom }) => bottom)) - top,
  );
}

/** Whether one box is met before another by a reader who goes line by line in a direction. */
function isBefore(one, other, rightToLeft) {
  const slack = Math.min(one.height, other.height) * 0.4;
  if (other.top >= one.bottom - slack) return true;
  if (other.bottom <= one.top + slack) return false;
  return rightToLeft ? other.right <= one.left + 2 : other.left >= one.right - 2;
}

function inColumns(element) {
  for (let at = element; at; at = at.parentElement) {
    const { columnCount, columnWidth } = style(at);
    if (columnCount !== "auto" || columnWidth !== "auto") return true;
  }
  return false;
}

/** Objections to blocks and lines that stand before what they follow in the document. */
function sequence(all) {
  const found = [];
  const blocks = runs(all.filter((text) => !unseen(text) && !excused(text.element, false)));
  const first = ({ texts: [text] }) => words(text.range.toString());
  blocks.forEach((run, at) => {
    const before = blocks[at - 1];
    if (
      before &&
      !inColumns(run.block) &&
      !isBefore(before.box, run.box, style(run.block.parentElement ?? run.block).direction === "rtl")
    ) {
      const message = `${first(run)} follows ${first(before)} in the document but does not stand after it`;
      found.push({ rule: "reading-order", element: run.block, message });
    }
    run.texts.forEach((text, each) => {
      const last = run.texts[each - 1]?.rects.at(-1);
      if (last && text.rects[0].bottom < last.top + 1 && !inColumns(run.block)) {
        found.push({
          rule: "reading-order",
          element: text.element,
          message: `${words(text.range.toString())} stands a line above the words that it follows`,
        });
      }
    });
  });
  return found;
}

/** Objections to styles that take words out of the flow of the text, or turn their letters round. */
function flow(all) {
  const found = [];
  const object = (rule, element, message) => found.push({ rule, element, message });
  for (const element of ancestors(all.filter(({ rects }) => rects.length))) {
    const {
      position,
      float,
      order,
      flexDirection,
      flexWrap,
      display,
      unicodeBidi,
      direction,
      transform,
      rotate,
      scale,
      translate,
      writingMode,
      textTransform,
    } = style(element);
    const skip = skipLink() && element.closest("a") === skipLink();
    if (/absolute|fixed|sticky/.test(position) && !skip)
      object("moved-text", element, `position: ${position} takes words out of the order of the text`);
    if (position === "relative" && shifted(element))
      object("moved-text", element, "position: relative moves words away from their place");
    if (float !== "none") object("moved-text", element, `float: ${float} takes words out of the order of the text`);
    if (Number(order))
      object("reading-order", element, `order: ${order} shows the text in another order than the document's`);
    if (/flex/.test(display) && /reverse/.test(`${flexDirection} ${flexWrap}`))
      object("reading-order", element, "a reversed flex box shows the text in another order than the document's");
    if ([transform, rotate, scale, translate].some((value) => value !== "none"))
      object("moved-text", element, "a transform moves, turns or resizes words");
    // Headings and what stands in the head of a page may be set in capitals, as print sets them; text may not.
    if (textTransform !== "none" && !(textTransform === "uppercase" && element.closest(`${HEADINGS}, header, footer`)))
      object("changed-letters", element, `text-transform: ${textTransform} shows other letters than the document has`);
    if (writingMode !== "horizontal-tb")
      object(
        "vertical-text",
        element,
        `writing-mode: ${writingMode}: the order of vertical lines cannot be judged here`,
      );
    if (/override/.test(unicodeBidi) && element.localName !== "bdo")
      object("turned-letters", element, `unicode-bidi: ${unicodeBidi} turns the order of letters round`);
    const said = element.closest("[dir]")?.getAttribute("dir").toLowerCase() ?? "ltr";
    if (said !== "auto" && element.localName !== "bdi" && !element.closest("bdi, [dir=auto]") && direction !== said)
      object("turned-letters", element, `direction: ${direction} where the document says ${said}`);
  }
  return found;
}

function shifted(element) {
  return ["left", "right", "top", "bottom"].some((side) => Math.abs(parseFloat(style(element)[side]) || 0) > 2);
}

/** Objections to lines that are drawn upon each other; the middle half of a line's height counts. */
function overlaps(all) {
  const found = [];
  const lines = all
    .filter((text) => !unseen(text) && !excused(text.element, false))
    .flatMap((text) =>
      text.rects.map(({ x, y, right, height }) => ({
        text,
        x,
        right,
        top: y + height * 0.3,
        bottom: y + height * 0.7,
      })),
    )
    .sort((one, other) => one.top - other.top);
  lines.forEach((line, at) => {
    for (let next = at + 1; next < lines.length && lines[next].top < line.bottom - 1; next += 1) {
      const other = lines[next];
      const [wide, high] = [
        Math.min(line.right, other.right) - Math.max(line.x, other.x),
        Math.min(line.bottom, other.bottom) - other.top,
      ];
      if (wide > 2 && high > 1) {
        found.push({
          rule: "overlapping-text",
          element: other.text.element,
          message: `${words(other.text.range.toString())} is drawn upon ${words(line.text.range.toString())}`,
        });
      }
    }
  });
  return found;
}
