// The plane of two axes: what lies where on the screen, and how one moves over it.

const MARGIN = { left: 44, right: 10, top: 10, bottom: 42 };
const LARGEST_ZOOM = 24;

class Plane {
  constructor(points) {
    this.view = { zoom: 1, x: 0, y: 0 };
    this.width = this.height = 0;
    this.setPoints(points);
  }

  // The points that the whole view must hold.
  setPoints(points) {
    const range = (values) => [Math.min(...values), Math.max(...values)];
    const flat = (index) => points.reduce((all, [x, y]) => {
      const value = index ? y : x;
      return [Math.min(all[0], value), Math.max(all[1], value)];
    }, [0, 0]);
    this.rangeX = range(flat(0));
    this.rangeY = range(flat(1));
  }

  resize(width, height) {
    this.width = width;
    this.height = height;
    this.inner = {
      left: MARGIN.left, top: MARGIN.top,
      width: Math.max(width - MARGIN.left - MARGIN.right, 10),
      height: Math.max(height - MARGIN.top - MARGIN.bottom, 10),
    };
    const room = 24;
    const spanX = this.rangeX[1] - this.rangeX[0] || 1;
    const spanY = this.rangeY[1] - this.rangeY[0] || 1;
    // Equal scales on both axes: distances on the map are distances.
    this.scale = Math.min((this.inner.width - 2 * room) / spanX,
      (this.inner.height - 2 * room) / spanY);
    this.middle = [(this.rangeX[0] + this.rangeX[1]) / 2, (this.rangeY[0] + this.rangeY[1]) / 2];
  }

  at(x, y) {
    const { zoom } = this.view;
    return [
      this.inner.left + this.inner.width / 2
        + (x - this.middle[0]) * this.scale * zoom + this.view.x,
      this.inner.top + this.inner.height / 2
        - (y - this.middle[1]) * this.scale * zoom + this.view.y,
    ];
  }

  valueAt(px, py) {
    const { zoom } = this.view;
    return [
      (px - this.view.x - this.inner.left - this.inner.width / 2) / (this.scale * zoom)
        + this.middle[0],
      -(py - this.view.y - this.inner.top - this.inner.height / 2) / (this.scale * zoom)
        + this.middle[1],
    ];
  }

  holds([px, py], margin = 0) {
    const { left, top, width, height } = this.inner;
    return px >= left - margin && px <= left + width + margin
      && py >= top - margin && py <= top + height + margin;
  }

  // Zoom about a point of the screen, which stays where it is.
  zoomBy(factor, px = this.inner.left + this.inner.width / 2,
    py = this.inner.top + this.inner.height / 2) {
    const zoom = Math.min(Math.max(this.view.zoom * factor, 1), LARGEST_ZOOM);
    if (zoom === 1) {
      this.reset();
      return;
    }
    const before = this.valueAt(px, py);
    this.view.zoom = zoom;
    const after = this.at(...before);
    this.moveBy(px - after[0], py - after[1]);
  }

  moveBy(dx, dy) {
    const bound = (value, size) => {
      const most = size * this.view.zoom / 2;
      return Math.min(Math.max(value, -most), most);
    };
    this.view.x = bound(this.view.x + dx, this.inner.width);
    this.view.y = bound(this.view.y + dy, this.inner.height);
  }

  reset() {
    this.view = { zoom: 1, x: 0, y: 0 };
  }

  ticks(horizontal) {
    const { left, top, width, height } = this.inner;
    const [from, to] = horizontal
      ? [this.valueAt(left, top)[0], this.valueAt(left + width, top)[0]]
      : [this.valueAt(left, top + height)[1], this.valueAt(left, top)[1]];
    const wanted = (horizontal ? width : height) / 75;
    const rough = (to - from) / Math.max(wanted, 1);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const values = [];
    for (let i = Math.ceil(from / step); i * step <= to; i += 1) values.push(i * step);
    return { values, decimals };
  }
}

// The points of an ellipse: whole axes, angle in degrees.
function ellipsePoints(centreX, centreY, width, height, angle) {
  const turn = angle * Math.PI / 180;
  const points = [];
  for (let i = 0; i < 72; i += 1) {
    const t = i * Math.PI / 36;
    const [a, b] = [width / 2 * Math.cos(t), height / 2 * Math.sin(t)];
    points.push([centreX + a * Math.cos(turn) - b * Math.sin(turn),
      centreY + a * Math.sin(turn) + b * Math.cos(turn)]);
  }
  return points;
}
