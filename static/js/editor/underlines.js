/* What is underlined in CodeMirror's text, by name; it moves with the words. */

import { Decoration, EditorView, StateEffect, StateField } from "../../vendor/codemirror/codemirror.js";

const setMarks = StateEffect.define();

function decorations(ranges, name, length) {
  const fitting = ranges.filter((range) => range.from < range.to && range.to <= length);
  const made = fitting.map((range) => {
    const attributes = range.title ? { title: range.title } : {};
    const shown = { class: `live__mark live__mark--${name}`, attributes, range };
    return Decoration.mark(shown).range(range.from, range.to);
  });
  return Decoration.set(made, true);
}

export const underlines = StateField.define({
  create: () => ({}),
  update(value, transaction) {
    let now = value;
    if (transaction.docChanged) {
      const moved = Object.entries(now).map(([name, set]) => [name, set.map(transaction.changes)]);
      now = Object.fromEntries(moved);
    }
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { name, ranges } = effect.value;
      now = { ...now, [name]: decorations(ranges, name, transaction.newDoc.length) };
    }
    return now;
  },
  provide: (field) =>
    EditorView.decorations.compute([field], (state) => {
      const sets = Object.values(state.field(field));
      return sets.length ? sets.reduce((all, set) => all.update({ add: listed(set) })) : Decoration.none;
    }),
});

function listed(set) {
  const found = [];
  for (let at = set.iter(); at.value; at.next()) found.push(at.value.range(at.from, at.to));
  return found;
}

export function underline(view, name, ranges) {
  view.dispatch({ effects: setMarks.of({ name, ranges }) });
}

/* Gives what was underlined under a name, where it stands now. */
export function underlined(view, name) {
  const set = view.state.field(underlines)[name] ?? Decoration.none;
  return listed(set).map(({ from, to, value }) => ({ ...value.spec.range, from, to }));
}
