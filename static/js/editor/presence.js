/* Says who else has the entry open, and keeps saying that we have. */

import { say } from "./dom.js";

const EVERY = 20_000;

export function watchPresence(line, field, server) {
  const url = field.dataset.presenceUrl;
  if (!url) return;

  async function look() {
    const answer = await server.ask(url, new URLSearchParams());
    if (answer.ok && answer.json) {
      const others = answer.json.others ?? [];
      say(line, others.length ? `Also open here: ${others.join("; ")}.` : "");
    }
    setTimeout(look, EVERY);
  }

  look();
}
