"use strict";
(() => {
  // The last signs typed may still be on their way when a page is loaded anew. The tab keeps them for
  // that moment, and types them again: what was written in the second before, and nothing else.
  const KEY = "a87-typed";
  const LATEST = 2000; // milliseconds between the last key and leaving the page
  let last = null;

  const named = (field) => field.closest(".widget-textarea")?.querySelector("label")?.textContent ?? "";
  const view = () => location.pathname + location.search;

  document.addEventListener("input", ({ target }) => {
    if (target.tagName === "TEXTAREA" && named(target)) last = { field: target, at: Date.now() };
  });
  document.addEventListener("click", (event) => { if (event.target.closest("button")) last = null; }, true);

  window.addEventListener("pagehide", () => {
    if (!last || Date.now() - last.at > LATEST) return;
    const kept = { view: view(), name: named(last.field), text: last.field.value };
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  });

  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (!kept || kept.view !== view()) return;

  const again = () => {
    const found = [...document.querySelectorAll("#rendered_cells textarea")].find((field) => named(field) === kept.name);
    if (!found) return;
    watching.disconnect();
    if (found.value === kept.text || !kept.text.startsWith(found.value)) return;
    found.value = kept.text;
    found.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const watching = new MutationObserver(() => setTimeout(again, 0));
  document.addEventListener("DOMContentLoaded", () => {
    watching.observe(document.getElementById("rendered_cells"), { childList: true, subtree: true });
  });
})();
