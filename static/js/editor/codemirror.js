/* The text over CodeMirror. The textarea stays in the form, out of sight and in step with it: what
   saves, recovers or guards the form reads it as before. Tab leaves the field. */

import {
  EditorState,
  EditorView,
  StyleModule,
  history,
  historyKeymap,
  hoverTooltip,
  isolateHistory,
  keymap,
  searchKeymap,
  standardKeymap,
} from "../../vendor/codemirror/codemirror.js";
import { colours, linkAt } from "./colours.js";
import { underline, underlined, underlines } from "./underlines.js";

/* The site's policy refuses style elements, which CodeMirror would write; it allows sheets that a
   script makes. */
const adopted = new Set();
StyleModule.mount = (root, modules) => {
  for (const module of [modules].flat()) {
    if (adopted.has(module)) continue;
    adopted.add(module);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(module.getRules());
    document.adoptedStyleSheets.push(sheet);
  }
};

/* The part that two texts do not share: typing in the textarea is a change there, not a new text. */
function difference(before, after) {
  let from = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < most - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

function about(textarea) {
  const [label] = textarea.labels;
  const attributes = { spellcheck: "true", autocorrect: "on", autocapitalize: "sentences" };
  attributes["aria-label"] = label?.textContent.trim() || "Text";
  const describedBy = textarea.getAttribute("aria-describedby");
  if (describedBy) attributes["aria-describedby"] = describedBy;
  if (textarea.id) attributes.id = textarea.id;
  attributes.tabindex = "0"; /* what scrolls is reached by key, and said to be */
  return attributes;
}

/* Two keys that leave the editor's own marks out. */
const keys = searchKeymap.filter(({ key }) => !["Mod-d", "Mod-Shift-l"].includes(key));

export function codeMirrorField(textarea) {
  let explain = () => null;
  const value = () => view.state.doc.toString();
  const dispatch = (spec) => view.dispatch({ scrollIntoView: true, ...spec });

  const hover = hoverTooltip((_, at) => {
    const link = linkAt(view.state.doc, at);
    const dom = link && explain(link.mark, link.key);
    return dom ? { pos: link.from, end: link.to, above: true, create: () => ({ dom }) } : null;
  });
  const view = new EditorView({
    doc: textarea.value,
    extensions: [
      history(),
      keymap.of([...keys, ...standardKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.editorAttributes.of({ class: "live__editor" }),
      EditorView.contentAttributes.of(about(textarea)),
      EditorState.allowMultipleSelections.of(false),
      EditorView.updateListener.of(keepInStep),
      underlines,
      colours,
      hover,
    ],
  });

  function keepInStep(update) {
    if (update.docChanged && textarea.value !== value()) {
      textarea.value = value();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (update.docChanged || update.selectionSet) textarea.dispatchEvent(new Event("field:cursor"));
  }

  function follow() {
    const before = value();
    if (textarea.value !== before) view.dispatch({ changes: difference(before, textarea.value) });
  }

  /* A form that is filled in by the browser or by another script. */
  textarea.addEventListener("input", follow);
  window.addEventListener("pageshow", follow);
  /* A label belongs to the textarea, which cannot be seen. */
  for (const label of textarea.labels) label.addEventListener("click", () => view.focus());
  textarea.addEventListener("invalid", () => view.focus());
  /* So that a link to the field leads to what can be seen. */
  textarea.removeAttribute("id");
  textarea.hidden = true;
  textarea.after(view.dom);

  return {
    textarea,
    element: view.dom,
    get value() {
      return value();
    },
    get selection() {
      const { from, to } = view.state.selection.main;
      return { from, to };
    },
    select(from, to = from) {
      const effects = EditorView.scrollIntoView(from, { y: "center" });
      view.dispatch({ selection: { anchor: from, head: to }, effects });
      view.focus();
      view.dom.scrollIntoView({ block: "nearest" });
    },
    replace(from, to, words, { select = [words.length, words.length] } = {}) {
      const [anchor, head] = select.map((at) => from + at);
      const changes = { from, to, insert: words };
      const annotations = isolateHistory.of("full");
      dispatch({ changes, selection: { anchor, head }, annotations, userEvent: "input" });
      view.focus();
    },
    onChange: (call) => textarea.addEventListener("input", call),
    onCursor: (call) => textarea.addEventListener("field:cursor", call),
    mark: (name, ranges) => underline(view, name, ranges),
    marked: (name) => underlined(view, name),
    describe: (call) => (explain = call),
    focus: () => view.focus(),
  };
}
