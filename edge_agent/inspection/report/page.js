"use strict";
(() => {
  const map = document.querySelector(".map");
  const chosen = (number) => {
    for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
    for (const one of document.querySelectorAll(`[data-number="${number}"]`)) one.classList.add("chosen");
  };
  if (map) {
    const svg = map.querySelector("svg");
    const whole = { x: 0, y: 0, w: +svg.dataset.width, h: +svg.dataset.height };
    let view = { ...whole };
    const unit = () => Math.max(view.w / map.clientWidth, view.h / map.clientHeight);
    const draw = () => {
      svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
      const metresPerPx = unit();
      for (const one of svg.querySelectorAll("[data-at]")) one.setAttribute("transform", `translate(${one.dataset.at}) scale(${metresPerPx})`);
      const rough = 110 * metresPerPx, ten = 10 ** Math.floor(Math.log10(rough));
      const metres = [5, 2, 1].map((step) => step * ten).find((step) => step <= rough);
      map.querySelector(".scale div").style.width = `${metres / metresPerPx}px`;
      map.querySelector(".scale span").textContent = metres < 1000 ? `${+metres.toPrecision(1)} m` : `${metres / 1000} km`;
    };
    const zoom = (factor, clientX, clientY) => {
      const box = map.getBoundingClientRect(), metresPerPx = unit();
      const w = Math.min(Math.max(view.w * factor, whole.w / 400), whole.w * 2), used = w / view.w;
      const x = view.x + view.w / 2 + (clientX - box.left - box.width / 2) * metresPerPx;
      const y = view.y + view.h / 2 + (clientY - box.top - box.height / 2) * metresPerPx;
      view = { x: x - (x - view.x) * used, y: y - (y - view.y) * used, w, h: view.h * used };
      draw();
    };
    const zoomAtMiddle = (factor) => { const box = map.getBoundingClientRect(); zoom(factor, box.left + box.width / 2, box.top + box.height / 2); };
    const show = (x, y) => { const w = Math.min(view.w, whole.w / 3), h = whole.h * w / whole.w; view = { x: x - w / 2, y: y - h / 2, w, h }; draw(); };
    const held = new Map();
    let apart = 0;
    map.addEventListener("wheel", (event) => { event.preventDefault(); zoom(1.0015 ** event.deltaY, event.clientX, event.clientY); }, { passive: false });
    map.addEventListener("pointerdown", (event) => { if (!event.target.closest("button, .mark")) { held.set(event.pointerId, event); map.setPointerCapture(event.pointerId); } });
    map.addEventListener("pointermove", (event) => {
      const before = held.get(event.pointerId);
      if (!before) return;
      held.set(event.pointerId, event);
      if (held.size === 1) {
        const metresPerPx = unit();
        view.x -= (event.clientX - before.clientX) * metresPerPx;
        view.y -= (event.clientY - before.clientY) * metresPerPx;
        draw();
        return;
      }
      const [one, two] = [...held.values()], now = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
      if (apart) zoom(apart / now, (one.clientX + two.clientX) / 2, (one.clientY + two.clientY) / 2);
      apart = now;
    });
    for (const name of ["pointerup", "pointercancel"]) map.addEventListener(name, (event) => { held.delete(event.pointerId); apart = 0; });
    map.querySelector("[data-zoom=in]").addEventListener("click", () => zoomAtMiddle(0.7));
    map.querySelector("[data-zoom=out]").addEventListener("click", () => zoomAtMiddle(1.4));
    map.querySelector("[data-zoom=whole]").addEventListener("click", () => { view = { ...whole }; draw(); });
    for (const mark of svg.querySelectorAll(".mark")) mark.addEventListener("click", () => {
      chosen(mark.dataset.number);
      document.getElementById(`finding-${mark.dataset.number}`).scrollIntoView({ behavior: "smooth", block: "center" });
    });
    for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => {
      const mark = svg.querySelector(`.mark[data-number="${button.dataset.show}"]`);
      chosen(button.dataset.show);
      show(...mark.dataset.at.split(",").map(Number));
      map.scrollIntoView({ behavior: "smooth", block: "center" });
    });
    new ResizeObserver(draw).observe(map);
    draw();
  }
  const copy = (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    return Promise.resolve();
  };
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", async () => {
    const said = button.textContent;
    await copy(button.dataset.copy);
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = said; }, 1200);
  });
  const large = document.querySelector("dialog");
  for (const picture of document.querySelectorAll(".evidence")) picture.addEventListener("click", () => {
    const copied = picture.cloneNode(true);
    copied.setAttribute("preserveAspectRatio", "xMidYMid meet");
    large.replaceChildren(copied);
    large.showModal();
  });
  large.addEventListener("click", () => large.close());
})();
