/* Stops a form that is larger than the site takes, before it is sent: the answer to it could not
   bring the words back. `data-guard` on the form is the most bytes that fit. */

export function guardSize(form) {
  const most = Number(form.dataset.guard);
  if (!most) return;
  form.addEventListener("submit", (event) => {
    const size = new URLSearchParams(new FormData(form)).toString().length;
    if (size <= most) return;
    event.preventDefault();
    const texts = [...form.querySelectorAll("textarea")];
    const longest = texts.reduce((one, other) => (other.value.length > one.value.length ? other : one));
    const share = Math.floor((100 * most) / size);
    longest.setCustomValidity(
      `This is more than the site takes: about ${share} % of it would fit. Nothing was sent. Shorten this text.`,
    );
    longest.reportValidity();
    longest.addEventListener("input", () => longest.setCustomValidity(""), { once: true });
  });
}
