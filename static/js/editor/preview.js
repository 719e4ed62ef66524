/* The page as readers will see it, in a frame: there the site's own stylesheet meets no rule of
   the admin's, and its widths are those of the frame. The frame has no address, so that the
   policy has nothing to forbid, and inherits the policy: nothing in it can run. */

import { shownAt } from "./following.js";

function dress(frame, template) {
  const inside = frame.contentDocument;
  inside.open();
  inside.write("<!doctype html><html lang=en><title>Preview</title><body>");
  inside.close();
  const parts = inside.importNode(template.content, true);
  inside.head.append(parts.querySelector("link"));
  inside.body.append(parts);
  inside.addEventListener("click", (event) => follow(event, inside));
  return inside;
}

/* A link must not put another page into the frame. */
function follow(event, inside) {
  const link = event.target.closest?.("a");
  if (!link) return;
  event.preventDefault();
  const address = link.getAttribute("href") ?? "";
  if (address.startsWith("#")) inside.getElementById(address.slice(1))?.scrollIntoView();
  else window.open(link.href, "_blank", "noopener");
}

export function createPreview(panel, template, title) {
  const frame = panel.querySelector("iframe");
  const place = (inside, name) => inside.querySelector(`[data-live-${name}]`);
  panel.hidden = false;

  return {
    /* Brings into view what a place of the body shows; what is in view stays where it is. */
    follow(value, at, shown) {
      const inside = frame.contentDocument;
      const page = place(inside, "body");
      const found = page && shownAt(page, value, at, shown);
      if (!found) return;
      const { top, bottom } = found.getBoundingClientRect();
      const { innerHeight } = frame.contentWindow;
      if (top >= 0 && bottom <= innerHeight) return;
      frame.contentWindow.scrollBy(0, top - innerHeight / 3);
    },
    draw(html) {
      /* Some browsers replace an empty frame's document once; what is drawn must outlive it. */
      const dressed = place(frame.contentDocument, "body");
      const inside = dressed ? frame.contentDocument : dress(frame, template);
      const heading = place(inside, "title");
      heading.textContent = title?.value ?? "";
      heading.hidden = !heading.textContent;
      for (const field of ["summary", "body"]) {
        const at = place(inside, field);
        const text = html[field] ?? "";
        if (at.innerHTML !== text) at.innerHTML = text;
        at.hidden = !text;
      }
    },
  };
}
