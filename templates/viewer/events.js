/* SPDX-License-Identifier: MIT */
/* -- Events: one listener each, on the picture or the window -- */

let touched = -1, pointer = 'mouse';
function detachTitle(i) { // the browser's own tooltip would double ours
  for (let j = 0; j < used; j++) {
    const o = pool[j];
    if (o.i === i) o.title.remove();
    else if (!o.title.parentNode) o.g.insertBefore(o.title, o.rect);
  }
}
let pending = null;
function onMove(ev) {
  if (ev.pointerType === 'touch') return;
  if (!pending) requestAnimationFrame(() => {
    const e = pending, inUi = e.target.closest && e.target.closest('foreignObject');
    const i = inUi ? -1 : frameAt(e.clientX, e.clientY);
    pending = null;
    if (e.type === 'pointerleave') { point1(-1); return; }
    point1(i, e.clientX, e.clientY);
  });
  pending = ev;
}
function point1(i, x, y) {
  const frame = typeof i === 'object' ? -1 : i;
  if (frame !== hover) { hover = frame; outline(); detachTitle(frame); }
  svg.style.cursor = frame >= 0 ? 'pointer' : '';
  showTip(i, x, y);
}
function onClick(ev) {
  const t = ev.target;
  if (t.closest && t.closest('foreignObject')) return;
  const i = frameAt(ev.clientX, ev.clientY);
  if (i === -1) { card.hide(); return; }
  if ((ev.pointerType || pointer) === 'touch' && touched !== i) {
    touched = i;
    if (typeof i !== 'object') { cur = i; keyed = true; outline(); drawPanel(); }
    showCard(i);
    return;
  }
  touched = -1;
  keyed = false;
  if (typeof i === 'object') { zoom(i.par); return; }
  if (ev.altKey) { searchOnly(i); return; }
  zoom(i === focus && focus ? T.par[i] : i);
}
let ticking = false;
function onScroll() {
  if (ticking || !visible()) return;
  ticking = true;
  requestAnimationFrame(() => { ticking = false; stick(); paint(); placeCard(); });
}
function listen() {
  svg.addEventListener('pointermove', onMove);
  svg.addEventListener('pointerleave', onMove);
  svg.addEventListener('pointerdown', ev => { pointer = ev.pointerType; });
  svg.addEventListener('click', onClick);
  D.addEventListener('keydown', onKey);
  frames.addEventListener('focus', () => {
    keyed = frames.matches(':focus-visible') || keyed;
    outline();
  });
  frames.addEventListener('blur', () => { keyed = false; outline(); showTip(-1); });
  window.addEventListener('scroll', onScroll, {passive: true});
  window.addEventListener('resize', () => { if (visible()) render(); });
  window.addEventListener('hashchange', () => restore());
  window.addEventListener('popstate', () => restore());
  window.addEventListener('beforeprint', () => { tip.hide(); paint(true); });
  window.addEventListener('afterprint', () => paint());
}
