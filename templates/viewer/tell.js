/* SPDX-License-Identifier: MIT */
/* What is said about a frame: tooltip, card, panel. */

/* Sums over the frames of each function, recursion counted once. */
let sums = null;
function sumsOf(f) {
  if (!sums) {
    const stop = [];
    sums = FN.map(() => ({self: 0, tot: 0}));
    for (let i = 0; i < base.n; i++) {
      const g = base.fn[i];
      sums[g].self += base.self[i];
      if (i < stop[g]) continue;
      sums[g].tot += base.tot[i];
      stop[g] = base.end[i];
    }
  }
  return sums[f];
}
/* [how many-th frame of its function on the stack, of how many at most below] */
function recursion(i) {
  const f = T.fn[i], below = {};
  let above = 1, most = 0;
  for (let p = i; (p = T.par[p]) >= 0;) above += T.fn[p] === f;
  for (let c = i + 1; c < T.end[i]; c++)
    if (T.fn[c] === f) {
      let p = T.par[c];
      while (p !== i && !below[p]) p = T.par[p];
      most = max(most, below[c] = (below[p] || 0) + 1);
    }
  return [above, above + most];
}
function swatch(box, cls, text) {
  const own = html('div', '', box);
  html('span', 'chip k' + cls, own);
  own.append(text);
}
function describe(box, i) {
  if (i.n) {
    const g = i.gone;
    html('div', 'nm', box, g ? FN[base.fn[g.at]][0] + (i.n > 1 ? ' and ' + (i.n - 1) + ' more' : '')
      : plural(i.n, 'small frame') + ', ' + pct(i.w) + ' together');
    html('div', 'mu', box, g ? 'gone: before ' + value(g.sum) : 'Zoom to see them.');
    return;
  }
  const f = T.fn[i], [name, loc, cls, , pkg] = FN[f], tot = T.tot[i], p = T.par[i];
  const upward = view === 'callers' ? T.dep[i] > 0 : T.dep[i] < 0, src = T.src ? T.src[i] : i;
  const line = (title, v) => {
    const row = html('div', 'row', box);
    html('span', '', row, title);
    html('span', '', row, value(v));
    html('b', '', row, pct(v));
    const track = html('span', 'track', row);
    if (v) html('span', 'fill', track).style.width = min(100, 100 * v / (whole || 1)) + '%';
  };
  const say = text => html('div', 'mu', box, text);
  html('div', 'nm', box, name);
  if (loc) html('div', 'loc', box, loc);
  if (steps) tellChange(box, i);
  else {
    line(upward ? 'Through here' : 'Total', tot);
    if (!upward) line('Self', T.self[i]);
    swatch(box, cls, originName(f) + (pkg && ' \u00b7 ' + pkg));
  }
  if (p >= 0) say(share(tot, T.tot[p]) + (upward ? ' of the frame it called' : ' of caller'));
  if (focus && T.dep[i] > T.dep[focus]) say(share(tot, T.tot[focus]) + ' of the zoomed frame');
  const deep = upward ? [] : recursion(i);
  if (deep[1] > 1)
    say('recursion depth ' + deep[0] + ' of ' + deep[1] + '; function total ' + value(sumsOf(f).tot));
  if (T.times && T.times[i]) say('folded: \u00d7' + commas(T.times[i]));
  if (T !== base) return;
  if (isAggregate(i)) say(plural(J.agg[i], 'frame') + ' left out of the data');
  if (old && !steps) say('before ' + value(old[i]) + ', change ' + (tot > old[i] ? '+' : '') + value(tot - old[i]));
  if (calls && calls[src]) say(plural(calls[src], 'call'));
  if (mark && mark[i] !== 'e')
    say(low && high ? 'estimated: between ' + value(low[i]) + ' and ' + value(high[i]) : 'estimated');
}

/* Popups are HTML; inside an .svg they lie in a foreignObject of no size. */
const layer = inline ? D.body : el('foreignObject', svg, {width: 1, height: 1, 'class': 'pop'});
const tip = html('div', 'pv-tip', layer), card = html('div', 'pv-tip pv-card', layer);
const hide = box => { box.hidden = true; };
hide(tip);
hide(card);
function open(box, i) {
  box.hidden = false;
  box.textContent = '';
  describe(box, i);
}
const viewWidth = () => inline ? page.clientWidth : rectOf(svg).width;
function move(box, x, y) { // to a point of the window
  const r = rectOf(inline ? page : svg);
  box.style.left = round(x - r.left) + 'px';
  box.style.top = round(y - r.top) + 'px';
}
function showTip(i, px, py) {
  if (i === -1) return hide(tip);
  open(tip, i);
  const r = rectOf(tip), ww = viewWidth() - 4;
  const x = px + 14 + r.width < ww ? px + 14 : px - r.width - 10;
  const y = py + 18 + r.height < innerHeight - 4 ? py + 18 : py - r.height - 10;
  move(tip, max(4, min(x, ww - r.width)), max(4, y));
}
/* Touch: a card at the bottom edge in place of the tooltip. */
function showCard(i) {
  open(card, i);
  const row = html('div', 'acts', card);
  if (!i.n) {
    button(row, 'Zoom', () => zoom(i));
    button(row, 'Only this function', () => searchOnly(i));
    button(row, 'Copy name', () => copy(nameOf(i)));
  }
  button(row, 'Close', () => hide(card));
  placeCard();
}
function placeCard() {
  const r = rectOf(card);
  if (r.width) move(card, max(0, (viewWidth() - r.width) / 2), innerHeight - r.height);
}
/* Details of wide pages: the frame, its function's callers and callees. */
function drawPanel() {
  if (!panel || panel.hidden) return;
  const f = T.fn[cur || focus], here = outermost(base, f), all = sumsOf(f).tot;
  const heavy = (a, b) => b.weight - a.weight;
  panel.textContent = '';
  describe(html('div', '', panel), cur || focus);
  for (const [name, list] of [['Callers', callersOf(base, here, 1, heavy)],
    ['Callees', calleesOf(base, here, heavy)]]) {
    html('h3', '', panel, name);
    const ul = html('ul', '', panel);
    for (const o of list.slice(0, 10)) {
      const li = html('li', '', ul);
      on(html('button', '', li, FN[o.fn][0]), 'click', () => setView('sandwich', o.fn));
      html('b', '', li, share(o.weight, all));
    }
    if (list.length > 10 || !list.length)
      html('li', 'mu', ul, list.length ? plural(list.length - 10, 'more function') : 'none');
  }
}
