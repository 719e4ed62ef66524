/* Asks this site in the background. Never throws: the text on the page matters more than any
   answer, so every failure comes back as a message. */

const BACKGROUND = { "X-Background": "1", "X-Requested-With": "XMLHttpRequest" };
const AWAY = "The site cannot be reached; your text is still here.";
const FAILED = "That did not work; your text is still here.";

const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]");

async function send(url, data) {
  const headers = { ...BACKGROUND };
  if (data) headers["X-CSRFToken"] = tokens()[0]?.value ?? "";
  try {
    const method = data ? "POST" : "GET";
    const response = await fetch(url, { method, body: data, headers, credentials: "same-origin" });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    const json = isJson ? await response.json() : null;
    return {
      ok: response.ok && !response.redirected,
      shut: response.redirected || response.status === 401 || response.status === 403,
      json,
      html: isJson ? "" : await response.text(),
      message: response.ok ? "" : (json?.message ?? FAILED),
      wait: Number(response.headers.get("Retry-After")) || 0,
    };
  } catch {
    return { ok: false, shut: false, json: null, html: "", message: AWAY, wait: 0 };
  }
}

/* `ended` is the line that says the session is over, hidden while it lasts. */
export function createServer(tokenUrl, ended) {
  /* Logging in again changes the form's token: without a new one not even saving would work. */
  async function renew() {
    const answer = await send(tokenUrl);
    if (answer.ok && answer.json) {
      for (const input of tokens()) input.value = answer.json.token;
      ended.hidden = true;
      return true;
    }
    if (answer.shut && answer.json?.ended !== false) ended.hidden = false;
    return false;
  }

  /* Whoever comes back to this tab may just have logged in in another. */
  window.addEventListener("focus", renew);

  return {
    /* Gets, or posts `data` if it is given. */
    async ask(url, data) {
      const answer = await send(url, data);
      if (answer.ok) {
        if (!ended.hidden) await renew();
        return answer;
      }
      if (!answer.shut) return answer;
      if (await renew()) return send(url, data);
      return ended.hidden ? answer : { ...answer, message: "" };
    },
  };
}
