// While one types, offers names of pages and words in the field's own list. The form works without.
const field = document.getElementById("q");
const list = document.getElementById("names");
const WAIT = 150;
let timer;
let latest = 0;

async function offer() {
  const query = field.value.trim();
  const mine = ++latest;
  if (query.length < 2) {
    list.replaceChildren();
    return;
  }
  try {
    const answer = await fetch(`${field.dataset.names}?q=${encodeURIComponent(query)}`);
    const { names } = await answer.json();
    if (mine === latest) {
      list.replaceChildren(...names.map((name) => new Option("", name)));
    }
  } catch {
    // Without an answer there is only no help with typing.
  }
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(offer, WAIT);
});
