/* The text that is written, over the plain textarea or over CodeMirror: scripts ask this and never
   either of them. Places are offsets into `value`, as JavaScript counts.

   value                         the text
   textarea                      what the form sends; its dataset says where to ask
   element                       where keys, pastes and drops arrive: listen with {capture: true}
   selection                     {from, to}
   select(from, to)              selects, shows the place and focuses
   replace(from, to, words)      one step of undo; the cursor stands behind the words, or where
                                 `select: [from, to]`, counted from the first of them, says
   onChange(call), onCursor(call)
   mark(name, ranges)            underlines [{from, to, title}] as `live__mark--NAME`, and forgets
                                 those marked under that name before; they move with the text
   marked(name)                  what is marked under it now: what was given, where it stands now
   describe(call)                `call(key, mark)` gives the element that is shown for a link such
                                 as `claim:KEY` under the pointer, or null
   focus()

   Over a textarea nothing is underlined and nothing described; all else is the same. */

export function plainField(textarea) {
  const marks = new Map();
  const tell = (name) => textarea.dispatchEvent(new Event(name));
  let before = textarea.value;

  document.addEventListener("selectionchange", () => {
    if (document.activeElement === textarea) tell("field:cursor");
  });
  textarea.addEventListener("input", () => {
    for (const [name, ranges] of marks) marks.set(name, moved(ranges, before, textarea.value));
    before = textarea.value;
  });

  return {
    textarea,
    element: textarea,
    get value() {
      return textarea.value;
    },
    get selection() {
      return { from: textarea.selectionStart, to: textarea.selectionEnd };
    },
    select(from, to = from) {
      textarea.focus();
      textarea.setSelectionRange(from, to);
      const share = from / Math.max(textarea.value.length, 1);
      textarea.scrollTop = share * textarea.scrollHeight - textarea.clientHeight / 2;
      textarea.scrollIntoView({ block: "nearest" });
      tell("field:cursor");
    },
    replace(from, to, words, { select } = {}) {
      textarea.focus();
      textarea.setSelectionRange(from, to);
      /* Old, but the only way to change a textarea that its writer can undo. */
      const command = words ? "insertText" : "delete";
      if ((words || from < to) && !document.execCommand(command, false, words)) {
        textarea.setRangeText(words, from, to, "end");
        textarea.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (select) textarea.setSelectionRange(from + select[0], from + select[1]);
      tell("field:cursor");
    },
    onChange: (call) => textarea.addEventListener("input", call),
    onCursor: (call) => textarea.addEventListener("field:cursor", call),
    mark: (name, ranges) => marks.set(name, ranges),
    marked: (name) => marks.get(name) ?? [],
    describe() {},
    focus: () => textarea.focus(),
  };
}

/* What stands after the place that was typed at goes along with it. */
function moved(ranges, before, after) {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same += 1;
  let tail = 0;
  while (tail < most - same && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const place = (at) => (at <= same ? at : Math.max(same, at + after.length - before.length));
  const kept = (one) => one.to <= same || one.from >= before.length - tail;
  return ranges.filter(kept).map((one) => ({ ...one, from: place(one.from), to: place(one.to) }));
}

/* Gives the text over CodeMirror, or over the textarea where that does not load. */
export async function openField(textarea) {
  try {
    const { codeMirrorField } = await import("./codemirror.js");
    return codeMirrorField(textarea);
  } catch (failed) {
    console.warn("The plain text field stays:", failed);
    textarea.hidden = false;
    return plainField(textarea);
  }
}
