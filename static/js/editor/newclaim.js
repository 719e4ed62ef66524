/* Makes a claim of the selected sentence without leaving the page. The form is the desk's own;
   where dialogs are unknown the link opens it in a new tab. */

import { say } from "./dom.js";
import { createNewCheck } from "./newcheck.js";
import { insert, insertClaim, selection } from "./text.js";

export function createNewClaim(link, template, text, server) {
  let target = text;
  const url = text.textarea.dataset.newClaimUrl;
  if (!url) return null;
  link.hidden = false;

  function address(extra) {
    const made = new URL(url, document.baseURI);
    made.searchParams.set("statement", selection(target).trim());
    for (const [name, value] of Object.entries(extra)) made.searchParams.set(name, value);
    const subject = target.textarea.form?.elements.subject?.value;
    const line = target.value.slice(0, target.selection.from).split("\n").length;
    if (subject) made.searchParams.set("origin", `${subject}:${target.textarea.name}:${line}`);
    return made.href;
  }

  const aim = () => {
    target = text;
    link.href = address({});
  };
  aim();
  text.onCursor(aim);
  if (typeof HTMLDialogElement === "undefined") return null;

  /* A form inside the article's form would be dropped by the browser, so not in the widget. */
  document.body.append(template.content.cloneNode(true));
  const dialog = document.body.lastElementChild;
  const place = dialog.querySelector("[data-live-dialog-form]");
  const notice = dialog.querySelector("[data-live-dialog-notice]");
  dialog.querySelector("[data-live-dialog-close]").addEventListener("click", () => dialog.close());

  const check = createNewCheck(place, server);

  function show(answer) {
    say(notice, answer.html ? "" : answer.message || "Log in in another tab, then try again.");
    if (!answer.html) {
      /* Whoever pressed the button below sees what was refused, and is where it is put right. */
      const [wrong] = Object.keys(answer.json?.errors ?? {});
      (place.querySelector(`[name="${wrong}"]`) ?? dialog).focus();
      return;
    }
    place.innerHTML = answer.html;
    const first = place.querySelector("input:not([type=hidden]), textarea, select");
    first?.focus();
    /* What is proposed there is typed over, or left as it is. */
    first?.select?.();
    check.look();
  }

  /* What is typed while an answer is on its way would be lost with the form it replaces, and a
     second press would make a second claim. */
  function hold(form, held) {
    place.setAttribute("aria-busy", String(held));
    for (const field of form.elements) field.disabled = held;
  }

  /* `where` is the text whose selection becomes a claim. */
  async function open(extra, where = text) {
    target = where;
    const from = address({ ...extra, fragment: "1" });
    place.replaceChildren();
    dialog.dataset.from = from;
    dialog.showModal();
    const answer = await server.ask(from);
    if (dialog.dataset.from === from && !place.hasChildNodes()) show(answer);
  }

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open({});
  });

  /* One that is there already, taken instead of a new one: its own words stand in the text. */
  place.addEventListener("click", (event) => {
    const key = event.target.closest?.("[data-use-claim]")?.dataset.useClaim;
    if (!key) return;
    dialog.close();
    insert(target, `[](claim:${key})`);
  });

  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form, event.submitter);
    const said = String(data.get("statement") ?? "").trim();
    const to = form.getAttribute("action") || dialog.dataset.from;
    hold(form, true);
    const answer = await server.ask(to, data);
    hold(form, false);
    const key = answer.ok && answer.json?.key;
    if (!key) return show(answer);
    dialog.close();
    /* Words that were changed in the form are not the text's any more. */
    if (!said || said === selection(target).trim()) insertClaim(target, key);
    else insert(target, `[](claim:${key})`);
  });

  return { open, dialog };
}
