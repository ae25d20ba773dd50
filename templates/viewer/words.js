/* SPDX-License-Identifier: MIT */
/* ---- Words for numbers: part 3 of README.md, to the letter ------------- */

/* a * m / d, rounded half up, exactly. */
function ratio(a, m, d) {
  const p = a * m;
  if (p <= EXACT) {
    const r = p % d;
    return (p - r) / d + (r >= d - r ? 1 : 0);
  }
  const two = BigInt(2), big = BigInt(a) * BigInt(m), e = BigInt(d);
  return Number((big * two + e) / (two * e));
}
const commas = v => String(v).replace(/\B(?=(\d{3})+$)/g, ',');
const point = (q, places) => {
  const s = String(q).padStart(places + 1, '0');
  return commas(s.slice(0, s.length - places)) + '.' + s.slice(-places);
};
/* v / div in three digits; '' when that rounds to `top` or more. */
function three(v, div, top) {
  for (const places of [2, 1]) {
    const q = ratio(v, Math.pow(10, places), div);
    if (q < 1000 && q < top * Math.pow(10, places)) return point(q, places);
  }
  const q = ratio(v, 1, div);
  return q < top ? commas(q) : '';
}
function duration(v, one) {
  const ns = ratio(v, 1, one);
  if (ns < 1000) return ns + (ns ? ' ns' : ' s');
  for (const [div, top, name] of
    [[1e3, 1000, ' µs'], [1e6, 1000, ' ms'], [1e9, 60, ' s']]) {
    const t = three(v, div * one, top);
    if (t) return t + name;
  }
  const two = q => String(q).padStart(2, '0');
  const s = ratio(v, 1, 1e9 * one);
  if (s < 3600) return Math.floor(s / 60) + ' min ' + two(s % 60) + ' s';
  const m = ratio(v, 1, 6e10 * one);
  return commas(Math.floor(m / 60)) + ' h ' + two(m % 60) + ' min';
}
function bytes(v, one) {
  const b = ratio(v, 1, one);
  if (b < 1024) return b + ' B';
  let div = one;
  for (const name of ['KiB', 'MiB', 'GiB', 'TiB', 'PiB']) {
    const t = three(v, div *= 1024, 1024);
    if (t) return t + ' ' + name;
  }
  return three(v, div * 1024, Infinity) + ' EiB';
}
function digits(v, dec) {
  const one = Math.pow(10, dec);
  if (v >= 1e15 * one) {
    let k = String(BigInt(v)).length - 1, q = ratio(v, 1, Math.pow(10, k - 2));
    if (q === 1000) { q = 100; k++; }
    return point(q, 2) + 'e' + (k - dec);
  }
  const r = v % one, whole = commas((v - r) / one);
  return r ? whole + '.' + String(r).padStart(dec, '0').replace(/0+$/, '') : whole;
}
function share(a, b) {
  if (!(b > 0) || !a) return '0%';
  if (a < 0) return '\u2212' + share(-a, b);
  const tenths = ratio(a, 1000, b);
  if (tenths >= 1000) return commas(ratio(a, 100, b)) + '%';
  if (tenths >= 100) return point(tenths, 1) + '%';
  for (let places = 2; places < 20; places++) {
    const q = ratio(a, Math.pow(10, places + 2), b);
    if (q) return point(q, places) + '%';
  }
  return '0%';
}
const plural = (n, word) => commas(n) + ' ' + word + (n === 1 ? '' : 's');
