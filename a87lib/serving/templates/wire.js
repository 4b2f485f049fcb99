"use strict";
(() => {
  // What goes between this page and its kernel, told to whoever asks: `a87-sent` and `a87-heard` with a message's
  // parts (1 its header, 2 the header of what it answers, 4 its content), `a87-opened` and `a87-closed` of the line.
  const Socket = window.WebSocket;
  const tell = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));

  const message = (name, given) => {
    const data = ArrayBuffer.isView(given) ? given.buffer : given;
    if (!(data instanceof ArrayBuffer)) return;
    const view = new DataView(data);
    const at = (i) => Number(view.getBigUint64(8 * (i + 1), true));
    tell(name, (i) => JSON.parse(new TextDecoder().decode(data.slice(at(i), at(i + 1)))));
  };

  window.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => message("a87-heard", data));
      this.addEventListener("open", () => tell("a87-opened"));
      this.addEventListener("close", ({ code }) => tell("a87-closed", code));
    }

    send(data) {
      message("a87-sent", data);
      super.send(data);
    }
  };
})();
