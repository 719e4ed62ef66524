/* Which part of the preview shows what the cursor is in. The page knows no lines, so its words are
   looked for: those around the cursor, as readers see them. */

const PARTS = "h2, h3, h4, p, li, td, th, figcaption";
const EMPTY_LINK = /\[\]\(((?:claim|record):[^)\s]*)\)/g;
const AROUND = 30;

const folded = (words) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/* What readers see of a line; `shown` says by mark what an empty link prints. */
function visible(row, shown) {
  const printed = row.replace(EMPTY_LINK, (_, mark) => shown[mark]?.statement ?? "");
  return folded(printed.replace(/\]\([^)]*\)/g, "]"));
}

/* Windows of a line's words: around the cursor first, then its beginning. */
function windows(value, place, shown) {
  const begin = value.lastIndexOf("\n", place - 1) + 1;
  const [row] = value.slice(begin).split("\n", 1);
  const words = visible(row, shown);
  const before = visible(row.slice(0, place - begin), shown).length;
  const from = Math.max(0, Math.min(before - AROUND / 2, words.length - AROUND));
  return [words.slice(from, from + AROUND), words.slice(0, AROUND), words.slice(0, AROUND / 3)];
}

/* Gives the element of a page that shows the place, or undefined. `share` is how far down in the
   text the place is: the same words may stand twice. */
export function shownAt(page, value, place, shown) {
  const parts = [...page.querySelectorAll(PARTS)].map((part) => [part, folded(part.textContent)]);
  const share = place / Math.max(value.length, 1);
  const distance = (at) => Math.abs(at / Math.max(parts.length, 1) - share);
  for (const words of windows(value, place, shown).filter(Boolean)) {
    const found = parts.map(([, text], at) => (text.includes(words) ? at : -1)).filter((at) => at >= 0);
    const [nearest] = found.sort((one, other) => distance(one) - distance(other));
    if (nearest !== undefined) return parts[nearest][0];
  }
  return undefined;
}
