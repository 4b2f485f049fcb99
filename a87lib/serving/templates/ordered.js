"use strict";
(() => {
  // Fields hold back what is typed while an earlier change is on its way; buttons do not wait for them.
  // So a button waits here until all that was filled in has been heard: it acts on what is seen. A file
  // is chosen at once: browsers let only a fresh click open that window.
  const SETTLED = 60; // milliseconds in which a field sends what it held back
  const PATIENCE = 5000; // milliseconds after which whoever pressed is told that the screen does not answer
  const BUTTON = "#rendered_cells button.jupyter-button:not(.widget-upload)";
  const unheard = new Set();
  const waiting = new Set();
  let settling = null;
  let late;

  const tell = (detail) => window.dispatchEvent(new CustomEvent("a87-late", { detail }));

  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      settling = null;
      if (!unheard.size) act();
    }, SETTLED);
  };

  const act = () => {
    const buttons = [...waiting].filter((button) => button.isConnected);
    waiting.clear();
    clearTimeout(late);
    tell(false);
    for (const button of buttons) button.click();
  };

  window.addEventListener("a87-sent", ({ detail: part }) => {
    const { msg_type: kind, msg_id: id } = part(1);
    if (kind === "comm_msg" && part(4).data?.method === "update") unheard.add(id);
  });

  // A line that was lost comes back with the answers given meanwhile.
  window.addEventListener("a87-heard", ({ detail: part }) => {
    if (!unheard.size || part(1).msg_type !== "status" || part(4).execution_state !== "idle") return;
    if (unheard.delete(part(2).msg_id) && !unheard.size) settle();
  });

  document.addEventListener("click", (event) => {
    const button = event.isTrusted && event.target.closest?.(BUTTON);
    if (!button || (!unheard.size && settling === null)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (!waiting.size) late = setTimeout(() => tell(true), PATIENCE);
    waiting.add(button);
  }, true);
})();
