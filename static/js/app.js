// Small comforts. Every page works without them.
import { initAll } from "./govuk-frontend.min.js";
import { watchTimeout } from "./timeout.js";

initAll(); // among others: focus goes to the error summary, and from its links to the fields
sendOnce();
watchTimeout(document.body);

// A second press of the same button within three seconds is a slip, not a wish.
function sendOnce() {
  for (const form of document.querySelectorAll("form[method=post]")) {
    let sent = 0;
    form.addEventListener("submit", (event) => {
      const now = Date.now();
      if (now - sent < 3000) {
        event.preventDefault();
        return;
      }
      sent = now;
    });
  }
  // Coming back with the browser's Back button shows the page as it was left: let it be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });
}
