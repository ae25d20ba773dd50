/* SPDX-License-Identifier: MIT */
/* A page of a site has one picture at most. */
if (D.getElementById('pv-data')) on(window, 'hashchange popstate', start(''));
