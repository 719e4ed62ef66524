/* Pictures that are dropped, pasted or chosen: uploaded, and their mark put at the cursor. A
   failed upload is a message; the text stays as it is. */

import { say } from "./dom.js";
import { isPicture } from "./pasting.js";
import { insertPicture } from "./text.js";

export function createImages(button, text, server, notice) {
  const url = text.textarea.dataset.markdownxUploadUrlsPath;
  if (!url) return;
  button.hidden = false;

  async function upload(files) {
    const refused = [];
    for (const file of files) {
      say(notice, `Uploading ${file.name} …`);
      const data = new FormData();
      data.append("image", file);
      const answer = await server.ask(url, data);
      const mark = answer.ok && answer.json?.image_code;
      if (mark) insertPicture(text, mark);
      else refused.push(`${file.name}: ${answer.message || "Log in, then try again."}`);
    }
    say(notice, refused.join(" "));
  }

  function take(event, transfer) {
    /* Words that are dropped or pasted are the browser's business. */
    if (!transfer?.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    upload([...transfer.files]);
  }

  /* Before the text's own editor, which would read a file as words. */
  const first = { capture: true };
  text.element.addEventListener("drop", (event) => take(event, event.dataTransfer), first);
  const paste = (event) => isPicture(event.clipboardData) && take(event, event.clipboardData);
  text.element.addEventListener("paste", paste, first);
  const chosen = button.querySelector("input");
  chosen.addEventListener("change", async () => {
    await upload([...chosen.files]);
    chosen.value = "";
  });
}
