/* Words that go along when the text is saved: each becomes a wording of its claim. They stand in the
   form as hidden fields, and are told here until they are saved or their mark is taken back. */

import { element } from "./dom.js";

const NAME = "add-wording";

export function createAlong(place, form, texts) {
  const inputs = () => [...form.querySelectorAll(`input[type=hidden][name=${NAME}]`)];
  const parts = ({ value }) => [value.split(" ", 1)[0], value.slice(value.indexOf(" ") + 1)];

  function isMarked(input) {
    const [key] = parts(input);
    return Object.values(texts).some((one) => one.value.includes(`](claim:${key})`));
  }

  function draw() {
    const rows = inputs().filter(isMarked).map((input) => {
      const [key, words] = parts(input);
      return element("li", {}, `“${words}” is added to ${key} as a wording.`);
    });
    place.replaceChildren(
      ...(rows.length ? ["When you save, these go along:", element("ul", {}, ...rows)] : []),
    );
    place.hidden = !rows.length;
  }

  /* A wording whose mark was taken back is not added to its claim. */
  form.addEventListener("submit", () => {
    for (const input of inputs()) if (!isMarked(input)) input.remove();
  });
  for (const one of Object.values(texts)) one.onChange(draw);
  draw();

  return {
    add(value) {
      form.append(element("input", { type: "hidden", name: NAME, value }));
      draw();
    },
  };
}
