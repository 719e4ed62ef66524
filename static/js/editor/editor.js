/* The writing surface: what is typed is shown as readers will see it, with everything to put
   right. Without this script the form still saves, and its preview is a button. */

import { say } from "./dom.js";
import { openField, plainField } from "./field.js";
import { guardSize } from "./fitting.js";
import { createImages } from "./images.js";
import { guardLeaving } from "./leaving.js";
import { createNewClaim } from "./newclaim.js";
import { createPicker } from "./picker.js";
import { createPreview } from "./preview.js";
import { createProposals } from "./proposals.js";
import { createProblems } from "./problems.js";
import { createReading } from "./reading.js";
import { createServer } from "./server.js";

const SHOWN = ["summary", "body"];

async function begin(root) {
  const part = (name) => root.querySelector(`[data-live-${name}]`);
  const field = root.querySelector("textarea");
  const form = field.form;
  /* First, and before anything is waited for: a form that is stopped does not leave. */
  guardSize(form);
  guardLeaving(form);
  const text = await openField(field);
  const notice = part("notice");
  const server = createServer(field.dataset.tokenUrl, part("ended"));
  const preview = createPreview(part("preview"), part("page"), form.elements.title);
  const { summary } = form.elements;
  const texts = { [field.name]: text, ...(summary && { summary: plainField(summary) }) };
  const problems = createProblems(part("problems"), texts);
  const reading = createReading(part("reading"), texts);
  let asked = 0;
  let shown = 0;
  let timer;

  async function look() {
    const mine = ++asked;
    const data = new URLSearchParams({ article: field.dataset.article ?? "" });
    for (const name of SHOWN) if (form.elements[name]) data.set(name, form.elements[name].value);
    const answer = await server.ask(field.dataset.markdownxUrlsPath, data);
    /* An answer that was overtaken says nothing about the text as it is now. */
    if (mine <= shown) return;
    shown = mine;
    if (answer.wait) later(answer.wait * 1000);
    say(notice, answer.message);
    if (!answer.ok) return;
    preview.draw(answer.json.html);
    problems.draw(answer.json.problems);
    reading.draw(answer.json);
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  }

  form.addEventListener("input", (event) => {
    if (event.target.name) later(Number(field.dataset.markdownxLatency) || 500);
  });
  createPicker(part("tools"), text, server);
  const newClaim = createNewClaim(part("new"), part("dialog"), text, server);
  createProposals(part("proposals"), { texts, form, field, server, newClaim });
  createImages(part("picture"), text, server, part("upload"));
  field.addEventListener("invalid", () => say(notice, field.validationMessage));
  part("tools").hidden = false;
  look();
}

document.querySelectorAll("[data-live]").forEach(begin);
