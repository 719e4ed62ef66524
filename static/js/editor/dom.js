/* Elements by script: words are always text, never HTML. */

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

/* Shows a line of text, or hides its element for an empty one; says nothing twice. */
export function say(line, words) {
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}
