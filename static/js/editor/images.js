/* Pictures that are dropped, pasted or chosen: uploaded, and their mark put at the cursor. A
   failed upload is a message; the text stays as it is. */

import { say } from "./dom.js";
import { insertPicture } from "./text.js";

export function createImages(button, field, server, notice) {
  const url = field.dataset.markdownxUploadUrlsPath;
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
      if (mark) insertPicture(field, mark);
      else refused.push(`${file.name}: ${answer.message || "Log in, then try again."}`);
    }
    say(notice, refused.join(" "));
  }

  function take(event, transfer) {
    /* Words that are dropped or pasted are the browser's business. */
    if (!transfer?.files.length) return;
    event.preventDefault();
    upload([...transfer.files]);
  }

  field.addEventListener("drop", (event) => take(event, event.dataTransfer));
  field.addEventListener("paste", (event) => take(event, event.clipboardData));
  const chosen = button.querySelector("input");
  chosen.addEventListener("change", async () => {
    await upload([...chosen.files]);
    chosen.value = "";
  });
}
