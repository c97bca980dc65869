// The map as a file: a drawing (SVG), a picture (PNG) or a table (CSV) of what is shown.

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity",
  "paint-order", "font-family", "font-size", "font-weight"];
const LINE = 17; // pixels of a line of the legend below the map
const PICTURE_DENSITY = 2;

Object.assign(TypologyMap.prototype, {
  saveButtons() {
    const { t } = this.app;
    const button = (kind, run) => make("button", { type: "button", "data-save": kind,
      "aria-label": saying(t("explorer_save"), kind.toUpperCase(), this.app.language),
      text: kind.toUpperCase(), on: { click: run } });
    return make("div", { class: "te-saving te-control", role: "group",
      "aria-label": t("explorer_save") }, make("span", { text: t("explorer_save") }),
    button("svg", () => this.save("svg", "image/svg+xml", this.standalone())),
    button("png", () => this.savePicture()),
    button("csv", () => this.save("csv", "text/csv;charset=utf-8", this.table())));
  },

  save(ending, type, content) {
    const blob = content instanceof Blob ? content : new Blob([content], { type });
    const { x, y } = this.app.state;
    const link = make("a", { href: URL.createObjectURL(blob),
      download: `${fill(this.app.t("explorer_save_name"), { x, y })}.${ending}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  },

  savePicture() {
    const picture = new Image();
    const { height } = this.wholeSize();
    picture.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = this.plane.width * PICTURE_DENSITY;
      canvas.height = height * PICTURE_DENSITY;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => this.save("png", "image/png", blob), "image/png");
    });
    picture.setAttribute("src", `data:image/svg+xml;charset=utf-8,${
      encodeURIComponent(this.standalone())}`);
  },

  wholeSize() {
    return { width: this.plane.width, height: this.plane.height + LINE * (this.captions().length + 1) };
  },

  // What stands below the map: looks with words, then notes.
  captions() {
    const { data, state, words, t } = this.app;
    const looks = state.colour ? [...this.answerLooks(state.colour)]
      .map(([code, look]) => [look, words.answers[state.colour][code]])
      : data.classes.map((each) => [each, words.types[each.class]]);
    return [...(state.colour ? [[null, words.variables[state.colour].full]] : []),
      ...looks, ...(data.simulated ? [[null, t("explorer_simulated")]] : [])];
  },

  // The drawing by itself: its styles within it, the respondents as shapes.
  standalone() {
    const { namespace } = this.app;
    const { width, height } = this.wholeSize();
    const whole = document.createElementNS(namespace, "svg");
    whole.setAttribute("viewBox", `0 0 ${width} ${height}`);
    whole.setAttribute("width", width);
    whole.setAttribute("height", height);
    const { state, words, t } = this.app;
    drawn(whole, "title").textContent = [t("explorer_map"), words.axes[state.x], words.axes[state.y]]
      .join(" \u2013 ");
    drawn(whole, "rect", { width, height, fill: "#ffffff" });
    const copy = this.svg.cloneNode(true);
    styleAlike(this.svg, copy);
    const [defs, axes, inside] = copy.children;
    whole.append(defs, axes, this.drawnPoints(), inside);
    const family = getComputedStyle(this.plot).fontFamily;
    this.captions().forEach(([look, text], index) => {
      const y = this.plane.height + LINE * (index + 1);
      if (look) {
        drawn(whole, "path", { d: shapePath(look.marker, 5.5), fill: look.colour,
          stroke: "#222222", transform: `translate(${this.plane.inner.left + 6} ${y - 4})` });
      }
      drawn(whole, "text", { x: this.plane.inner.left + (look ? 18 : 0), y, "font-size": "12px",
        "font-family": family, fill: "#222222" }).textContent = text;
    });
    return new XMLSerializer().serializeToString(whole);
  },

  drawnPoints() {
    const holder = document.createElementNS(this.app.namespace, "g");
    holder.setAttribute("clip-path", `url(#${this.app.id("clip")})`);
    if (!this.app.state.show.respondents) return holder;
    for (const point of [...this.lastPoints].sort((a, b) => a.inside - b.inside)) {
      const at = this.plane.at(...point.place);
      if (!this.plane.holds(at, 6)) continue;
      drawn(holder, "path", { d: this.pointShape(point), fill: point.inside ? point.colour : OUTSIDE,
        "fill-opacity": point.inside ? this.opacity() : 0.5,
        stroke: point.inside && this.outlined() ? "#444444" : "none", "stroke-width": 0.7,
        transform: `translate(${at.map((value) => value.toFixed(1)).join(" ")})` });
    }
    return holder;
  },

  // One row for each category and each point shown, as a spreadsheet of the language opens it.
  table() {
    const { data, state, words, t, language } = this.app;
    const [x, y] = [this.axis(state.x), this.axis(state.y)];
    const head = [t("explorer_row"), t("explorer_question"), t("answer"), t("n"),
      `${t("coordinate")} ${state.x}`, `${t("coordinate")} ${state.y}`,
      `${t("contribution")} ${state.x}`, `${t("contribution")} ${state.y}`,
      `${t("cos2")} ${state.x}`, `${t("cos2")} ${state.y}`, t("explorer_selected")];
    const chosen = (place) => (state.region ? t(within(state.region, place)
      ? "explorer_yes" : "explorer_no") : "");
    const categories = data.categories.flatMap((each, index) => (this.visible(index) ? [[
      t(`${each.role}_category`), words.variables[data.variables[each.variable].id].full,
      words.categories[index].answer, each.n, ...this.categoryPlace(each),
      each.contribution[x], each.contribution[y], each.cos2[x], each.cos2[y],
      chosen(this.categoryPlace(each))]] : []));
    const points = state.show.respondents ? this.lastPoints
      .filter((each) => each.inside || state.region).map((each) => [t("respondents"),
        state.colour ? words.variables[state.colour].full : t("type"),
        state.colour ? words.answers[state.colour][each.group] : words.types[each.group],
        each.n, ...each.place, null, null, null, null, chosen(each.place)]) : [];
    const rows = [head, ...categories, ...points];
    return `\ufeff${rows.map((row) => row.map((cell) => csvCell(cell, language))
      .join(language === "fr" ? ";" : ",")).join("\r\n")}\r\n`;
  },
});

// The copy of an element looks as the element does, without what is hidden or only for the page.
function styleAlike(element, copy) {
  const style = getComputedStyle(element);
  for (const name of STYLED) copy.style.setProperty(name, style.getPropertyValue(name));
  for (const name of ["class", "tabindex", "role", "aria-hidden", "aria-label"]) {
    copy.removeAttribute(name);
  }
  const pairs = [...element.children].map((child, index) => [child, copy.children[index]]);
  for (const [child, other] of pairs) {
    if (getComputedStyle(child).display === "none" && child.localName !== "defs"
      && !child.closest("defs")) other.remove();
    else styleAlike(child, other);
  }
}

// Numbers as the language writes them; a text that a spreadsheet would run is a text.
function csvCell(value, language) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    const text = String(Number(value.toPrecision(6)));
    return language === "fr" ? text.replace(".", ",") : text;
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
