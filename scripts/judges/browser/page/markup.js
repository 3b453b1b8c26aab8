// What the elements say of themselves: the code of the letters, roles, scopes of headers, numbers of lists.

const NATIVE =
  "h1, h2, h3, h4, h5, h6, p, blockquote, ul, ol, li, dl, dt, dd, table, caption, thead, tbody, tr, th, td, main, a[href]";
const OWN_ROLES = {
  UL: "list",
  OL: "list",
  LI: "listitem",
  TABLE: "table",
  MAIN: "main",
  A: "link",
  BLOCKQUOTE: "blockquote",
  P: "paragraph",
};
const NUMBERS = { 1: "decimal", a: "lower-alpha", A: "upper-alpha", i: "lower-roman", I: "upper-roman" };

/** Objections to markup that says of an element what it is not. */
function markup({ kind }) {
  const found = [];
  const object = (rule, element, message) => found.push({ rule, element, message });
  if (kind === "web" && !encoded())
    object("encoding-undeclared", document.documentElement, "the page does not say that it is UTF-8 (meta charset)");
  for (const element of document.querySelectorAll(NATIVE)) {
    const role = element.getAttribute("role")?.trim().split(/\s+/)[0];
    if (role && !role.startsWith("doc-") && role !== OWN_ROLES[element.tagName.toUpperCase()])
      object("role-override", element, `role="${role}" hides what a ${element.localName} is`);
  }
  for (const header of document.querySelectorAll("thead th"))
    if (!["col", "colgroup"].includes(header.scope))
      object("header-scope", header, `scope="${header.scope}" on the header of a column`);
  for (const list of document.querySelectorAll("ol")) numbered(list, object);
  return found;
}

/** Whether a page declares UTF-8 where a browser looks for it: without that it guesses (HTML, 4.2.5.4). */
function encoded() {
  const named = document.querySelector("meta[charset]")?.getAttribute("charset");
  const long = document.querySelector("meta[http-equiv=content-type i]")?.content;
  return /^(.*charset=)?\s*utf-8$/i.test((named ?? long ?? "").trim()) && document.characterSet === "UTF-8";
}

/** Objects to a list whose numbers, as its style gives them, are not those of its markup. */
function numbered(list, object) {
  const due = NUMBERS[list.getAttribute("type") ?? "1"];
  for (const item of [list, ...list.children]) {
    const { listStyleType, counterReset, counterSet, counterIncrement } = style(item);
    if ([counterReset, counterSet, counterIncrement].some((value) => /\blist-item\b/.test(value)))
      return object("list-number", list, "its style counts otherwise than its markup");
    if (item !== list && listStyleType !== "none" && !listStyleType.startsWith(due))
      return object("list-number", list, `its items are numbered as ${listStyleType}, not as ${due}`);
  }
}
