"use strict";
(() => {
  // Fields hold back what is typed while an earlier change is on its way; buttons do not wait for them.
  // So a button waits here until all that was filled in has been heard: it acts on what is seen.
  const SETTLED = 60; // milliseconds in which a field sends what it held back
  const Socket = window.WebSocket;
  const unheard = new Set();
  let waiting = [];
  let timer;

  const read = (given) => {
    const data = ArrayBuffer.isView(given) ? given.buffer : given;
    if (!(data instanceof ArrayBuffer)) return null;
    const view = new DataView(data);
    const at = (i) => Number(view.getBigUint64(8 * (i + 1), true));
    return (i) => JSON.parse(new TextDecoder().decode(data.slice(at(i), at(i + 1))));
  };

  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (unheard.size) return;
      const buttons = waiting;
      waiting = [];
      for (const button of buttons) button.click();
    }, SETTLED);
  };

  window.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", (event) => {
        const part = unheard.size ? read(event.data) : null;
        if (part && part(1).msg_type === "status" && part(4).execution_state === "idle") {
          if (unheard.delete(part(2).msg_id) && !unheard.size) settle();
        }
      });
      this.addEventListener("close", () => { unheard.clear(); waiting = []; });
    }

    send(data) {
      const part = read(data);
      const sent = part?.(1);
      if (sent?.msg_type === "comm_msg" && part(4).data?.method === "update") unheard.add(sent.msg_id);
      super.send(data);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.isTrusted && event.target.closest?.("#rendered_cells button.jupyter-button");
    if (!button || !unheard.size) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (!waiting.includes(button)) waiting.push(button);
  }, true);
})();
