// Warns before somebody is signed out, and keeps what they typed.
//
// The server counts from the last request of any tab; so do we, through localStorage. Two minutes before the end a
// dialog offers to stay. After the end the page is hidden behind the dialog; what was typed stays in it, and one button
// sends it to the server, which keeps it sealed until the same person has signed in again.

const LAST_SEEN = "last-seen";
const WARN_BEFORE = 120; // seconds; WCAG 2.2.1 asks for at least 20
const CHECK_EVERY = 5000; // milliseconds

export function watchTimeout(body) {
  const dialog = document.getElementById("timeout");
  const idle = Number(body.dataset.idleSeconds);
  if (!dialog || !idle) {
    return;
  }
  const watch = new Watch(dialog, idle, body.dataset.stayUrl);
  watch.seen();
  setInterval(() => watch.look(), CHECK_EVERY);
  document.addEventListener("visibilitychange", () => watch.look());
}

class Watch {
  constructor(dialog, idle, stayUrl) {
    this.dialog = dialog;
    this.idle = idle;
    this.stayUrl = stayUrl;
    this.typed = null;
    dialog.querySelector("[data-stay]").addEventListener("click", () => this.stay());
    dialog.querySelector("[data-sign-in]").addEventListener("click", () => this.signIn());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.over() ? this.signIn() : this.stay();
    });
    document.addEventListener("input", (event) => {
      this.typed = event.target.form ?? this.typed;
    });
  }

  seen() {
    this.last = Date.now();
    try {
      localStorage.setItem(LAST_SEEN, String(this.last));
    } catch {
      // Storage may be forbidden; then each tab counts for itself.
    }
  }

  secondsLeft() {
    let last = this.last;
    try {
      last = Math.max(last, Number(localStorage.getItem(LAST_SEEN)) || 0);
    } catch {
      // As above.
    }
    return this.idle - (Date.now() - last) / 1000;
  }

  over() {
    return this.secondsLeft() <= 0;
  }

  look() {
    const left = this.secondsLeft();
    if (left > WARN_BEFORE) {
      if (this.dialog.open) {
        this.dialog.close();
      }
      return;
    }
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    const over = left <= 0;
    this.dialog.classList.toggle("app-timeout--over", over);
    for (const part of this.dialog.querySelectorAll("[data-when]")) {
      part.hidden = (part.dataset.when === "over") !== over;
    }
  }

  async stay() {
    try {
      const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
      const headers = { "X-CSRFToken": token };
      const answer = await fetch(this.stayUrl, { method: "POST", headers, redirect: "manual" });
      if (answer.ok) {
        this.seen();
        this.dialog.close();
        return;
      }
    } catch {
      // No connection: the dialog stays open and the button can be pressed again.
      return;
    }
    this.signIn();
  }

  signIn() {
    if (this.typed && this.typed.isConnected && this.typed.method === "post") {
      this.typed.noValidate = true;
      this.typed.requestSubmit();
    } else {
      window.location.reload();
    }
  }
}
