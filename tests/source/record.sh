#!/bin/sh
# SPDX-License-Identifier: MIT
# Records shop/ again: record.sh PYTHON NAME, with line_profiler,
# memory_profiler and py-spy installed in PYTHON's environment.
set -eu
python=$1 name=$2
to=$(cd "$(dirname "$0")" && pwd)/recordings
rm -rf /tmp/demo
mkdir /tmp/demo
cp -r "$(dirname "$0")/shop" /tmp/demo
cd /tmp/demo
PYTHONPATH=/tmp/demo PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH PYTHONDONTWRITEBYTECODE

"$python" - "$to/$name.lprof" <<'END'
import sys
from line_profiler import LineProfiler
from shop import catalog, orders, worker
p = LineProfiler()
for f in (orders.price_order, orders.apply_promotions, orders.percent_off,
          orders.bundle_off, catalog.price_of, catalog.walk_tree, worker.run):
    p.add_function(f)
p.runctx("worker.run(300)", globals(), globals())
p.dump_stats(sys.argv[1])
END

"$python" - "$to/$name.tracemalloc" <<'END'
import sys
import tracemalloc
tracemalloc.start(8)
from shop import worker
kept = worker.run(100)
snapshot = tracemalloc.take_snapshot().filter_traces(
    [tracemalloc.Filter(True, "*/shop/*")])
snapshot.dump(sys.argv[1])
END

"$python" -m cProfile -o "$to/$name.prof" -m shop.worker 1000

"$python" - > "$to/$name.memory.txt" <<'END'
from memory_profiler import profile
from shop import orders, worker
orders.apply_promotions = profile(orders.apply_promotions, precision=3)
worker.run(2)
END

py-spy record --full-filenames -r 1000 -f raw -o "$to/$name.folded" -- \
    "$python" -m shop.worker 60000

"$python" "$to/../../../fixtures/make/neutral.py" --in-place "$to/$name".*
