/* Adds empty positions to a claim's form. Without it three empty rows stand ready. */

export function createPositions(root) {
  const template = root.querySelector("template[data-forms-row]");
  const button = root.querySelector("[data-forms-add]");
  const total = root.querySelector("input[name$=-TOTAL_FORMS]");

  const isEmpty = (row) =>
    [...row.querySelectorAll("select, input:not([type=checkbox]), textarea")].every(
      (field) => !field.value,
    );

  /* Empty rows are for those without this script. */
  function tidy() {
    for (const row of [...root.querySelectorAll(":scope > .forms__position")].reverse()) {
      if (!isEmpty(row)) return;
      row.remove();
      total.value = String(Number(total.value) - 1);
    }
  }

  function add() {
    const index = Number(total.value);
    const made = template.content.cloneNode(true);
    const row = made.firstElementChild;
    /* Only in the template's own markup: nothing that was typed is ever read as markup. */
    row.outerHTML = row.outerHTML.replaceAll("__prefix__", String(index));
    const fresh = made.firstElementChild;
    fresh.querySelector("[data-forms-number]").textContent = String(index + 1);
    template.before(fresh);
    total.value = String(index + 1);
    /* The admin's autocomplete begins its work on this event. */
    const detail = { formsetName: "positions" };
    fresh.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail }));
    fresh.querySelector(".select2-selection, select, input, textarea")?.focus();
  }

  tidy();
  button.hidden = false;
  button.addEventListener("click", add);
}
