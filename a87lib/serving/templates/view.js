"use strict";
(() => {
  // The address always names the view shown: a reload, a copy of it and the links of the frame keep it.
  let tab = null;
  let order = new URLSearchParams(location.search).get("sort") ?? "";

  const follow = () => {
    const shown = document.querySelector("#rendered_cells a.a87-view");
    if (!shown) return;
    const view = new URL(shown.href).searchParams;
    if (tab !== null && tab !== view.get("tab")) order = "";
    tab = view.get("tab");
    if (order) view.set("sort", order); else view.delete("sort");
    const here = `${location.pathname}?${view}`;
    if (shown.getAttribute("href") !== here) shown.setAttribute("href", here);
    if (location.pathname + location.search !== here) history.replaceState(null, "", here + location.hash);
    for (const link of document.querySelectorAll(".a87-frame nav a")) {
      const wanted = new URLSearchParams(view);
      if (link.hreflang) wanted.set("language", link.hreflang); else wanted.delete("sort");
      link.search = `?${wanted}`;
    }
    restore();
  };

  const tables = () => [...document.querySelectorAll("#rendered_cells table")];

  // A table drawn again, or opened by a link, is sorted as it was.
  const restore = () => {
    const [table, column, way] = order.split(".");
    const head = order && tables()[Number(table)]?.tHead?.rows[0].cells[Number(column)];
    if (head && head.getAttribute("aria-sort") === "none" && head.querySelector("button")) arrange(head, way === "down");
  };

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.innerText.trim();
  };

  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.localeCompare(b, document.documentElement.lang, { numeric: true });
  };

  const arrange = (head, down) => {
    const table = head.closest("table");
    for (const other of head.parentElement.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const column = head.cellIndex;
    const rows = [...table.tBodies[0].rows].sort((a, b) => compare(key(a, column), key(b, column)));
    table.tBodies[0].append(...(down ? rows.reverse() : rows));
  };

  const sort = (button) => {
    const head = button.closest("th");
    const down = head.getAttribute("aria-sort") === "ascending";
    arrange(head, down);
    order = `${tables().indexOf(head.closest("table"))}.${head.cellIndex}.${down ? "down" : "up"}`;
    follow();
  };

  // Browsers refuse long data addresses: the file is handed over as a blob.
  const save = (link, event) => {
    const [, text] = link.getAttribute("href").split(";base64,");
    if (text === undefined || text.length < 1e6) return;
    event.preventDefault();
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const handed = document.createElement("a");
    handed.href = URL.createObjectURL(new Blob([bytes]));
    handed.download = link.download;
    handed.click();
    setTimeout(() => URL.revokeObjectURL(handed.href), 60000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#rendered_cells th > button");
    if (button) sort(button);
    const file = event.target.closest("#rendered_cells a[download]");
    if (file) save(file, event);
  });

  document.addEventListener("DOMContentLoaded", () => {
    const cells = document.getElementById("rendered_cells");
    new MutationObserver(follow).observe(cells, { childList: true, subtree: true });
  });
})();
