/* The writing surface: what is typed is shown as readers will see it, with everything to put
   right. Without this script the form still saves, and its preview is a button. */

import { say } from "./dom.js";
import { openField, plainField } from "./field.js";
import { guardSize } from "./fitting.js";
import { createImages } from "./images.js";
import { guardLeaving } from "./leaving.js";
import { createMarking } from "./marking.js";
import { createNewClaim } from "./newclaim.js";
import { createPasting } from "./pasting.js";
import { createPicker } from "./picker.js";
import { createPreview } from "./preview.js";
import { createProposals } from "./proposals.js";
import { createProblems } from "./problems.js";
import { createReading } from "./reading.js";
import { createServer } from "./server.js";
import { createShown } from "./shown.js";
import { goToLine, selection } from "./text.js";
import { createWalking } from "./walking.js";

const FOLLOWING = 150;
/* What the picker's server reads of a query. */
const LONGEST = 200;

/* Looks the selected words up among the claims; what is chosen goes where they stand. */
function find(picker, text) {
  const words = selection(text).trim();
  picker.focus();
  if (words) picker.value = words.slice(0, LONGEST);
  if (words) picker.dispatchEvent(new Event("input"));
}

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
  const texts = { ...(summary && { summary: plainField(summary) }), [field.name]: text };
  const walking = createWalking(part("walking"), Object.values(texts));
  const shownHere = createShown(part("shown"), text);
  const saved = document.querySelector("[data-forms-problems]");
  const problems = createProblems(part("problems"), texts, saved);
  const reading = createReading(part("reading"), texts);
  let asked = 0;
  let shown = 0;
  let timer;

  async function look() {
    const mine = ++asked;
    /* All fields: a problem of any of them stands in the one list. */
    const data = new FormData(form);
    data.set("article", field.dataset.article ?? "");
    for (const [name, one] of Object.entries(texts)) data.set(name, one.value);
    const sent = Object.fromEntries(data);
    const answer = await server.ask(field.dataset.markdownxUrlsPath, data);
    /* An answer that was overtaken says nothing about the text as it is now. */
    if (mine <= shown) return;
    shown = mine;
    if (answer.wait) later(answer.wait * 1000);
    say(notice, answer.message);
    if (!answer.ok) return;
    preview.draw(answer.json.html);
    follow(answer.json.shown);
    problems.draw(answer.json.problems);
    reading.draw(answer.json);
    walking.draw(answer.json.sentences, texts, sent);
    shownHere.draw(answer.json.shown);
  }

  let printed = {};

  function follow(shownNow = printed) {
    printed = shownNow;
    preview.follow(text.value, text.selection.from, printed);
  }

  let following;
  text.onCursor(() => {
    clearTimeout(following);
    following = setTimeout(() => follow(), FOLLOWING);
  });

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  }

  form.addEventListener("input", (event) => {
    if (event.target.name) later(Number(field.dataset.markdownxLatency) || 500);
  });
  /* The text that was written in last: a claim lands where its writer was. */
  let last = text;
  for (const one of Object.values(texts)) one.element.addEventListener("focusin", () => (last = one));
  createPicker(part("tools"), text, server, () => last);
  createMarking(part("tools"), text, {
    claim: () => find(part("picker"), last),
    figure: () => part("picture").querySelector("input").click(),
  });
  const newClaim = createNewClaim(part("new"), part("dialog"), text, server);
  createProposals(part("proposals"), { texts, form, field, server, newClaim });
  createPasting(text, server, part("pasted"));
  createImages(part("picture"), text, server, part("upload"));
  field.addEventListener("invalid", () => say(notice, field.validationMessage));
  part("tools").hidden = false;
  const [, where, line] = location.hash.match(/^#line-(\w+)-(\d+)$/) ?? [];
  if (where in texts) goToLine(texts[where], Number(line));
  look();
}

document.querySelectorAll("[data-live]").forEach(begin);
