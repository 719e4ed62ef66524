/* Reads and changes a text field as its writer would: undo works, the cursor stays where it is. */

export function insert(field, words) {
  field.focus();
  /* Old, but the only way to insert that the writer can undo. */
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function selection(field) {
  return field.value.slice(field.selectionStart, field.selectionEnd);
}

/* Links the selected words to a claim; without any, the link prints the claim's statement. */
export function insertClaim(field, key) {
  const [, before, words, after] = selection(field).match(/^(\s*)(.*?)(\s*)$/s);
  insert(field, `${before}[${words}](claim:${key})${after}`);
}

/* A record prints its statement and nothing else, so selected words stay before it. */
export function insertRecord(field, key) {
  const words = selection(field);
  insert(field, `${words}${/\S$/.test(words) ? " " : ""}[](record:${key})`);
}

/* What readers see has to belong to something; a picture on its own belongs to background. */
function inBackground(mark, before) {
  const fences = before.match(/^:::.*$/gm) ?? [];
  const isInside = /^:::\s*\w/.test(fences.at(-1) ?? "");
  return isInside ? mark : `::: background\n${mark}\n:::`;
}

/* Puts a picture's mark into a paragraph of its own, the cursor where its words belong. */
export function insertPicture(field, mark) {
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const lead = /(^|\n\n)$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = /^(\n\n|$)/.test(after) ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const block = inBackground(mark, before);
  insert(field, lead + block + tail);
  const start = field.selectionEnd - tail.length - block.length;
  const words = start + block.indexOf(mark) + "![".length;
  field.setSelectionRange(words, words);
}

export function goToLine(field, line) {
  const lines = field.value.split("\n").slice(0, Math.max(line - 1, 0));
  const start = lines.reduce((length, text) => length + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start);
  const share = start / Math.max(field.value.length, 1);
  field.scrollTop = share * field.scrollHeight - field.clientHeight / 2;
  field.scrollIntoView({ block: "nearest" });
}
