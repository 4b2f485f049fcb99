"use strict";
(() => {
  const said = JSON.parse(document.getElementById("a87-messages").textContent);
  const IDLE = 4001;
  const STOPPED = 4002;
  const PATIENCE = 1500;
  let over = false;
  let missed = false;
  let patience;
  let told = "";

  const tell = (text, offer) => {
    told = text;
    const place = document.getElementById("a87-alert");
    place.replaceChildren();
    if (!text) return;
    const box = document.createElement("div");
    const words = document.createElement("p");
    box.className = "a87-notice";
    words.textContent = text;
    box.append(words);
    if (offer) {
      const again = document.createElement("button");
      again.type = "button";
      again.textContent = said.again;
      again.addEventListener("click", () => location.reload());
      box.append(again);
    }
    place.append(box);
  };

  const ended = (code) => {
    over = over || code === IDLE || code === STOPPED;
    if (code === IDLE) tell(said.idle, true);
    else if (code === STOPPED) tell(said.stopped, true);
    else if (!over) patience ??= setTimeout(() => { missed = true; tell(said.lost, true); }, PATIENCE);
  };

  // A line that is back before anybody could miss it is not worth a word: nothing was lost with it.
  const connected = () => {
    clearTimeout(patience);
    patience = undefined;
    if (missed && !over) tell(said.back, false);
    missed = false;
  };

  const wentWrong = (part) => {
    if (part(1).msg_type === "error") tell(part(4).traceback[0], false);
  };

  // Whoever pressed a button that waits for the screen to hear what was filled in before.
  const late = (waits) => {
    if (waits && !over && !missed) tell(said.late, true);
    else if (!waits && told === said.late) tell("", false);
  };

  let leaving = false;
  window.addEventListener("a87-heard", ({ detail }) => wentWrong(detail));
  window.addEventListener("a87-opened", connected);
  window.addEventListener("a87-closed", ({ detail }) => { if (!leaving) ended(detail); });
  window.addEventListener("a87-late", ({ detail }) => late(detail));

  // A download or a mail link also fires beforeunload, and the page stays: end nothing then.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation());
  window.addEventListener("pagehide", () => {
    leaving = true;
    navigator.sendBeacon(`/voila/api/shutdown/${said.kernel}`);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  window.voila_heartbeat = () => {};
  window.voila_finish = () => {
    window.cellLoaded = true;
    if (!window.themeLoaded) return;
    document.getElementById("a87-opening")?.remove();
    document.getElementById("rendered_cells").hidden = false;
    document.documentElement.dataset.a87 = "open";
  };
})();
