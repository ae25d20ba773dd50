/* SPDX-License-Identifier: MIT */
/* -- What is said about a frame: tooltip, card, panel -- */

let functionTotals = null;
function totalOf(f) {
  if (!functionTotals) {
    const stop = new Uint32Array(FN.length);
    functionTotals = {self: new Float64Array(FN.length), tot: new Float64Array(FN.length)};
    for (let i = 0; i < base.n; i++) {
      const g = base.fn[i];
      functionTotals.self[g] += base.self[i];
      if (i < stop[g]) continue;
      functionTotals.tot[g] += base.tot[i];
      stop[g] = base.end[i];
    }
  }
  return functionTotals.tot[f];
}
/* [how many-th frame of its function on the stack, of how many at most below] */
function recursion(i) {
  const f = T.fn[i], below = new Map();
  let above = 1, most = 0;
  for (let p = T.par[i]; p >= 0; p = T.par[p]) if (T.fn[p] === f) above++;
  for (let c = i + 1; c < T.end[i]; c++)
    if (T.fn[c] === f) {
      let p = T.par[c];
      while (p !== i && !below.has(p)) p = T.par[p];
      const k = (below.get(p) || 0) + 1;
      below.set(c, k);
      if (k > most) most = k;
    }
  return [above, above + most];
}
function line(parent, name, v, whole) {
  const row = html('div', 'row', parent), track = html('span', 'track');
  html('span', 'lab', row, name);
  html('span', 'val', row, value(v));
  html('b', '', row, share(v, whole));
  row.appendChild(track);
  html('span', 'fill', track).style.width = Math.min(100, 100 * v / (whole || 1)) + '%';
}
function describe(box, i) {
  if (typeof i === 'object') {
    const g = i.gone;
    html('div', 'nm', box, g ? FN[base.fn[g.i]][0] + (g.n > 1 ? ' and ' + (g.n - 1) + ' more' : '')
      : plural(i.n, 'small frame') + ', ' + pct(i.w) + ' together');
    html('div', 'mu', box, g ? 'gone: before ' + value(g.sum) : 'Zoom to see them.');
    return;
  }
  const f = T.fn[i], [name, loc, cls, extra] = FN[f], src = T.src ? T.src[i] : i;
  const upward = view === 'callers' ? T.dep[i] > 0 : T.dep[i] < 0;
  const says = [], p = T.par[i], deep = upward ? [1, 1] : recursion(i);
  html('div', 'nm', box, name);
  if (loc) html('div', 'loc', box, loc);
  if (steps) tellChange(box, i);
  else {
    line(box, upward ? 'Through here' : 'Total', T.tot[i], whole);
    if (!upward) line(box, 'Self', T.self[i], whole);
    const own = html('div', 'org', box);
    html('span', 'chip k' + cls, own);
    html('span', '', own, originName(f) + (extra.p ? ' \u00b7 ' + extra.p : ''));
  }
  if (p >= 0) says.push(share(T.tot[i], T.tot[p]) + (upward ? ' of the frame it called'
    : ' of caller'));
  if (focus && i !== focus && T.dep[i] > T.dep[focus])
    says.push(share(T.tot[i], T.tot[focus]) + ' of the zoomed frame');
  if (deep[1] > 1) says.push('recursion depth ' + deep[0] + ' of ' + deep[1] +
    '; function total ' + value(totalOf(f)));
  if (T.times && T.times[i]) says.push('folded: \u00d7' + commas(T.times[i]));
  if (T === base) {
    if (J.agg && J.agg[i]) says.push(plural(J.agg[i], 'frame') + ' left out of the data');
    if (old && !steps) {
      const change = T.tot[i] - old[src];
      says.push('before ' + value(old[src]) + ', change ' + (change > 0 ? '+' : '') + value(change));
    }
    if (calls && calls[src]) says.push(plural(calls[src], 'call'));
    if (J.cols && J.cols.mark && J.cols.mark[src] !== 'e')
      says.push(low && high ? 'estimated: between ' + value(low[src]) + ' and ' +
        value(high[src]) : 'estimated');
  }
  for (const s of says) html('div', 'mu', box, s);
}

/* The tooltip is HTML; inside an .svg it lies in a foreignObject of no size. */
const layer = inline ? D.body : el('foreignObject', {width: 1, height: 1, 'class': 'pop'}, svg);
function popup(cls) {
  const box = html('div', cls, layer);
  box.hidden = true;
  return {
    box,
    move(x, y) { // to a point of the window
      const r = (inline ? root : svg).getBoundingClientRect();
      box.style.left = Math.round(x - r.left) + 'px';
      box.style.top = Math.round(y - r.top) + 'px';
    },
    hide() { box.hidden = true; },
    open() { box.hidden = false; box.textContent = ''; }
  };
}
const tip = popup('pv-tip'), card = popup('pv-tip pv-card');
function showTip(i, px, py) {
  if (i === -1) { tip.hide(); return; }
  tip.open();
  describe(tip.box, i);
  const r = tip.box.getBoundingClientRect(), ww = viewWidth(), wh = window.innerHeight;
  const x = px + 14 + r.width < ww - 4 ? px + 14 : px - r.width - 10;
  const y = py + 18 + r.height < wh - 4 ? py + 18 : py - r.height - 10;
  tip.move(Math.max(4, Math.min(x, ww - r.width - 4)), Math.max(4, y));
}
const viewWidth = () => inline ? root.clientWidth : svg.getBoundingClientRect().width;

/* Touch: a card at the bottom edge in place of the tooltip. */
function showCard(i) {
  card.open();
  describe(card.box, i);
  const row = html('div', 'acts', card.box);
  if (typeof i !== 'object') {
    button(row, 'Zoom', '', () => zoom(i));
    button(row, 'Only this function', '', () => searchOnly(i));
    button(row, 'Copy name', '', () => copy(nameOf(i)));
  }
  button(row, 'Close', '', () => { card.hide(); });
  placeCard();
}
function placeCard() {
  if (card.box.hidden) return;
  const r = card.box.getBoundingClientRect();
  card.move(Math.max(0, (viewWidth() - r.width) / 2), window.innerHeight - r.height);
}
