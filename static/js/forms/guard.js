/* Watches over a form that is no article's: unsaved words, the session. */

import { guardSize } from "../editor/fitting.js";
import { guardLeaving } from "../editor/leaving.js";
import { createServer } from "../editor/server.js";

/* Gives what asks the site for the form, or nothing on a page that asks nothing. */
export function guard(form) {
  /* First: a form that is stopped does not leave. */
  guardSize(form);
  guardLeaving(form);
  const ended = document.querySelector("[data-forms-ended]");
  if (!ended) return null;
  return createServer(form.dataset.tokenUrl, ended);
}
