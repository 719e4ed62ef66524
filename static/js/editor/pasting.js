/* What is pasted comes as Markdown, in one step of undo, and what did not come along is said. The
   server converts; if that fails the plain words are pasted, as the browser would have. */

import { say } from "./dom.js";

const MOST = 500_000;
const PATIENCE = 8_000;
const FAILED = "Its headings, lists and links could not be read, so it was pasted as plain text.";
const SHAPED = /<(?:h[1-6]|[ou]l|li|table|a\s[^>]*href|b|strong|i|em|p|img|svg|ins|del|su[pb])\b|<br[^>]*>\s*<br/i;
const UNTIDY = /[\u00a0\u00ad\u200b-\u200f\u2010\u2011\u2028\u2029\u202a-\u202f\u2060-\u2064\ufeff\ue000-\uf8ff\t\v\f\u2022\u00b7\u25aa\u25cf\u25e6]/;

/* The page that a program wrote, without its head and its pictures' bytes. It is never parsed here:
   the site's policy would report every style in it. */
function page(transfer) {
  const html = transfer.getData("text/html");
  const begun = html.slice(Math.max(html.search(/<body/i), 0));
  return begun.replace(/\ssrc\s*=\s*(?:"data:[^"]*"|'data:[^']*')/gi, "");
}

/* Empty if the page only says how plain words look, as a programmer's editor does. */
function shaped(transfer) {
  const html = page(transfer);
  return SHAPED.test(html) && !transfer.types.includes("vscode-editor-data") ? html : "";
}

/* True for a picture alone: words around it are words that were pasted. */
export function isPicture(transfer) {
  if (!transfer?.files.length) return false;
  return !page(transfer).replace(/<!--.*?-->|<style.*?<\/style>|<[^>]*>/gis, "").trim();
}

export function createPasting(text, server, notice) {
  const url = text.textarea.dataset.pasteUrl;
  let pasted = 0;
  if (!url) return;

  async function ask(html, plain) {
    if (html.length > MOST) return null;
    const late = new Promise((done) => setTimeout(done, PATIENCE, null));
    const title = text.textarea.form.elements.title?.value ?? "";
    const answer = server.ask(url, new URLSearchParams(html ? { html, title } : { text: plain }));
    return Promise.race([answer, late]);
  }

  async function take(html, plain) {
    const mine = ++pasted;
    const before = text.value;
    const { from, to } = text.selection;
    say(notice, "Pasting …");
    const answer = await ask(html, plain);
    const good = answer?.ok && typeof answer.json?.text === "string";
    const words = good ? answer.json.text : plain;
    /* Whoever went on writing meanwhile gets it where the cursor is. */
    const at = text.value === before ? { from, to } : text.selection;
    text.replace(at.from, at.to, good && html ? apart(text.value, at, words) : words);
    if (mine === pasted) say(notice, good ? answer.json.said : answer?.message || FAILED);
  }

  text.element.addEventListener(
    "paste",
    (event) => {
      const transfer = event.clipboardData;
      if (!transfer || isPicture(transfer)) return;
      const plain = transfer.getData("text/plain");
      const html = shaped(transfer);
      if (!html && !UNTIDY.test(plain)) return say(notice, "");
      event.preventDefault();
      event.stopPropagation();
      take(html, plain);
    },
    { capture: true },
  );
}

/* Blocks get empty lines around them; words within a line stay in it. */
function apart(value, { from, to }, words) {
  if (!/\n|^(#|- |\d+\. |\|)/.test(words)) return words;
  const [before, after] = [value.slice(0, from), value.slice(to)];
  const lead = /(^|\n\n)$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = /^(\n\n|\n?$)/.test(after) ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return lead + words + tail;
}
