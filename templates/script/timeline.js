/* SPDX-License-Identifier: MIT */
/* Reads values off a memory timeline: a line and a card that follow the pointer
 * and the arrow keys.  The page is complete without it.
 *
 * The island (templates/README.md) tells each sample, or the least and greatest
 * of each of 4,000 columns: everywhere below a value is a pair [low, high]. */

/* Differences (odd: below 0), each followed by the height of its column. */
function pairsOf(text, columns, unit) {
  const read = reader(text), pairs = [];
  for (let sum = 0; read.more_();) {
    const n = read.num_();
    sum += n % 2 ? -(n + 1) / 2 : n / 2;
    pairs.push([sum * unit, (sum + (columns ? read.num_() : 0)) * unit]);
  }
  return pairs;
}
/* One text for both ends where they read the same. */
const span = (pair, word) => [...new Set(pair.map(word))].join(' to ');
/* The last time not after `t`, or -1. */
function find(times, t) {
  let low = -1, high = times.length;
  while (high - low > 1) {
    const middle = low + high >> 1;
    if (times[middle][0] <= t) low = middle; else high = middle;
  }
  return low;
}

each('script[id$="tl-data"]', island => {
  const data = JSON.parse(island.textContent), prefix = island.id.slice(0, -5), {from, to} = data;
  const figure = D.getElementById(prefix)?.parentNode, live = D.getElementById(prefix + '-live') || html('div');
  if (!figure) return;
  const card = html('div', 'read', figure);
  let at = -1, marks = [], times;

  /* Not before it is asked for: a report has many of these. */
  function open() {
    if (times) return;
    for (const run of data.r) {
      run.t = pairsOf(run.t, run.c, run.q);
      for (const s of run.s) s.v = pairsOf(s.v, run.c, 1);
    }
    times = data.r[0].t;
  }
  function moment(t) {
    const s = t / 1e9;
    return data.snap ? 'snapshot ' + s : (s < 120 ? '' : floor(s / 60) + ' min ') + +(s < 120 ? s : s % 60).toFixed(4) + ' s';
  }
  /* The picture that the style sheet shows: its plot, and pixels a unit. */
  function plot() {
    const svg = [...figure.children].find(e => e.clientWidth && e !== card), group = svg.querySelector('[data-box]');
    const outer = rectOf(figure), box = rectOf(svg), [x, y, w, h] = group.dataset.box.split(' ').map(Number);
    return {g: group, x: x, y: y, w: w, h: h, k: box.width / svg.viewBox.baseVal.width,
      l: box.left, dx: box.left - outer.left, dy: box.top - outer.top};
  }
  const draw = (p, tag, attrs) => marks.push(el(tag, p.g, attrs));
  /* What was drawn goes; the card is empty. */
  function hide() {
    for (const e of marks) e.remove();
    marks = [];
    empty(card);
    card.hidden = true;
  }
  function show(i) {
    const p = plot(), t = times[i], middle = (t[0] + t[1]) / 2;
    const x = p.x + p.w * (to > from ? (middle - from) / (to - from) : 0);
    hide();
    at = i;
    card.hidden = false;
    html('b', '', card, span(t, moment));
    const table = html('table', '', card);
    draw(p, 'path', {'class': 'ti', fill: 'none', d: 'M' + x + ' ' + p.y + 'v' + p.h});
    for (const run of data.r) {
      const k = find(run.t, middle);
      if (k < 0 || middle > run.t.at(-1)[1]) continue;
      run.s.forEach((series, n) => {
        const v = series.v[k];
        if (n && !v[1]) return;
        const row = html('tr', '', table), name = html('td', '', row);
        html('span', 'chip ' + series.c, name);
        name.append(series.n);
        html('td', 'n', row, span(v, b => bytes(b, 1)));
        html('td', 'n mu', row, span(v, b => commas(b) + ' B'));
        if (n === run.d) draw(p, 'circle', {'class': 'ti', cx: x, cy: p.y + p.h * (1 - v[1] / p.g.dataset.v1), r: 4});
      });
    }
    const names = new Set(data.f.filter(f => f[1] <= t[1] && f[2] >= t[0]).map(f => f[0]));
    html('div', 'mu', card, [...names].slice(0, 4).join(', '));
    live.textContent = card.innerText;
    const place = p.dx + x * p.k, width = card.offsetWidth + 12, right = place + width < figure.clientWidth;
    card.style.left = max(0, right ? place + 12 : place - width) + 'px';
    card.style.top = p.dy + (p.y + (right || place > width ? 0 : p.h + 30)) * p.k + 'px';
  }

  hide();
  set(figure, {tabindex: 0, 'aria-label': 'Memory over time; arrow keys read the values'});
  on(figure, 'pointermove pointerdown', ev => {
    open();
    const p = plot(), x = (ev.clientX - p.l) / p.k - p.x, t = from + (to - from) * x / p.w, i = max(0, find(times, t));
    if (x < -4 || x > p.w + 4) return hide();
    show(i + 1 < times.length && times[i + 1][0] - t < t - times[i][1] ? i + 1 : i);
    const box = ev.target.parentNode.querySelector(':scope>[stroke-width="2"]')?.getBBox();
    if (box) draw(p, 'rect', {'class': 'band', x: box.x, y: p.y, width: box.width, height: p.h});
  });
  on(figure, 'keydown', ev => {
    const by = {ArrowLeft: -1, ArrowRight: 1, Home: -1e9, End: 1e9}[ev.key];
    if (ev.key === 'Escape') hide();
    if (!by || modified(ev)) return;
    ev.preventDefault();
    open();
    show(max(0, min(times.length - 1, at + by * (ev.shiftKey ? 10 : 1))));
  });
  on(figure, 'pointerleave blur', hide);
});
