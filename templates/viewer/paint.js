/* SPDX-License-Identifier: MIT */
/* Drawing what layout found, and the outlines above it. */
const CHUNK = 300; // boxes a path: the browser skips what a tile does not touch
const MARGIN = 300; // px of rows drawn above and below the window
const pool = [], hatch = 'url(#' + P + 'pv-hatch)';
let paths = [], used = 0;
const tenth = v => round(v * 10) / 10;
const inner = w => tenth(max(0.3, w - (w < 3 ? 0.2 : 0.6)));
const isAggregate = i => T === base && J.agg?.[i];
const boxPath = b => 'M' + tenth(b.x) + ' ' + b.y + 'h' + inner(b.w) + 'v' + (ROW - 1) + 'H' + tenth(b.x) + 'z';

/* Elements are used again; only what is different is written. */
function put(i, b, cls, text) {
  let o = pool[used];
  if (!o) {
    const g = el('g', frames);
    o = pool[used] = {g_: g, title_: el('title', g), rect_: el('rect', g, {height: ROW - 1}), text_: el('text', g)};
  }
  used++;
  o.i_ = i;
  const f = T.fn_[i], agg = isAggregate(i), x = tenth(b.x), w = inner(b.w);
  if (o.cls_ !== cls) set(o.g_, {'class': o.cls_ = cls});
  if (o.f_ !== f) o.title_.textContent = FN[o.f_ = f][0] + '\n' + FN[f][1];
  if (!o.title_.parentNode) o.g_.prepend(o.title_);
  if (o.agg_ !== agg) {
    o.rect_.removeAttribute('fill');
    if (o.agg_ = agg) set(o.rect_, {fill: hatch});
  }
  if (o.label_ !== text) o.text_.textContent = o.label_ = text;
  if (o.x_ !== x) { set(o.rect_, {x: o.x_ = x}); set(o.text_, {x: (b.x + 5).toFixed(1)}); }
  if (o.y_ !== b.y) { set(o.rect_, {y: o.y_ = b.y}); set(o.text_, {y: (b.y + (ROW - 1) / 2 + 0.35 * rule.px_).toFixed(1)}); }
  if (o.w_ !== w) set(o.rect_, {width: o.w_ = w});
  if (!o.g_.parentNode) frames.append(o.g_);
}
/* The class of a frame: colour, context row, match or dimmed. */
function frameClass(i) {
  const f = T.fn_[i], cls = steps ? 'd' + steps[i] : FN[f][2];
  const out = only !== null && cls !== only && (steps || FN[f][5] !== only);
  return (isAggregate(i) ? 'pruned' : 'k' + cls) + (abs(T.dep_[i]) < abs(T.dep_[focus]) ? ' up' : '') +
    (!i && view === 'sandwich' ? ' pivot' : '') + (out || hit && !hit[f] ? ' d' : hit ? ' m' : '');
}
function paint(all) {
  const began = performance.now(), at = where(), flat = {}, every = all === true;
  const seen = y => every || (y + ROW) * at.k > -at.top - MARGIN && y * at.k < innerHeight - at.top + MARGIN;
  const add = (cls, b) => (flat[cls] ||= []).push(boxPath(b));
  used = 0;
  for (const i of vis) {
    if (!seen(yOf(T.dep_[i]))) continue;
    const b = boxOf(i), cls = frameClass(i), plus = plusOf(i);
    const text = b.w >= 27 && label(T.fn_[i], b.w - 9 - rule.width_(plus), T.times_?.[i]);
    if (text) put(i, b, cls, plus + text);
    else add(cls, b);
  }
  for (const s of small) {
    const y = yOf(s.dep_), x = xOf(s.x);
    if (seen(y)) add('small', {x: x, y: y, w: xOf(s.x + s.w) - x});
  }
  for (const o of pool.slice(used)) o.g_.remove();
  for (const p of paths) p.remove();
  paths = [];
  for (const cls in flat)
    while (flat[cls].length)
      paths.push(el('path', frames, {'class': cls, d: flat[cls].splice(-CHUNK).join(''),
        ...(/^[sp]/.test(cls) && {fill: hatch})}));
  cost = performance.now() - began;
  outline();
}

const rings = el('g', null, {'class': 'rings', 'aria-hidden': true});
const [same, halo, hov, ring] = ['same', 'halo', 'hov', 'cur'].map(c => el('path', rings, {'class': c}));
frames.after(rings);
function outline() {
  const others = hover < 0 ? [] : vis.filter(i => i !== hover && T.fn_[i] === T.fn_[hover]);
  const draw = (e, list) => set(e, {d: list.map(i => boxPath(boxOf(i))).join('')});
  draw(same, others.length > 500 ? [] : others);
  draw(hov, hover < 0 ? [] : [hover]);
  for (const e of [halo, ring]) draw(e, keyed ? [cur] : []);
}
