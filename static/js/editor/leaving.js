/* Warns before a tab with unsaved words closes. `data-dirty` on the form says that what it shows
   was never saved, as after a refused save. */

function words(form) {
  const entries = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return JSON.stringify(entries.map(([name, value]) => [name, value.name ?? value]));
}

export function guardLeaving(form) {
  const saved = words(form);
  let leaving = false;

  form.addEventListener("submit", (event) => {
    const target = event.submitter?.formTarget || form.target;
    leaving = !event.defaultPrevented && target !== "_blank";
  });
  /* Coming back with the back button shows the form again, words and all. */
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !("dirty" in form.dataset || words(form) !== saved)) return;
    event.preventDefault();
    event.returnValue = true;
  });
}
