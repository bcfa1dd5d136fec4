#!/bin/bash
# What Caddy has answered, of which it counts every request. Sourced by deploy.sh.
set -euo pipefail

# Prints "REQUESTS FAILURES" since Caddy started: failures are answers of 5xx, the app's or Caddy's own. It counts a request
# once for each handler that it passes, and of a domain names the outermost alone. Where Caddy does not answer, and not a
# moment later either, it prints nothing: who reads that finds the end.
traffic() {
  local answer
  answer=$(curl -fs --max-time 2 --retry 3 --retry-delay 1 --retry-all-errors http://127.0.0.1:2019/metrics) || return
  awk '
    !/handler="(reverse_proxy|subroute)"/ {next}
    /^caddy_http_request_duration_seconds_count\{/ {all += $NF; if (/code="5/) bad += $NF}
    /^caddy_http_request_errors_total\{/ {all += $NF; bad += $NF}
    END {printf "%d %d\n", all, bad}' <<<"$answer"
}

# The same since it had counted so many; where it was started meanwhile, since then.
traffic_since() { # REQUESTS FAILURES
  local all bad
  read -r all bad < <(traffic) || return
  if ((all < $1 || bad < $2)); then set -- 0 0; fi
  echo "$((all - $1)) $((bad - $2))"
}

# Whether failures are a greater share of one span than of an earlier one, by more than a hundredth of all requests.
worse() { # REQUESTS FAILURES EARLIER_REQUESTS EARLIER_FAILURES
  local earlier=$(($3 > 0 ? $3 : 1))
  (($2 * 100 * earlier > $1 * (100 * $4 + earlier)))
}
