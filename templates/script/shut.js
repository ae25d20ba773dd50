/* SPDX-License-Identifier: MIT */
/* What all scripts end with. */
})();
