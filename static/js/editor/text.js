/* What is put into the text, and where: `text` is a field as `field.js` gives it. */

export function insert(text, words, options) {
  const { from, to } = text.selection;
  text.replace(from, to, words, options);
}

export function selection(text) {
  const { from, to } = text.selection;
  return text.value.slice(from, to);
}

/* Links the selected words to a claim; without any, the link prints the claim's statement. Before
   a line that is written already, a heading above all, it is a paragraph of its own. */
export function insertClaim(text, key) {
  const [, before, words, after] = selection(text).match(/^(\s*)(.*?)(\s*)$/s);
  const { from, to } = text.selection;
  const startsLine = from === 0 || text.value[from - 1] === "\n";
  const runsOn = startsLine && from === to && /^[^\n]/.test(text.value.slice(to));
  insert(text, `${before}[${words}](claim:${key})${after}${runsOn ? "\n\n" : ""}`);
}

/* A record prints its statement and nothing else, so selected words stay before it. */
export function insertRecord(text, key) {
  const words = selection(text);
  insert(text, `${words}${/\S$/.test(words) ? " " : ""}[](record:${key})`);
}

/* What readers see has to belong to something; a picture on its own belongs to background. */
function inBackground(mark, before) {
  const fences = before.match(/^:::.*$/gm) ?? [];
  const isInside = /^:::\s*\w/.test(fences.at(-1) ?? "");
  return isInside ? mark : `::: background\n${mark}\n:::`;
}

/* Puts a picture's mark into a paragraph of its own, the cursor where its words belong. */
export function insertPicture(text, mark) {
  const { from, to } = text.selection;
  const before = text.value.slice(0, from);
  const after = text.value.slice(to);
  const lead = /(^|\n\n)$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = /^(\n\n|$)/.test(after) ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const block = inBackground(mark, before);
  const words = lead.length + block.indexOf(mark) + "![".length;
  insert(text, lead + block + tail, { select: [words, words] });
}

export function startOfLine(value, line) {
  const lines = value.split("\n").slice(0, Math.max(line - 1, 0));
  return Math.min(lines.reduce((length, row) => length + row.length + 1, 0), value.length);
}

export function goToLine(text, line) {
  text.select(startOfLine(text.value, line));
}
