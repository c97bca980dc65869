// Pointing at the map: hover, tap, keys, wheel, drag and pinch; the details of a category.

Object.assign(TypologyMap.prototype, {
  listen() {
    const { svg } = this;
    svg.addEventListener("pointermove", (event) => this.pointerMoved(event));
    svg.addEventListener("pointerdown", (event) => this.pointerDown(event));
    for (const name of ["pointerup", "pointercancel"]) {
      svg.addEventListener(name, (event) => {
        this.pointers.delete(event.pointerId);
        this.endRegion();
      });
    }
    svg.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !this.pinned) this.point(null);
    });
    svg.addEventListener("click", (event) => this.clicked(event));
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    // On the frame, not on the drawing: listening to focus would make the drawing a stop itself.
    this.plot.addEventListener("keydown", (event) => this.key(event));
    this.plot.addEventListener("focusin", (event) => {
      const group = event.target.closest("[data-category]");
      if (group && !this.closing) this.point(Number(group.dataset.category));
    });
    this.plot.addEventListener("focusout", (event) => {
      if (!this.pinned && !this.plot.contains(event.relatedTarget)) this.point(null);
    });
  },

  placeOf(event) {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  },

  nearest([x, y], reach) {
    let best = null;
    let least = reach ** 2;
    this.marks.forEach((mark, index) => {
      if (!mark.shown) return;
      const distance = (mark.at[0] - x) ** 2 + (mark.at[1] - y) ** 2;
      if (distance <= least) [best, least] = [index, distance];
    });
    return best;
  },

  pointerDown(event) {
    this.dragged = false;
    if (this.startRegion(event)) return;
    this.pointers.set(event.pointerId, this.placeOf(event));
    this.start = this.placeOf(event);
  },

  pointerMoved(event) {
    if (this.extendRegion(event)) return;
    const here = this.placeOf(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse" && !this.pinned) this.point(this.nearest(here, REACH.mouse));
      return;
    }
    if (this.pointers.size === 2) {
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      const length = ([x, y]) => Math.hypot(x - other[0], y - other[1]) || 1;
      this.plane.zoomBy(length(here) / length(before), (here[0] + other[0]) / 2,
        (here[1] + other[1]) / 2);
      this.dragged = true;
    } else if (this.plane.view.zoom > 1) {
      if (!this.dragged && Math.hypot(here[0] - this.start[0], here[1] - this.start[1]) < 4) return;
      if (!this.dragged) this.svg.setPointerCapture(event.pointerId);
      this.dragged = true;
      this.plane.moveBy(here[0] - before[0], here[1] - before[1]);
    }
    this.pointers.set(event.pointerId, here);
    this.afterMove();
  },

  clicked(event) {
    if (this.dragged) {
      this.dragged = false;
      return;
    }
    const reach = event.pointerType === "touch" ? REACH.touch : REACH.mouse;
    const index = this.nearest(this.placeOf(event), reach);
    this.pinned = index !== null;
    this.point(index);
  },

  // At the whole view, scrolling down scrolls the page.
  wheel(event) {
    if (this.plane.view.zoom === 1 && event.deltaY > 0) return;
    event.preventDefault();
    this.plane.zoomBy(Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) * 0.0035),
      ...this.placeOf(event));
    this.afterMove();
  },

  zoom(factor) {
    if (factor) this.plane.zoomBy(factor);
    else this.plane.reset();
    this.afterMove();
  },

  afterMove() {
    this.svg.classList.toggle("te-zoomed", this.plane.view.zoom > 1);
    this.drawSoon();
    if (this.current !== null) this.placeTip();
  },

  key(event) {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key in arrows) this.step(arrows[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(1.5);
    else if (event.key === "-") this.zoom(1 / 1.5);
    else if (event.key === "0") this.zoom(0);
    else if (event.key === "Escape") this.close();
    else if (event.target.matches("button")) return;
    else if (event.key === "Enter" || event.key === " ") this.pinned = this.current !== null;
    else return;
    event.preventDefault();
  },

  // The nearest category on that side, what is off the line counting double.
  step([dx, dy]) {
    if (this.current === null) return;
    const from = this.marks[this.current].at;
    let best = null;
    let least = Infinity;
    this.marks.forEach((mark, index) => {
      if (!mark.shown || index === this.current) return;
      const [x, y] = [mark.at[0] - from[0], mark.at[1] - from[1]];
      const along = x * dx + y * dy;
      const across = Math.abs(x * dy) + Math.abs(y * dx);
      if (along > 0.01 && along + 2 * across < least) [best, least] = [index, along + 2 * across];
    });
    if (best !== null) this.marks[best].group.focus();
  },

  unpin() {
    this.pinned = false;
    this.point(null);
  },

  // Closes the details; the keyboard goes back to where it was on the map.
  close() {
    const index = this.current;
    this.unpin();
    this.closing = true;
    if (index !== null) this.marks[index].group.focus({ preventScroll: true });
    this.closing = false;
  },

  point(index) {
    if (index === this.current) return;
    this.current = index;
    this.drawCategories();
    this.drawPath();
    this.drawLabels();
    this.tip.hidden = index === null;
    if (index === null) return;
    this.fillTip(index);
    this.placeTip();
  },

  fillTip(index) {
    const { data, state, words, t, language } = this.app;
    const category = data.categories[index];
    const { id } = data.variables[category.variable];
    const count = category.n;
    const role = t(`${category.role}_category`);
    const answered = fill(t(count < 2 ? "explorer_answered_by.one" : "explorer_answered_by.other"),
      { n: writeNumber(count, language, 0) });
    const values = {
      coordinate: (i) => writeNumber(category.coordinate[i], language, 2),
      contribution: (i) => writePercent(category.contribution[i], language, 1),
      cos2: (i) => writeNumber(category.cos2[i], language, 2),
      v_test: (i) => writeNumber(category.v_test[i], language, 1),
    };
    if (category.role !== "active") delete values.contribution;
    const axes = [state.x, state.y];
    const head = make("tr", {}, make("td"), ...axes.map((axis) => make("th", { scope: "col",
      text: fill(t("axis_number"), { axis }) })));
    const rows = Object.entries(values).map(([key, write]) => make("tr", {},
      make("th", { scope: "row", text: t(key) }),
      ...axes.map((axis) => make("td", { "data-value": key, text: write(this.axis(axis)) }))));
    this.tip.replaceChildren(
      make("button", { type: "button", class: "te-close te-control", "aria-label": t("explorer_close"),
        text: "\u00d7", on: { click: () => this.close() } }),
      make("p", { class: "te-tip-question", text: words.variables[id].full }),
      make("p", { class: "te-tip-answer", text: words.categories[index].answer }),
      make("p", { class: "te-tip-role", text: `${role[0].toUpperCase()}${role.slice(1)}. ${answered}.` }),
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
    this.tip.dataset.variable = id;
    this.tip.dataset.code = category.category;
  },

  // Beside the category, within the map; on narrow screens the style puts it below.
  placeTip() {
    const [x, y] = this.plane.at(...this.categoryPlace(this.app.data.categories[this.current]));
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const right = x + 16 + width <= this.plane.width;
    const left = right ? x + 16 : Math.max(x - 16 - width, 0);
    const top = Math.min(Math.max(y - height / 2, 0), Math.max(this.plane.height - height, 0));
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${top}px`;
  },
});
