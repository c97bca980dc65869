// Choosing a part of the map, by pointer or by numbers, and what stands out there.

const STANDING_OUT = 8; // answers
const NAMED_CATEGORIES = 10;
const NOTABLE = 1.96; // test value from which an answer stands out

Object.assign(TypologyMap.prototype, {
  inRegion(place) {
    const { region } = this.app.state;
    return !region || within(region, place);
  },

  // A tool at work takes the pointer: true if it did.
  startRegion(event) {
    const { state } = this.app;
    const tool = state.tool || (event.shiftKey && event.pointerType === "mouse" ? "rectangle" : "");
    if (!tool || event.button) return false;
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    this.drawing = { tool, points: [this.placeOf(event)] };
    return true;
  },

  extendRegion(event) {
    if (!this.drawing) return false;
    const { tool, points } = this.drawing;
    const here = this.placeOf(event);
    if (tool === "rectangle") this.drawing.points = [points[0], here];
    else if (Math.hypot(here[0] - points.at(-1)[0], here[1] - points.at(-1)[1]) > 3) {
      points.push(here);
    }
    this.drawRegion();
    return true;
  },

  endRegion() {
    if (!this.drawing) return;
    const outline = this.outline();
    this.drawing = null;
    this.dragged = true; // what follows is no click
    const wide = (side) => {
      const values = outline.map((point) => point[side]);
      return Math.max(...values) - Math.min(...values);
    };
    if (outline.length > 2 && wide(0) > 3 && wide(1) > 3) {
      this.app.select(outline.map((point) => this.plane.valueAt(...point)));
    } else this.drawRegion();
  },

  // What is being drawn, on the screen.
  outline() {
    const { tool, points } = this.drawing;
    if (tool !== "rectangle" || points.length < 2) return points;
    const [[x0, y0], [x1, y1]] = points;
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
  },

  drawRegion() {
    const layer = this.layers.areas;
    layer.replaceChildren();
    const { region } = this.app.state;
    const points = this.drawing ? this.outline()
      : (region || []).map((point) => this.plane.at(...point));
    if (points.length < 2) return;
    const d = `M${points.map((point) => point.map((value) => value.toFixed(1))).join("L")}Z`;
    drawn(layer, "path", { d, class: "te-region-edge" });
    drawn(layer, "path", { d, class: "te-region" });
  },
});

// Whether a polygon holds a point: how many of its sides a ray crosses.
function within(polygon, [x, y]) {
  let inside = false;
  polygon.forEach(([ax, ay], index) => {
    const [bx, by] = polygon[(index + 1) % polygon.length];
    if ((ay > y) !== (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

class Selection {
  constructor(app) {
    this.app = app;
    this.build();
  }

  build() {
    const { t } = this.app;
    const tool = (name) => make("button", { type: "button", "data-tool": name,
      "aria-pressed": this.app.state.tool === name, text: t(`explorer_select_${name}`),
      on: { click: () => this.app.useTool(name) } });
    this.tools = [tool("rectangle"), tool("lasso")];
    this.clear = make("button", { type: "button", "data-tool": "none",
      text: t("explorer_select_none"), on: { click: () => this.app.select(null) } });
    this.bounds = this.numbers();
    this.count = make("p", { class: "te-count", role: "status" });
    this.found = make("div", { class: "te-selected" });
    const name = this.app.id("selection");
    this.element = make("section", { class: "te-panel te-selection", "aria-labelledby": name },
      make("h2", { id: name, text: t("explorer_select") }),
      make("div", { class: "te-controls te-control", role: "group",
        "aria-label": t("explorer_select") }, ...this.tools, this.clear),
      make("details", { class: "te-control" },
        make("summary", { text: t("explorer_select_numbers") }), this.bounds),
      this.count, this.found);
  }

  // Bounds to type, for those who do not draw.
  numbers() {
    const { t } = this.app;
    const fields = ["left", "right", "bottom", "top"].map((side) => {
      const id = this.app.id(`bound-${side}`);
      return make("span", { class: "te-field" },
        make("label", { for: id, text: t(`explorer_bound_${side}`) }),
        make("input", { id, type: "number", step: "any", required: true, "data-bound": side }));
    });
    return make("form", { class: "te-bounds", on: { submit: (event) => {
      event.preventDefault();
      const [left, right, bottom, top] = [...this.bounds.querySelectorAll("[data-bound]")]
        .map((field) => field.valueAsNumber);
      this.app.select([[left, bottom], [right, bottom], [right, top], [left, top]]);
    } } }, ...fields, make("button", { type: "submit", text: t("explorer_select_do") }));
  }

  draw() {
    const { app } = this;
    const { state, data, t, language } = app;
    for (const button of this.tools) {
      button.setAttribute("aria-pressed", state.tool === button.dataset.tool);
    }
    this.clear.disabled = !state.region;
    if (!state.region) {
      this.count.textContent = t(state.tool ? "explorer_select_drawing" : "explorer_select_nothing");
      this.found.replaceChildren();
      return;
    }
    const classes = this.types();
    const n = classes.reduce((sum, each) => sum + each.n, 0);
    const total = data.respondents.n.reduce((sum, each) => sum + each, 0);
    const categories = this.categories();
    this.count.textContent = fill(t("explorer_select_count"), {
      n: writeNumber(n, language, 0), total: writeNumber(total, language, 0),
      share: writePercent(100 * n / total, language),
      categories: writeNumber(categories.length, language, 0) });
    this.count.dataset.selected = n;
    this.found.replaceChildren(...(n ? [this.typesTable(classes, n), this.answersTable()] : []),
      this.categoryList(categories));
  }

  types() {
    const { data, map } = this.app;
    const places = map.placesOf(data.respondents.axes);
    return data.classes.map((each) => {
      const own = places.map((place, index) => (data.respondents.class[index] === each.class
        ? [data.respondents.n[index], within(this.app.state.region, place)] : [0, false]));
      return { number: each.class, total: own.reduce((sum, [size]) => sum + size, 0),
        n: own.reduce((sum, [size, inside]) => sum + (inside ? size : 0), 0) };
    });
  }

  // The answers more frequent there than elsewhere: every number is a sum of points of the map,
  // none of which stands for fewer respondents than the smallest cell of the study.
  answers() {
    const { data, map, state } = this.app;
    const found = [];
    for (const [id, points] of Object.entries(data.question_points)) {
      const places = map.placesOf(points.axes);
      const counts = new Map();
      let [all, inside] = [0, 0];
      points.n.forEach((n, index) => {
        const own = counts.get(points.answer[index]) || { all: 0, inside: 0 };
        const here = within(state.region, places[index]) ? n : 0;
        counts.set(points.answer[index], { all: own.all + n, inside: own.inside + here });
        all += n;
        inside += here;
      });
      if (!inside || inside === all) continue;
      for (const [answer, own] of counts) {
        const spread = inside * (all - inside) * own.all * (all - own.all) / (all * all * (all - 1));
        const test = spread > 0 ? (own.inside - inside * own.all / all) / Math.sqrt(spread) : 0;
        if (test < NOTABLE) continue;
        found.push({ id, answer, n: own.inside, share: 100 * own.inside / inside,
          overall: 100 * own.all / all, test });
      }
    }
    return found.sort((a, b) => b.test - a.test).slice(0, STANDING_OUT);
  }

  // The categories shown there, those that make the axes first.
  categories() {
    const { map, data, state } = this.app;
    return map.marks.map((_, index) => index)
      .filter((index) => map.visible(index)
        && within(state.region, map.categoryPlace(data.categories[index])))
      .sort((a, b) => map.telling(b) - map.telling(a));
  }

  table(title, columns, rows) {
    const { t } = this.app;
    return make("div", {}, make("h3", { text: t(title) }),
      make("div", { class: "te-scroll", tabindex: "0", role: "region", "aria-label": t(title) },
        make("table", {}, make("thead", {}, make("tr", {}, ...columns.map((key) => make("th", {
          scope: "col", text: t(key) })))), make("tbody", {}, ...rows))));
  }

  typesTable(classes, n) {
    const { words, language, panels } = this.app;
    const rows = classes.filter((each) => each.n).map((each) => make("tr", {
      "data-selected-type": each.number },
    make("th", { scope: "row" }, panels.icon(each.number), ` ${words.types[each.number]}`),
    make("td", { text: writeNumber(each.n, language, 0) }),
    make("td", { text: writePercent(100 * each.n / n, language) }),
    make("td", { text: writePercent(100 * each.n / each.total, language) })));
    return this.table("explorer_select_types",
      ["type", "n", "explorer_in_selection", "explorer_of_type"], rows);
  }

  answersTable() {
    const { words, t, language } = this.app;
    const rows = this.answers().map((each) => make("tr", { "data-standing": each.id,
      "data-code": each.answer },
    make("th", { scope: "row" },
      make("button", { type: "button", class: "te-link", text: words.variables[each.id].short,
        title: words.variables[each.id].full,
        on: { click: () => this.app.chooseVariable(each.id) } }),
      make("span", { class: "te-answer", text: words.answers[each.id][each.answer] })),
    make("td", { text: writeNumber(each.n, language, 0) }),
    make("td", { text: writePercent(each.share, language) }),
    make("td", { text: writePercent(each.overall, language) })));
    if (!rows.length) return make("p", { text: t("explorer_select_no_answer") });
    const table = this.table("explorer_select_answers",
      ["category", "n", "explorer_in_selection", "overall"], rows);
    table.append(make("p", { class: "te-note", text: t("explorer_select_note") }));
    return table;
  }

  categoryList(categories) {
    const { words, t, language } = this.app;
    if (!categories.length) return "";
    const title = t("explorer_select_categories");
    const items = categories.slice(0, NAMED_CATEGORIES).map((index) => make("li", {},
      make("button", { type: "button", class: "te-link", "data-selected-category": index,
        text: words.categories[index].label, on: { click: () => this.app.findCategory(index) } })));
    const more = categories.length - items.length;
    return make("div", {}, make("h3", { text: title }), make("ul", { class: "te-means" }, ...items),
      more > 0 ? make("p", { class: "te-note", text: fill(t("explorer_search_more"), {
        n: writeNumber(more, language, 0) }) }) : null);
  }
}
