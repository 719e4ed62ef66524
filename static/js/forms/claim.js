/* The form of a claim: asks what a change does while it is typed. Without it, saving says so. */

import { say } from "../editor/dom.js";
import { guard } from "./guard.js";
import { createOutlook } from "./outlook.js";
import { createPositions } from "./positions.js";

const PAUSE = 400;

function begin(form) {
  const panel = document.querySelector("[data-forms-outlook]");
  const part = (name) => panel.querySelector(`[data-forms-${name}]`);
  const outlook = createOutlook(panel, document.querySelector("[data-forms-problems]"));
  /* Rows that nobody filled in go first: taking them out is no change of words. */
  createPositions(form.querySelector("[data-forms-positions]"));
  const server = guard(form);
  let asked = 0;
  let shown = 0;
  let timer;

  async function look() {
    const mine = ++asked;
    const answer = await server.ask(form.dataset.liveUrl, new FormData(form));
    /* An answer that was overtaken says nothing about the words as they are now. */
    if (mine <= shown) return;
    shown = mine;
    if (answer.wait) later(answer.wait * 1000);
    say(part("notice"), answer.message);
    if (answer.ok && answer.json) outlook.draw(answer.json);
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  }

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  /* The autocomplete tells jQuery alone when a source is chosen. */
  window.django?.jQuery(form).on("change", "select", () => later(PAUSE));
  /* Somebody may have typed before this script was there, or the browser kept what was typed. */
  const typed = [...form.elements].filter((field) => "defaultValue" in field && field.type !== "hidden");
  if (typed.some((field) => field.value !== field.defaultValue)) later(PAUSE);
}

document.querySelectorAll("form[data-live-url]").forEach(begin);
