// The map: respondents on a canvas, categories and types as shapes that can be read and reached.

const REACH = { mouse: 12, touch: 24 };
const RADII = { large: 5.5, small: 3.2, other: 4, respondent: 3.6, centre: 9 };

class TypologyMap {
  constructor(app) {
    this.app = app;
    this.current = null;
    this.pinned = false;
    this.pointers = new Map();
    this.build();
    this.plane = new Plane(this.points());
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.plot);
  }

  // --- What there is ---------------------------------------------------------------------------

  build() {
    const { t, namespace } = this.app;
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.svg = document.createElementNS(namespace, "svg");
    this.svg.setAttribute("role", "group");
    this.tip = make("div", { class: "te-tip", role: "status", hidden: true });
    this.plot = make("div", { class: "te-plot" }, this.canvas, this.svg, this.tip);
    const zoom = (key, sign, run) => make("button", {
      type: "button", class: "te-zoom", "aria-label": t(key), title: t(key), text: sign,
      "data-zoom": key.replace("explorer_zoom_", ""), on: { click: run },
    });
    this.zooms = make("div", { class: "te-zooms te-control" },
      zoom("explorer_zoom_in", "+", () => this.zoom(1.5)),
      zoom("explorer_zoom_out", "\u2212", () => this.zoom(1 / 1.5)),
      zoom("explorer_zoom_reset", t("explorer_zoom_reset"), () => this.zoom(0)));
    this.note = make("p", { class: "te-note" });
    this.answers = make("ul", { class: "te-answers te-colours", hidden: true,
      "aria-label": t("explorer_colour") });
    this.element = make("div", { class: "te-map" }, this.zooms, this.plot, this.answers,
      this.saveButtons(), this.note);
    this.layers = {};
    const clip = drawn(drawn(this.svg, "defs"), "clipPath", { id: this.app.id("clip") });
    this.clip = drawn(clip, "rect");
    this.layers.axes = drawn(this.svg, "g", { class: "te-axes", "aria-hidden": "true" });
    const inside = drawn(this.svg, "g", { "clip-path": `url(#${this.app.id("clip")})` });
    for (const name of ["ellipses", "path", "categories", "centres", "areas", "labels"]) {
      this.layers[name] = drawn(inside, "g", { class: `te-${name}` });
    }
    this.layers.labels.setAttribute("aria-hidden", "true");
    this.layers.path.setAttribute("aria-hidden", "true");
    this.layers.areas.setAttribute("aria-hidden", "true");
    this.lastPoints = [];
    this.buildCategories();
    this.listen();
  }

  buildCategories() {
    const { data, words } = this.app;
    const markers = Object.fromEntries(data.blocks.map((block) => [block.id, block.marker]));
    this.marks = data.categories.map((category, index) => {
      const open = { passive: "x", supplementary: "+" }[category.role];
      const variable = data.variables[category.variable];
      const group = drawn(this.layers.categories, "g", {
        role: "img", tabindex: "-1", "data-category": index, "data-role": category.role,
        "data-variable": variable.id, "data-code": category.category,
        "aria-label": `${words.categories[index].label} (${
          this.app.t(category.role + "_category")})`,
      });
      const shape = drawn(group, "path", {
        fill: open ? "none" : category.colour, stroke: open ? "#222222" : "#333333",
        "stroke-width": open ? 1.4 : 0.7,
      });
      return { group, shape, marker: open || markers[variable.block] || "o", open: Boolean(open) };
    });
    this.centres = data.classes.map((each) => {
      const name = words.types[each.class];
      const group = drawn(this.layers.centres, "g", {
        role: "img", "data-centre": each.class,
        "aria-label": fill(this.app.t("explorer_centre_of"), { type: name }),
      });
      drawn(group, "path", {
        d: shapePath(each.marker, RADII.centre), fill: each.colour, stroke: "#222222",
        "stroke-width": 2,
      });
      return group;
    });
  }

  // --- Where it lies: categories at the mean points of their respondents ---------------------------

  axis(number) {
    return this.app.data.axes.findIndex((axis) => axis.axis === number);
  }

  spread(number) {
    return Math.sqrt(this.app.data.axes[this.axis(number)].eigenvalue) || 1;
  }

  categoryPlace(category) {
    const { x, y } = this.app.state;
    return [category.coordinate[this.axis(x)], category.coordinate[this.axis(y)]];
  }

  ellipses() {
    const { x, y } = this.app.state;
    const swapped = x > y;
    const plane = this.app.data.planes[swapped ? `${y}-${x}` : `${x}-${y}`] || [];
    const [spreadX, spreadY] = [this.spread(x), this.spread(y)];
    const place = ([a, b]) => (swapped ? [b / spreadX, a / spreadY] : [a / spreadX, b / spreadY]);
    return plane.map((each) => ({
      class: each.class,
      centre: place([each.center_x, each.center_y]),
      outline: ellipsePoints(each.center_x, each.center_y, each.width, each.height, each.angle)
        .map(place),
    }));
  }

  points() {
    return [...this.placesOf(this.app.data.respondents.axes), ...this.app.data.categories
      .map((category) => this.categoryPlace(category))];
  }

  visible(index) {
    const { show } = this.app.state;
    const { role } = this.app.data.categories[index];
    return (role === "supplementary" ? show.supplementary : show.categories) && this.passes(index);
  }

  // Whether a category is above the threshold of the reader, on the two axes shown.
  passes(index) {
    const { x, y, filter } = this.app.state;
    if (!filter.by) return true;
    const category = this.app.data.categories[index];
    const [first, second] = [this.axis(x), this.axis(y)];
    if (filter.by === "cos2") {
      return (category.cos2[first] || 0) + (category.cos2[second] || 0) >= filter.least;
    }
    if (category.role !== "active") return category.role === "supplementary";
    const active = this.app.data.categories.filter((each) => each.role === "active").length;
    const largest = Math.max(category.contribution[first] || 0, category.contribution[second] || 0);
    return largest >= filter.least * 100 / active;
  }

  large(category) {
    const { x, y } = this.app.state;
    return category.large[this.axis(x)] || category.large[this.axis(y)];
  }

  // --- Drawing --------------------------------------------------------------------------------

  changeAxes() {
    this.plane.setPoints(this.points());
    this.plane.reset();
    this.resize();
  }

  resize() {
    const width = Math.round(this.plot.clientWidth);
    if (!width) return;
    const height = Math.round(Math.min(Math.max(width * 0.78, 340), 680));
    this.plot.style.height = `${height}px`;
    this.plane.resize(width, height);
    this.finer = Math.min(Math.max(width / 640, 0.65), 1);
    const density = window.devicePixelRatio || 1;
    this.canvas.width = width * density;
    this.canvas.height = height * density;
    this.canvas.getContext("2d").setTransform(density, 0, 0, density, 0, 0);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const { left, top, width: innerWidth, height: innerHeight } = this.plane.inner;
    const box = { x: left, y: top, width: innerWidth, height: innerHeight };
    for (const [name, value] of Object.entries(box)) this.clip.setAttribute(name, value);
    this.draw();
  }

  drawSoon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  draw() {
    if (!this.plane.width) return;
    this.drawAxes();
    this.drawRespondents();
    this.drawTypes();
    this.drawCategories();
    this.drawPath();
    this.drawRegion();
    this.drawLabels();
    this.describe();
  }

  drawAxes() {
    const { state, words, language } = this.app;
    const layer = this.layers.axes;
    layer.replaceChildren();
    const { left, top, width, height } = this.plane.inner;
    drawn(layer, "rect", { x: left, y: top, width, height, class: "te-frame" });
    for (const horizontal of [true, false]) {
      const { values, decimals } = this.plane.ticks(horizontal);
      for (const value of values) {
        const [px, py] = this.plane.at(horizontal ? value : 0, horizontal ? 0 : value);
        const at = horizontal ? { x1: px, x2: px, y1: top, y2: top + height }
          : { x1: left, x2: left + width, y1: py, y2: py };
        const origin = Math.abs(value) < 1e-9;
        drawn(layer, "line", { ...at, class: origin ? "te-origin" : "te-grid" });
        const text = drawn(layer, "text", horizontal
          ? { x: px, y: top + height + 14, "text-anchor": "middle" }
          : { x: left - 5, y: py + 4, "text-anchor": "end" });
        text.textContent = writeNumber(value, language, decimals);
      }
    }
    const title = (axis, attributes) => {
      const text = drawn(layer, "text", { ...attributes, "text-anchor": "middle",
        class: "te-axis-title" });
      text.textContent = words.axes[axis];
    };
    title(state.x, { x: left + width / 2, y: top + height + 34 });
    title(state.y, { transform: `translate(13 ${top + height / 2}) rotate(-90)` });
  }

  drawTypes() {
    const { data, state } = this.app;
    const layer = this.layers.ellipses;
    layer.replaceChildren();
    this.layers.centres.style.display = state.show.ellipses ? "" : "none";
    if (!state.show.ellipses) return;
    for (const ellipse of this.ellipses()) {
      const index = data.classes.findIndex((each) => each.class === ellipse.class);
      const chosen = this.app.isChosen(ellipse.class);
      const at = this.plane.at(...ellipse.centre);
      this.centres[index].setAttribute("transform", `translate(${at})`);
      this.centres[index].setAttribute("opacity", chosen ? 1 : 0.3);
      if (!chosen) continue;
      const points = ellipse.outline.map((point) => this.plane.at(...point)
        .map((value) => value.toFixed(1)));
      const d = `M${points.join("L")}Z`;
      drawn(layer, "path", { d, class: "te-ellipse-edge" });
      drawn(layer, "path", { d, class: "te-ellipse", stroke: data.classes[index].colour });
    }
  }

  drawCategories() {
    const { data, state } = this.app;
    const marked = state.marked.size > 0;
    const reachable = [];
    this.marks.forEach((mark, index) => {
      const category = data.categories[index];
      const shown = this.visible(index);
      mark.group.style.display = shown ? "" : "none";
      mark.at = this.plane.at(...this.categoryPlace(category));
      mark.shown = shown && this.plane.holds(mark.at, 2);
      if (!shown) return;
      if (mark.shown) reachable.push(index);
      const variable = data.variables[category.variable].id;
      const isMarked = marked && state.marked.has(variable);
      const isCurrent = this.current === index;
      let radius = mark.open ? RADII.other : RADII[this.large(category) ? "large" : "small"];
      if (isMarked || isCurrent) radius = Math.max(radius, RADII.large) + 2;
      radius *= this.finer;
      mark.shape.setAttribute("d", shapePath(mark.marker, radius));
      mark.group.setAttribute("transform", `translate(${mark.at.map((v) => v.toFixed(1))})`);
      mark.group.setAttribute("class", [isMarked ? "te-marked" : "", isCurrent ? "te-current" : "",
        marked && !isMarked && !isCurrent ? "te-dimmed" : ""].join(" ").trim());
    });
    // One stop for the Tab key; arrows do the rest.
    const stop = reachable.includes(this.current) ? this.current : this.mostTelling(reachable);
    this.marks.forEach((mark, index) => {
      mark.group.setAttribute("tabindex", index === stop ? "0" : "-1");
    });
  }

  telling(index) {
    const { x, y } = this.app.state;
    const { contribution, v_test: tests } = this.app.data.categories[index];
    const largest = (values) => Math.max(Math.abs(values[this.axis(x)] || 0),
      Math.abs(values[this.axis(y)] || 0));
    return largest(contribution) || largest(tests) / 1000;
  }

  mostTelling(indexes) {
    return indexes.reduce((best, index) => (
      best === null || this.telling(index) > this.telling(best) ? index : best), null);
  }

  // The answers of one question, joined in their order.
  drawPath() {
    const { data, state } = this.app;
    const layer = this.layers.path;
    layer.replaceChildren();
    let variable = null;
    if (this.current !== null) variable = data.categories[this.current].variable;
    else if (state.marked.size === 1) {
      const [id] = state.marked;
      variable = data.variables.findIndex((each) => each.id === id);
    }
    if (variable === null || variable < 0 || data.variables[variable].block === null) return;
    const points = data.categories
      .filter((each) => each.variable === variable && /^-?\d+$/.test(each.category))
      .sort((a, b) => Number(a.category) - Number(b.category))
      .map((each) => this.plane.at(...this.categoryPlace(each)).map((v) => v.toFixed(1)));
    if (points.length > 1) drawn(layer, "path", { d: "M" + points.join("L") });
  }

  describe() {
    const { data, state, t, language } = this.app;
    const shown = this.marks.filter((_, index) => this.visible(index)).length;
    this.svg.setAttribute("aria-label", fill(t("explorer_map_label"), {
      categories: writeNumber(shown, language, 0), respondents: writeNumber(this.nShown, language, 0),
      x: state.x, y: state.y,
    }));
    this.plot.dataset.respondents = this.nShown;
    this.plot.dataset.categories = shown;
    this.app.filtered.textContent = fill(t("explorer_threshold_count"), {
      n: writeNumber(shown, language, 0), total: writeNumber(this.marks.length, language, 0) });
    this.plot.dataset.zoom = this.plane.view.zoom.toFixed(3);
    const found = data.guttman.find((each) => each.x === state.x && each.y === state.y);
    const guttman = found ? " " + fill(t("explorer_guttman"), {
      r2: writeNumber(found.r2, language, 2), x: found.x, y: found.y }) : "";
    const grouped = Math.max(...data.respondents.n) > 1 ? " " + fill(t("explorer_grouped"), {
      least: Math.min(...data.respondents.n), most: Math.max(...data.respondents.n) }) : "";
    this.note.textContent = t("explorer_map_note") + grouped + guttman;
  }
}
