/* SPDX-License-Identifier: MIT */
/* Drawing what layout found, and the outlines above it. */
const pool = [], hatch = 'url(#' + P + 'pv-hatch)';
let paths = [], used = 0;
const tenth = v => round(v * 10) / 10;
const inner = w => tenth(max(0.3, w - (w < 3 ? 0.2 : 0.6)));
const isAggregate = i => T === base && J.agg && J.agg[i];
const boxPath = b => 'M' + tenth(b.x) + ' ' + b.y + 'h' + inner(b.w) + 'v' + (ROW - 1) + 'H' + tenth(b.x) + 'z';
const change = (e, name, v) => { if (e.getAttribute(name) !== '' + v) e.setAttribute(name, v); };

function put(i, b, cls, text) {
  let o = pool[used];
  if (!o) {
    const g = el('g', frames);
    o = pool[used] = {g: g, title: el('title', g), rect: el('rect', g, {height: ROW - 1}), text: el('text', g)};
  }
  used++;
  o.i = i;
  const f = T.fn[i], agg = isAggregate(i);
  if (o.cls !== cls) o.g.setAttribute('class', o.cls = cls);
  if (o.f !== f) o.title.textContent = FN[o.f = f][0] + '\n' + FN[f][1];
  if (!o.title.parentNode) o.g.prepend(o.title);
  if (o.agg !== agg) {
    if (o.agg = agg) o.rect.setAttribute('fill', hatch);
    else o.rect.removeAttribute('fill');
  }
  if (o.label !== text) o.text.textContent = o.label = text;
  const x = tenth(b.x), w = inner(b.w);
  if (o.x !== x) { set(o.rect, {x: o.x = x}); set(o.text, {x: (b.x + 5).toFixed(1)}); }
  if (o.y !== b.y) { set(o.rect, {y: o.y = b.y}); set(o.text, {y: (b.y + (ROW - 1) / 2 + 0.35 * rule.px).toFixed(1)}); }
  if (o.w !== w) set(o.rect, {width: o.w = w});
  if (!o.g.parentNode) frames.append(o.g);
}
/* The class of a frame: colour, context row, match or dimmed. */
function frameClass(i) {
  const f = T.fn[i], cls = steps ? 'd' + steps[i] : FN[f][2];
  const out = only !== null && cls !== only && (steps || FN[f][5] !== only);
  return (isAggregate(i) ? 'pruned' : 'k' + cls) + (abs(T.dep[i]) < abs(T.dep[focus]) ? ' up' : '') +
    (!i && view === 'sandwich' ? ' pivot' : '') + (out || hit && !hit[f] ? ' d' : hit ? ' m' : '');
}
function paint(all) {
  const began = performance.now(), at = where(), flat = {};
  const y0 = all === true ? -Infinity : (-at.top - MARGIN) / at.k - ROW;
  const y1 = all === true ? Infinity : (innerHeight - at.top + MARGIN) / at.k;
  const add = (cls, b) => { (flat[cls] || (flat[cls] = [])).push(boxPath(b)); };
  used = 0;
  for (const i of vis) {
    const y = yOf(T.dep[i]);
    if (y < y0 || y > y1) continue;
    const b = boxOf(i), cls = frameClass(i);
    const plus = plusOf(i), room = b.w - 9 - rule.width(plus);
    const text = b.w >= LABEL && label(T.fn[i], room, T.times && T.times[i]);
    if (text) put(i, b, cls, plus + text);
    else add(cls, b);
  }
  for (const s of small) {
    const y = yOf(s.dep), x = xOf(s.x);
    if (y >= y0 && y <= y1) add('small', {x: x, y: y, w: xOf(s.x + s.w) - x});
  }
  for (let j = used; j < pool.length && pool[j].g.parentNode; j++) pool[j].g.remove();
  for (const p of paths) p.remove();
  paths = [];
  for (const cls in flat)
    while (flat[cls].length) {
      const p = el('path', frames, {'class': cls, d: flat[cls].splice(-CHUNK).join('')});
      if (/^[sp]/.test(cls)) p.setAttribute('fill', hatch);
      paths.push(p);
    }
  cost = performance.now() - began;
  outline();
}

const rings = el('g', null, {'class': 'rings', 'aria-hidden': true});
const [same, halo, hov, ring] = ['same', 'halo', 'hov', 'cur'].map(c => el('path', rings, {'class': c}));
frames.after(rings);
function outline() {
  const others = hover < 0 ? [] : vis.filter(i => i !== hover && T.fn[i] === T.fn[hover]);
  const draw = (e, list) => e.setAttribute('d', list.map(i => boxPath(boxOf(i))).join(''));
  draw(same, others.length > 500 ? [] : others);
  draw(hov, hover < 0 ? [] : [hover]);
  for (const e of [halo, ring]) draw(e, keyed ? [cur] : []);
}
