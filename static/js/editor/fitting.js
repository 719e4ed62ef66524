/* Stops a form that is larger than the site takes, before it is sent: the answer to it could not
   bring the words back. `data-guard` on the form is the most bytes that fit. */

export function guardSize(form) {
  const most = Number(form.dataset.guard);
  if (!most) return;
  form.addEventListener("submit", (event) => {
    const sent = new URLSearchParams(new FormData(form, event.submitter)).toString();
    /* A browser sends every line's end as two signs. */
    const size = sent.replace(/(?:%0D)?%0A/g, "%0D%0A").length;
    const [longest] = [...form.querySelectorAll("textarea")].sort(
      (one, other) => other.value.length - one.value.length,
    );
    if (size <= most || !longest) return;
    event.preventDefault();
    const share = Math.floor((100 * most) / size);
    longest.setCustomValidity(
      `This is more than the site takes: about ${share} % of it would fit. Nothing was sent. Shorten this text.`,
    );
    longest.reportValidity();
    longest.addEventListener("input", () => longest.setCustomValidity(""), { once: true });
  });
}
