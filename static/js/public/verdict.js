// A label opens the line of its claim over the page, where the reader is, instead of jumping to
// the list at the end. Without this file, or in a browser without popovers, the link jumps.
"use strict";

function open(line, link) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "entry__close";
  close.textContent = "Close";
  close.addEventListener("click", () => line.hidePopover());
  const more = document.createElement("a");
  more.className = "entry__more";
  more.href = line.querySelector("a").href;
  more.textContent = "Who says it, who looked";
  line.append(more, close);
  line.popover = "auto";
  line.tabIndex = -1;
  line.addEventListener("toggle", function shut(event) {
    if (event.newState !== "closed") return;
    line.removeEventListener("toggle", shut);
    line.removeAttribute("popover");
    line.removeAttribute("tabindex");
    close.remove();
    more.remove();
    // The list is where the line goes back to; the reader stays where the label is.
    if (document.activeElement === document.body) link.focus({ preventScroll: true });
  });
  line.showPopover();
  line.focus({ preventScroll: true });
}

if ("popover" in HTMLElement.prototype) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('[class^="label"] > a[href^="#c-"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const line = document.getElementById(link.hash.slice(1));
    if (!line) return;
    event.preventDefault();
    open(line, link);
  });
}
