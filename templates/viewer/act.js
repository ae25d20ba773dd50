/* SPDX-License-Identifier: MIT */
/* -- Actions -- */

function render() {
  measure();
  if (view !== 'callees' && T.nodes) regrow();
  from = T.x0[focus];
  to = from + T.tot[focus];
  drawBar();
  measureHeader();
  layout();
  paint();
  stick();
  drawPanel();
}
function regrow() {
  const at = pathOf(cur);
  hover = -1;
  grown(pathOf(focus));
  cur = follow(at);
}
function measure() {
  const host = inline ? svg.parentNode : svg;
  PAD = inline && window.innerWidth <= 640 ? 12 : J.pad; // as the page around it
  if (!inline) svg.setAttribute('width', '100%');
  W = Math.max(200, (inline ? host.clientWidth : host.getBoundingClientRect().width) - 2 * PAD);
}
let animation = 0;
function zoom(i) {
  if (i < 0 || typeof i === 'object') return;
  const a = from, b = to, quick = view === 'callees' && cost < 8 && vis.length <= 1500 &&
    !media('(prefers-reduced-motion:reduce)');
  focus = cur = i;
  hover = -1;
  note = '';
  tip.hide();
  card.hide();
  cancelAnimationFrame(animation);
  if (hit) count();
  render();
  save();
  if (quick) glide(a, b);
}
/* Eases from the interval [a, b] to the one just drawn. */
function glide(a, b) {
  const a1 = from, b1 = to, began = performance.now();
  const frame = now => {
    const t = Math.min(1, Math.max(0, (now - began) / ANIMATE)), e = 1 - Math.pow(1 - t, 3);
    from = t < 1 ? a + (a1 - a) * e : a1;
    to = t < 1 ? b + (b1 - b) * e : b1;
    layout();
    paint();
    if (t < 1) animation = requestAnimationFrame(frame);
  };
  frame(began);
}
function setView(next, f) {
  if (steps) return;
  if (next === 'sandwich') {
    const here = f !== undefined ? f : cur > 0 ? T.fn[cur] : view === 'sandwich' ? fnOf : 0;
    fnOf = here || biggest('self', g => g !== base.fn[0]);
  }
  const back = T === base || T.home ? T : null;
  view = next;
  if (!back) focus = 0;
  turn([]);
  if (hit) count();
  refresh();
  reveal();
  save();
}
function flip() { flame = !flame; refresh(); reveal(); save(); }
function toggleFold() {
  fold = !fold;
  turn();
  refresh();
}
function switchTheme() {
  const dark = root.getAttribute('data-theme') ? root.getAttribute('data-theme') === 'dark'
    : media('(prefers-color-scheme:dark)');
  root.setAttribute('data-theme', dark ? 'light' : 'dark');
  try { localStorage.setItem('pv-theme', dark ? 'light' : 'dark'); } catch (e) { /* no store */ }
}
function loadTheme() {
  if (J.theme) return;
  try {
    const t = localStorage.getItem('pv-theme');
    if (t) root.setAttribute('data-theme', t === 'dark' ? 'dark' : 'light');
  } catch (e) { /* no store */ }
}
function copy(text) {
  const failed = () => say('Could not copy');
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say('Copied'), failed);
  else failed();
}
function back() {
  if (focus) zoom(T.par[focus]);
}
function escape() {
  if (query) search('', () => save());
  else if (focus || note) zoom(0);
  else { showTip(-1); card.hide(); }
}
