/* Looks a claim or record up by its words and puts its link into the text: a combobox with a list
   (ARIA Authoring Practices). The keyboard stays in the input; arrows choose, Enter inserts. */

import { count, element } from "./dom.js";
import { insertClaim, insertRecord } from "./text.js";

const PAUSE = 200;

function option(claim, index, choose) {
  const state = claim.state === "published" ? [] : [element("em", {}, ` ${claim.state}`)];
  const kind = claim.modifier || "none";
  return element(
    "li",
    {
      class: "live__claim",
      id: `live-claim-${index}`,
      role: "option",
      "aria-selected": "false",
      /* Not click: the input would lose the focus first, and the list would close. */
      mousedown: (event) => (event.preventDefault(), choose(claim)),
    },
    ...(claim.name ? [element("strong", { class: "live__name" }, claim.name)] : []),
    element("span", { class: "live__statement" }, claim.statement),
    element("span", { class: `live__label live__label--${kind}` }, claim.label),
    element("span", { class: "live__key" }, claim.key, ...state),
  );
}

/* `text` names the treatment and the address; what is chosen goes into the one that `into` gives. */
export function createPicker(tools, text, server, into) {
  const input = tools.querySelector("[data-live-picker]");
  const list = tools.querySelector("[role=listbox]");
  const line = tools.querySelector("[data-live-found]");
  let claims = [];
  let active = -1;
  let asked = 0;
  let timer;

  function close() {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function choose(claim) {
    close();
    input.value = "";
    line.textContent = "";
    (claim.mark === "record" ? insertRecord : insertClaim)(into(), claim.key);
  }

  function move(step) {
    if (!claims.length) return;
    active = (active + step + (active < 0 && step < 0 ? 1 : 0) + claims.length) % claims.length;
    [...list.children].forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === active));
    });
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  async function look() {
    const mine = ++asked;
    const query = new URLSearchParams({ q: input.value, treatment: text.textarea.dataset.treatment ?? "" });
    const answer = await server.ask(`${text.textarea.dataset.claimsUrl}?${query}`);
    if (mine !== asked) return;
    claims = answer.json?.claims ?? [];
    active = -1;
    list.replaceChildren(...claims.map((claim, index) => option(claim, index, choose)));
    list.hidden = !claims.length;
    input.setAttribute("aria-expanded", String(claims.length > 0));
    const found = claims.length
      ? `${count(claims.length, "found", "found")}: choose with the arrow keys and Enter.`
      : "No claim and no record has all these words.";
    line.textContent = answer.ok ? found : answer.message;
  }

  const keys = {
    ArrowDown: () => (list.hidden ? look() : move(1)),
    ArrowUp: () => (list.hidden ? look() : move(-1)),
    Escape: close,
    /* Enter in a form's input would save the form. */
    Enter: () => (active < 0 ? look() : choose(claims[active])),
  };
  input.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("blur", close);
}
