#!/bin/bash
# Prints what the app has done since the last call, of both colours together, as fields of a JSON object:
#
#   ,"requests":120,"latency_p99_ms":25,"predictions":340,"outside_percent":4
#
#   figures.sh [URL…]    the URLs of the colours' metrics, without which they are where colours.sh puts them; what was
#                        seen last is kept in STATE_DIRECTORY
#
# The 99th percentile is the upper end of that span of the histogram which holds it. Health checks do not count. Where
# nothing was asked there is no latency, and where nothing was explained nobody knows what lies outside of what was learned.
# vitals.sh calls it each minute; it comes with each deploy.
set -euo pipefail
if [ $# = 0 ]; then set -- http://127.0.0.1:{9081,9082}/metrics; fi

# The figures of one colour since it started: a name and a value a line.
read_figures() { # URL
  curl -fsS --max-time 5 "$1" 2>/dev/null | awk '
    /route="\/(healthz|readyz)"/ {next}
    /^process_start_time_seconds / {print "start", $2}
    /^plumbline_http_requests_total\{/ {n["requests"] += $NF}
    /^plumbline_http_request_seconds_bucket\{/ {match($0, /le="[^"]*"/); n["le:" substr($0, RSTART + 4, RLENGTH - 5)] += $NF}
    /^plumbline_predictions_total / {n["predictions"] += $2}
    /^plumbline_explained_predictions_total / {n["explained"] += $2}
    /^plumbline_outside_predictions_total / {n["outside"] += $2}
    END {for (name in n) print name, n[name]}'
}

# The figures of one colour since the last call; a colour that was started since then counts from zero.
since() { # URL FILE
  local now
  now=$(read_figures "$1") || return 0
  { cat "$2" 2>/dev/null || true; echo now; echo "$now"; } | awk '
    $1 == "now" {is_now = 1; next}
    {if (is_now) now[$1] = $2; else before[$1] = $2}
    END {
      runs_on = before["start"] == now["start"]
      for (name in now) if (name != "start") print name, now[name] - (runs_on ? before[name] : 0)
    }'
  echo "$now" >"$2"
}

for url in "$@"; do
  since "$url" "$STATE_DIRECTORY/figures-$(tr -c '[:alnum:]\n' - <<<"$url")"
done | awk '
  {n[$1] += $2; seen = 1}
  END {
    if (!seen) exit
    printf ",\"requests\":%d", n["requests"]
    all = n["le:+Inf"]
    for (name in n) if (name ~ /^le:/ && n[name] >= 0.99 * all) {
      end = name == "le:+Inf" ? 60 : substr(name, 4) + 0
      if (p99 == "" || end < p99) p99 = end
    }
    if (all > 0) printf ",\"latency_p99_ms\":%g", 1000 * p99
    printf ",\"predictions\":%d", n["predictions"]
    if (n["explained"] > 0) printf ",\"outside_percent\":%d", 100 * n["outside"] / n["explained"] + 0.5
  }'
