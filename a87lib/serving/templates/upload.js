"use strict";
(() => {
  // Files are chosen with a button or dropped on the box around it; both end in the input that the
  // button's widget made for itself. It is put beside the button, so that what was chosen is seen
  // here first: a file that is too large would end the connection.
  const click = HTMLInputElement.prototype.click;
  let button = null;
  let dropped = null;

  HTMLInputElement.prototype.click = function () {
    if (this.type !== "file" || !button) return click.call(this);
    if (!this.isConnected) button.after(this);
    if (!dropped) return click.call(this);
    this.value = "";
    this.files = dropped;
    this.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const chosen = (event) => {
    const zone = event.target.type === "file" ? event.target.closest(".a87-drop") : null;
    if (!zone) return;
    const files = [...event.target.files];
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const large = zone.querySelector(".a87-too-large");
    const many = zone.querySelector(".a87-too-many");
    large.hidden = bytes <= Number(large.dataset.most);
    many.hidden = event.target.multiple || files.length < 2;
    if (files.length && large.hidden && many.hidden) {
      zone.querySelector(".a87-sending").hidden = false;
    } else {
      event.stopImmediatePropagation();
    }
  };

  const over = (zone) => {
    for (const other of document.querySelectorAll(".a87-drop")) other.classList.toggle("a87-over", other === zone);
  };

  const dragged = (event) => {
    if (!document.querySelector(".a87-drop")) return;
    event.preventDefault(); // a file dropped beside the boxes must not take the place of the page
    const zone = event.target.closest(".a87-drop");
    over(event.type === "dragover" ? zone : null);
    const own = zone?.querySelector("button.widget-upload");
    if (event.type !== "drop" || !own || own.disabled || !event.dataTransfer.files.length) return;
    dropped = event.dataTransfer.files;
    own.click();
    dropped = null;
  };

  // The widget writes how many files it holds behind its words; the list below it says that.
  const answered = (changes) => {
    plain();
    for (const { target } of changes) {
      const zone = target.closest?.(".widget-html") && target.closest(".a87-drop");
      const sending = zone?.querySelector(".a87-sending");
      if (sending) sending.hidden = true;
    }
  };

  const plain = () => {
    for (const own of document.querySelectorAll("#rendered_cells button.widget-upload")) {
      const text = own.lastChild;
      if (text && / \(\d+\)$/.test(text.data)) text.data = text.data.replace(/ \(\d+\)$/, "");
    }
  };

  document.addEventListener("click", (event) => { button = event.target.closest("button.widget-upload"); }, true);
  document.addEventListener("change", chosen, true);
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, dragged);
  document.addEventListener("DOMContentLoaded", () => {
    const cells = document.getElementById("rendered_cells");
    new MutationObserver(answered).observe(cells, { childList: true, subtree: true });
  });
})();
