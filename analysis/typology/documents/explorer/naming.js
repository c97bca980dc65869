// Names on the map: the most telling first, wherever there is room.

const LABEL_SIZE = 11;
const TYPE_SIZE = 13;

Object.assign(TypologyMap.prototype, {
  drawLabels() {
    const { state, words } = this.app;
    this.layers.labels.replaceChildren();
    const taken = this.marks.filter((mark) => mark.shown
      && !mark.group.classList.contains("te-dimmed")).map((mark) => boxAround(mark.at, 7));
    if (state.show.ellipses) {
      const centres = this.ellipses().filter((each) => this.app.isChosen(each.class))
        .map((each) => ({ name: words.types[each.class], at: this.plane.at(...each.centre) }))
        .filter(({ at }) => this.plane.holds(at));
      centres.forEach(({ at }) => taken.push(boxAround(at, RADII.centre * 2)));
      const names = [];
      centres.forEach(({ name, at }) => this.label([name], at, RADII.centre + 4, "te-type-label",
        { taken: names, must: true }));
      taken.push(...names);
    }
    for (const index of this.named()) {
      const { label, answer } = words.categories[index];
      const question = label.slice(0, label.length - answer.length).trim();
      const current = index === this.current;
      this.label([question, answer], this.marks[index].at, 8,
        current ? "te-label te-label-current" : "te-label", { taken, must: current });
    }
  },

  // The categories to name: the one pointed at, those sought, else those that make the axes.
  named() {
    const { data, state } = this.app;
    const isMarked = (index) => state.marked.has(
      data.variables[data.categories[index].variable].id);
    const telling = (index) => state.show.labels && !state.marked.size
      && (this.large(data.categories[index]) || data.categories[index].role === "supplementary");
    const rank = (index) => (index === this.current ? 2 : 0) + (isMarked(index) ? 1 : 0);
    return this.marks.map((_, index) => index)
      .filter((index) => this.marks[index].shown
        && (index === this.current || isMarked(index) || telling(index)))
      .sort((a, b) => rank(b) - rank(a) || this.telling(b) - this.telling(a));
  },

  label(lines, [x, y], distance, kind, { taken, must }) {
    const size = kind === "te-type-label" ? TYPE_SIZE : LABEL_SIZE;
    const width = Math.max(...lines.map((line) => this.textWidth(line, size,
      kind !== "te-label")));
    const height = lines.length * (size + 2);
    const { left, top, width: innerWidth, height: innerHeight } = this.plane.inner;
    const [before, after] = [x - distance - width, x + distance];
    const spots = [["start", after, y - height / 2], ["end", before, y - height / 2],
      ["middle", x - width / 2, y - distance - height], ["middle", x - width / 2, y + distance],
      ["start", after, y - height], ["start", after, y],
      ["end", before, y - height], ["end", before, y]];
    // A type is named above or below its centre sooner than to the left, beside another one.
    if (kind === "te-type-label") spots.push(spots.splice(1, 1)[0]);
    const within = ([, bx, by]) => bx >= left + 2 && by >= top + 2
      && bx + width <= left + innerWidth - 2 && by + height <= top + innerHeight - 2;
    const box = ([, bx, by]) => [bx, by, bx + width, by + height];
    const possible = spots.filter(within);
    const spot = possible.find((each) => !taken.some((other) => overlap(other, box(each))))
      || (must ? possible[0] : null);
    if (!spot) return;
    const [anchor, bx, by] = spot;
    taken.push(box(spot));
    const text = drawn(this.layers.labels, "text", { class: kind, "text-anchor": anchor });
    lines.forEach((line, index) => {
      const span = drawn(text, "tspan", {
        x: bx + { start: 0, middle: width / 2, end: width }[anchor],
        y: by + (index + 0.85) * (size + 2),
      });
      span.textContent = line;
    });
  },

  textWidth(text, size, bold) {
    this.widths ??= new Map();
    const key = `${size}${bold}${text}`;
    if (!this.widths.has(key)) {
      this.ruler ??= document.createElement("canvas").getContext("2d");
      const family = getComputedStyle(this.plot).fontFamily;
      this.ruler.font = `${bold ? "bold " : ""}${size}px ${family}`;
      this.widths.set(key, this.ruler.measureText(text).width);
    }
    return this.widths.get(key);
  },
});

function boxAround([x, y], size) {
  return [x - size / 2, y - size / 2, x + size / 2, y + size / 2];
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
