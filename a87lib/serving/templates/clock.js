"use strict";
(() => {
  // The clock of a meeting runs in this browser alone; which item has taken how long stands nowhere else.
  const SECOND = 1000;
  const MINUTE = 60;

  const read = (name) => {
    try {
      return { spent: {}, item: null, since: 0, ...JSON.parse(localStorage.getItem(name)) };
    } catch {
      return { spent: {}, item: null, since: 0 };
    }
  };

  const spent = (state, item) =>
    (state.spent[item] ?? 0) + (state.item === item ? Date.now() - state.since : 0);

  const time = (milliseconds) => {
    const seconds = Math.floor(milliseconds / SECOND);
    return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`;
  };

  const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  const words = (clock, milliseconds, minutes) => {
    const over = milliseconds - minutes * MINUTE * SECOND;
    const taken = time(milliseconds);
    return minutes > 0 && over >= SECOND ? `${taken} ${clock.dataset.over.replace("{time}", time(over))}` : taken;
  };

  const show = () => {
    const clock = document.querySelector("#rendered_cells [data-clock]");
    if (!clock) return;
    const state = read(clock.dataset.clock);
    let whole = 0;
    for (const place of clock.querySelectorAll("[data-spent]")) {
      const taken = spent(state, place.dataset.spent);
      whole += taken;
      put(place, words(clock, taken, Number(place.dataset.minutes)));
      place.closest("tr").classList.toggle("a87-running", state.item === place.dataset.spent);
    }
    const all = clock.querySelector("[data-whole]");
    put(all, words(clock, whole, Number(all.dataset.minutes)));
    for (const button of clock.querySelectorAll("[data-item]")) {
      const running = state.item === button.dataset.item;
      button.setAttribute("aria-pressed", String(running));
      put(button.querySelector("[data-word]"), running ? clock.dataset.stop : clock.dataset.start);
    }
  };

  const turn = (clock, item) => {
    const name = clock.dataset.clock;
    const state = read(name);
    if (state.item !== null) state.spent[state.item] = spent(state, state.item);
    state.item = state.item === item ? null : item;
    state.since = Date.now();
    localStorage.setItem(name, JSON.stringify(state));
    show();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#rendered_cells [data-clock] [data-item]");
    if (button) turn(button.closest("[data-clock]"), button.dataset.item);
  });

  document.addEventListener("DOMContentLoaded", () => {
    setInterval(show, SECOND);
    new MutationObserver(show).observe(document.getElementById("rendered_cells"), { childList: true, subtree: true });
  });
})();
