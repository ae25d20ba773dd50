/* SPDX-License-Identifier: MIT */
/* A page of a site has one picture at most. */
if (D.getElementById('pv-data') && D.getElementById('pv')) on(window, 'hashchange popstate', start(''));
