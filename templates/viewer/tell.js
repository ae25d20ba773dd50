/* SPDX-License-Identifier: MIT */
/* What is said about a frame: tooltip, card, panel. */

/* [self, total] of each function, recursion counted once. */
let sums = null;
function sumsOf(f) {
  if (!sums) {
    const stop = [];
    sums = FN.map(() => [0, 0]);
    for (let i = 0; i < base.n; i++) {
      const g = base.fn_[i];
      sums[g][0] += base.self_[i];
      if (i < stop[g]) continue;
      sums[g][1] += base.tot_[i];
      stop[g] = base.end_[i];
    }
  }
  return sums[f];
}
/* [how many-th frame of its function on the stack, of how many at most below] */
function recursion(i) {
  const f = T.fn_[i], level = indices(T.end_[i]);
  for (let p = i; p >= 0; p = T.par_[p]) level[i] += T.fn_[p] === f;
  let most = level[i];
  for (let c = i; ++c < T.end_[i];) most = max(most, level[c] = level[T.par_[c]] + (T.fn_[c] === f));
  return [level[i], most];
}
function swatch(box, cls, text) {
  const own = html('div', '', box);
  html('span', 'chip k' + cls, own);
  own.append(text);
}
function describe(box, i) {
  const say = (text, cls = 'mu') => text && html('div', cls, box, text);
  empty(box);
  if (i.n) {
    const g = i.gone_;
    say(g ? FN[base.fn_[g.at_]][0] + (i.n > 1 ? ' and ' + (i.n - 1) + ' more' : '')
      : plural(i.n, 'small frame') + ', ' + pct(i.w) + ' together', 'nm');
    say(g ? 'gone: before ' + value(g.sum_) : 'Zoom to see them.');
    return;
  }
  const f = T.fn_[i], [name, loc, cls, , pkg] = FN[f], tot = T.tot_[i], p = T.par_[i], times = T.times_?.[i];
  const upward = view === 'callers' ? T.dep_[i] > 0 : T.dep_[i] < 0;
  const line = (title, v) => {
    const row = html('div', 'row', box);
    html('span', '', row, title);
    html('span', 'n', row, value(v));
    html('b', 'n', row, pct(v));
    const track = html('span', 'track', row);
    if (v) html('span', 'fill', track).style.width = min(100, 100 * v / (whole || 1)) + '%';
  };
  say(name, 'nm');
  say(loc, 'loc');
  if (steps) tellChange(box, i);
  else {
    line(upward ? 'Through here' : 'Total', tot);
    if (!upward) line('Self', T.self_[i]);
    swatch(box, cls, originName(f) + (pkg && ' · ' + pkg));
  }
  if (p >= 0) say(share(tot, T.tot_[p]) + (upward ? ' of the frame it called' : ' of caller'));
  if (focus && T.dep_[i] > T.dep_[focus]) say(share(tot, T.tot_[focus]) + ' of the zoomed frame');
  const [depth, most] = upward ? [] : recursion(i);
  if (most > 1) say('recursion depth ' + depth + ' of ' + most + '; function total ' + value(sumsOf(f)[1]));
  if (times) say('folded: ×' + commas(times));
  if (T !== base) return;
  if (isAggregate(i)) say(plural(J.agg[i], 'frame') + ' left out of the data');
  if (old && !steps) say('before ' + value(old[i]) + ', change ' + (tot > old[i] ? '+' : '') + value(tot - old[i]));
  if (mark && mark[i] !== 'e')
    say('estimated' + (low && high ? ': between ' + value(low[i]) + ' and ' + value(high[i]) : ''));
}

const hide = box => { box.hidden = true; };
const hidePopups = () => [tip, card].forEach(hide);
function move(box, x, y) { // to a point of the window
  const r = rectOf(page), {style} = box;
  style.left = round(x - r.left) + 'px';
  style.top = round(y - r.top) + 'px';
}
function showTip(i, px, py) {
  tip.hidden = i === -1;
  if (tip.hidden) return;
  describe(tip, i);
  const {width, height} = rectOf(tip), room = rectOf(page).width - 4;
  const x = px + 14 + width < room ? px + 14 : px - width - 10;
  const y = py + 18 + height < innerHeight - 4 ? py + 18 : py - height - 10;
  move(tip, max(4, min(x, room - width)), max(4, y));
}
/* Touch: a card at the bottom edge in place of the tooltip. */
function showCard(i) {
  card.hidden = false;
  describe(card.firstChild || card, i);
  each('button', b => { b.hidden = i.n && b.value !== 'close'; }, card);
  placeCard();
}
function placeCard() {
  const r = rectOf(card);
  if (r.width) move(card, max(0, (rectOf(page).width - r.width) / 2), innerHeight - r.height);
}
/* Details of wide pages: the frame, its function's callers and callees. */
function drawPanel() {
  if (!panel || panel.hidden) return;
  const f = T.fn_[cur || focus], here = outermost(base, f);
  empty(panel);
  describe(html('div', '', panel), cur || focus);
  for (const [name, list] of [['Callers', callersOf(base, here, 1, heavy)], ['Callees', calleesOf(base, here, heavy)]]) {
    html('h3', '', panel, name);
    const ul = html('ul', '', panel), rest = list.length - 10;
    for (const o of list.slice(0, 10)) {
      const li = html('li', '', ul);
      on(html('button', '', li, FN[o.fn_][0]), 'click', () => setView('sandwich', o.fn_));
      html('b', '', li, share(o.weight_, sumsOf(f)[1]));
    }
    if (rest > 0) html('li', 'mu', ul, plural(rest, 'more function'));
    if (!list[0]) html('li', 'mu', ul, 'none');
  }
}
